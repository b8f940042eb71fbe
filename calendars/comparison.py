"""Where our table, `holidays` and workalendar differ, year by year, and who is right. Pure."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import holidays
from workalendar.asia import Kazakhstan

from calendars import words
from calendars.arithmetic import Day, DayKind, WorkingDays

OTHER_AIT = "has another day for Kurban Ait"
UNKNOWN = "has a day off or a worked day for which our table holds no act"
GONE = {
    (12, 1): "the Day of the First President",
    (12, 17): "the second day of Independence",
    (8, 30): "Constitution Day",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A day that a library sees otherwise than our table; ``ours`` and ``theirs``: is it worked?"""

    date: date
    library: str
    ours: bool
    theirs: bool
    right: str
    why: str


def differences(days: WorkingDays, year: int) -> list[Difference]:
    """All days of a year on which a library and our table disagree."""
    first = date(year, 1, 1)
    every = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # workalendar itself warns that its Kurban Ait may be wrong
        for library, is_working in _libraries(year).items():
            for day in every:
                ours, theirs = days.is_working(day), is_working(day)
                if ours != theirs:
                    found.append(Difference(day, library, ours, theirs, *_judge(days, day, library)))
    return found


def _libraries(year: int) -> dict[str, Callable[[date], bool]]:
    vacanza, workalendar = holidays.country_holidays("KZ", years=range(year - 1, year + 2)), Kazakhstan()
    return {"holidays": vacanza.is_working_day, "workalendar": workalendar.is_working_day}


def _judge(days: WorkingDays, day: date, library: str) -> tuple[str, str]:
    """Who is right, and why: our table names an act; an estimate is open, and what has no act is unclear."""
    reason = _reason(days, days.day(day))
    estimate = days.is_provisional(day) and OTHER_AIT in reason
    right = "open" if estimate else "unclear" if reason == UNKNOWN else "ours"
    return right, f"{library} {reason}"


def _reason(days: WorkingDays, ours: Day) -> str:
    act = f" ({words.act_words(ours.act, 'en')})" if ours.act else ""
    if ours.name == "kurban_ait":
        return f"{OTHER_AIT}{act}"
    if ours.kind is DayKind.HOLIDAY_SHIFTED and ours.exchanged_with:
        return f"gives no working day for the holiday on the day off {ours.exchanged_with}{act}"
    if ours.kind is DayKind.HOLIDAY:
        return f"does not know {words.holiday_name(ours.name, 'en')}{act}"
    if ours.kind in (DayKind.DAY_OFF_MOVED, DayKind.WORKING_WEEKEND):
        return f"does not know the day moved by an act{act}, exchanged with {ours.exchanged_with}"
    near = (ours.date + timedelta(days=n) for n in (-1, 1))
    if any(days.day(day).name == "kurban_ait" for day in near if days.covered_from <= day <= days.covered_until):
        return OTHER_AIT
    gone = GONE.get((ours.date.month, ours.date.day))
    return f"keeps {gone}, which is a day off no more" if gone else UNKNOWN
