"""An explained term, for machines and for people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from calendars import words
from calendars.arithmetic import OfficeTime
from calendars.rules import Rule, Unit
from calendars.terms import Term


@dataclass(frozen=True, slots=True)
class Told:
    """A term with all that its explanation needs."""

    rule: Rule
    office: OfficeTime
    received: datetime
    term: Term
    as_of: date | None = None

    @property
    def target(self) -> date | None:
        """The stricter target, one working day earlier: shown, never a duty. Norm: GAP-27."""
        if self.rule.unit is not Unit.WORKING_DAYS or self.rule.length < 1:
            return None
        return self.office.days.add_working(self.term.due.date(), -1)


def as_data(told: Told, lang: str) -> dict:
    """Everything, under the names of the batch."""
    return {
        **rule_row(told.rule, lang),
        "schedule": told.office.schedule.code,
        "received_at": told.received.isoformat(),
        "accepted_on": told.term.accepted_on.isoformat(),
        "counted_from": told.term.base.isoformat(),
        "due_on": told.term.due.date().isoformat(),
        "due_at": told.term.due.isoformat(),
        "target_on": told.target and told.target.isoformat(),
        "calendar_revision": told.office.days.revision,
        "as_of": told.as_of and told.as_of.isoformat(),
        "provisional": any(day.provisional for day in told.term.days(told.office)),
        "days": [_day(day, lang) for day in told.term.days(told.office)],
    }


def as_lines(told: Told, lang: str) -> list[str]:
    """The same for people, in the active language."""
    days = told.term.days(told.office)
    counted = sum(day.counted for day in days)
    lines = [
        f"{told.rule.code}: {told.rule.label(lang)} ({told.rule.norm})",
        f"{_('Submitted')}: {words.staff_datetime(told.received, lang)}",
        f"{_('Accepted')}: {words.staff_date(told.term.accepted_on, lang)}",
        f"{_('Due')}: {words.staff_datetime(told.term.due, lang)}",
    ]
    if told.target:
        lines.append(f"{_('Internal target')}: {words.staff_date(told.target, lang)}")
    lines += ["", f"{words.counted_words(len(days), counted, lang)}:"]
    lines += [f"  {words.explained_words(day, lang)}" for day in days]
    lines += ["", f"{_('Calendar revision')}: {told.office.days.revision}"]
    if told.as_of:
        lines.append(f"{_('As known on')}: {words.staff_date(told.as_of, lang)}")
    return lines


def rule_row(rule: Rule, lang: str) -> dict:
    """A rule in one row."""
    return {
        "rule": rule.code,
        "schedule": rule.schedule,
        "length": rule.length,
        "unit": str(rule.unit),
        "before": rule.before,
        "norm": rule.norm,
        "since": rule.since and rule.since.isoformat(),
        "until": rule.until and rule.until.isoformat(),
        "label": rule.label(lang),
    }


def _day(day, lang: str) -> dict:
    return {
        "date": day.date.isoformat(),
        "weekday": words.weekday_name(day.date, lang),
        "kind": str(day.kind),
        "counted": day.counted,
        "ordinal": day.ordinal,
        "holiday": words.holiday_name(day.name, lang) if day.name else "",
        "act": words.act_words(day.act, lang),
        "exchanged_with": day.exchanged_with and day.exchanged_with.isoformat(),
        "provisional": day.provisional,
        "words": words.explained_words(day, lang),
    }
