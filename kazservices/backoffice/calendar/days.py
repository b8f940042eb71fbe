"""One day and its past: what it is, by which act, and how it was known before."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from calendars.arithmetic import Day, OutOfCalendar
from calendars.kazakhstan import CONSTITUTION_DAY_MOVED, FIRST_YEAR, REPUBLIC_DAY_BACK
from calendars.models import DayShift, Revision

from .picture import act_words, day_words, known_days

STATUTE_CHANGES = (REPUBLIC_DAY_BACK, CONSTITUTION_DAY_MOVED)


@dataclass(frozen=True)
class Known:
    """What was known of a day from ``since`` on, and the revision that brought it, if one did."""

    since: date
    day: Day
    words: str
    act: str
    revision: Revision | None


def past_of(on: date, today: date) -> list[Known]:
    """How a day was known, the newest first; each change once."""
    published = {_local(one.published_at): one for one in _revisions_of(on)}
    moments = {date(year, 1, 1) for year in (on.year - 1, on.year) if year >= FIRST_YEAR}
    moments |= {FIRST_KNOWN, *STATUTE_CHANGES, *published}
    found: list[Known] = []
    for since in sorted(moment for moment in moments if moment <= today):
        try:
            day = known_days(since).day(on)
        except OutOfCalendar:
            continue
        if not found or found[-1].day != day:
            found.append(Known(since, day, day_words(day), act_words(day.act), published.get(since)))
    return found[::-1]


def shifts_of(on: date) -> list[DayShift]:
    """All that acts have said of a day, withdrawn or not, the newest first."""
    rows = DayShift.objects.filter(date=on, revision__isnull=False).select_related("revision", "withdrawn_by")
    return list(rows.order_by("-revision__number"))


def _revisions_of(on: date):
    return Revision.objects.filter(Q(shifts__date=on) | Q(withdrawn__date=on)).distinct().order_by("number")


def _local(moment) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


FIRST_KNOWN = date(FIRST_YEAR, 1, 1)
