"""What changes of the calendar have done to a clock, read from the journal of its case."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from calendars.service import office_time
from kazservices.cases.models import JournalEntry

from .models import Deadline

#: Lines of the journal: a clock was moved, was kept where it stood, the acceptance day of the case was moved.
MOVED, HELD, ACCEPTANCE = "recount", "recount_held", "acceptance_recounted"
ALREADY_DUE, PUBLICATION_DAY, APPOINTED = "already_due", "publication_day", "appointed"
REASONS = {
    ALREADY_DUE: _("it was due before the calendar changed"),
    PUBLICATION_DAY: _("never before the closing of the day on which the calendar changed"),
    APPOINTED: _("never before what is appointed"),
}


@dataclass(frozen=True)
class Recounted:
    """One revision over one clock: from what to what, by which acts, and the rule that kept it, if one did.

    ``eve``: the last day of the office on which the date was known as it stood before; None on the clock's first day.
    """

    at: datetime
    revision: int
    acts: tuple[str, ...]
    due_before: datetime
    due_after: datetime
    base_before: date
    base_after: date
    kept_by: str
    eve: date | None

    @property
    def is_moved(self) -> bool:
        return self.due_before != self.due_after

    @property
    def reason(self):
        """Why it is not where the calendar alone would have it; empty when it is."""
        return REASONS.get(self.kept_by, "")


def history(clock: Deadline) -> list[Recounted]:
    """The revisions that have moved a clock, or that a rule kept from moving it; the oldest first."""
    lines = JournalEntry.objects.filter(case_id=clock.case_id, move__in=(MOVED, HELD), kept__facts__clock=clock.pk)
    return [_recounted(line.at, line.kept.facts, clock) for line in lines.select_related("kept").order_by("number")]


def known_on(clock: Deadline, day: date) -> tuple[date, date]:
    """(base day, due day) of a clock as they stood at the end of a day, by the office's own date."""
    zone = ZoneInfo(clock.office.zone)
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    later = next((one for one in history(clock) if one.at >= midnight), None)
    base = later.base_before if later else clock.base_on
    if clock.extended_at is not None and clock.extended_at >= midnight:
        promised = office_time(clock.schedule, clock.office.zone, day).due_working_days(base, clock.length)
        return base, promised.astimezone(zone).date()
    return base, later.due_before.astimezone(zone).date() if later else clock.due_on


def chosen_day(clock: Deadline, wanted: str, today: date) -> date | None:
    """The day on which a reader wants the date as it was known: one of the clock's life, else None."""
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        return None
    return day if _day(clock, clock.started_at) <= day <= today else None


def _day(clock: Deadline, at: datetime) -> date:
    return at.astimezone(ZoneInfo(clock.office.zone)).date()


def _recounted(at: datetime, facts: dict, clock: Deadline) -> Recounted:
    eve = _day(clock, at) - timedelta(days=1)
    return Recounted(
        at,
        facts["revision"],
        tuple(facts["acts"]),
        parse_datetime(facts["due_before"]),
        parse_datetime(facts["due_after"]),
        parse_date(facts["base_before"]),
        parse_date(facts["base_after"]),
        facts.get("kept_by", ""),
        eve if eve >= _day(clock, clock.started_at) else None,
    )
