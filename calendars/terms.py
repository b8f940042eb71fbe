"""One term, from the moment of submission to the due moment, and the reading of such a moment. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from calendars.arithmetic import ExplainedDay, OfficeTime
from calendars.rules import Rule, Unit, base_day, due_at, registry, rule_on

CASE_OFFICE = "akimat"  # whose hours count where a rule leaves them to the office of the case

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?"
)


class BadField(ValueError):
    """A field that cannot be used, by its name, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")


@dataclass(frozen=True, slots=True)
class Term:
    """What a term comes to: accepted, counted from, due; all in the office's local time."""

    accepted_on: date
    base: date
    due: datetime

    def days(self, office: OfficeTime) -> list[ExplainedDay]:
        """The explanation, day by day."""
        return office.explain(self.base, self.due.date())


def moment(text: object, field: str) -> datetime:
    """An ISO 8601 date with a time; without an offset it is local."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise BadField(field, "an ISO 8601 date with a time is wanted, such as 2026-03-20T17:00")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise BadField(field, str(error)) from None


def acceptance(office: OfficeTime, at: datetime, field: str) -> date:
    """The acceptance date, or the reason why the moment lies outside the calendar. Norm: CLK-0."""
    try:
        return office.accepts(at)
    except (ValueError, OverflowError) as error:
        raise BadField(field, str(error)) from None


def free_term(office: OfficeTime, at: datetime, length: int, unit: Unit, *, received: str = "received_at") -> Term:
    """A term of working days or working minutes from a submission."""
    accepted = acceptance(office, at, received)
    try:
        minutes = unit is Unit.WORKING_MINUTES
        due = office.due_working_minutes(at, length) if minutes else office.due_working_days(accepted, length)
    except ValueError as error:
        raise BadField("length", str(error)) from None
    return Term(accepted, accepted, due)


def rule_term(rule: Rule, office: OfficeTime, at: datetime, *, received: str = "received_at") -> Term:
    """The term of a rule, with the moment of submission as the event that starts it."""
    accepted = acceptance(office, at, received)
    try:
        if not rule.before:
            return Term(accepted, base_day(rule, office, at), due_at(rule, office, at))
        whole = rule_term(known_rule(rule.before, accepted), office, at)
        return Term(accepted, whole.due.date(), due_at(rule, office, at, named_due=whole.due))
    except BadField:
        raise
    except (ValueError, OverflowError) as error:
        raise BadField("rule", str(error)) from None


def known_rule(code: object, day: date) -> Rule:
    """The edition of a rule in force on the day."""
    if not isinstance(code, str) or code not in registry:
        raise BadField("rule", f"unknown rule {code!r}")
    rule = rule_on(code, day)
    if rule is None:
        raise BadField("rule", f"{code} is not in force on {day}")
    return rule


def office_of(rule_code: object, offices: Mapping[str, OfficeTime]) -> OfficeTime:
    """The office by whose hours a rule is counted."""
    if not isinstance(rule_code, str) or rule_code not in registry:
        raise BadField("rule", f"unknown rule {rule_code!r}")
    return offices[registry[rule_code].schedule or CASE_OFFICE]
