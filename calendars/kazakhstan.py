"""The days off of Kazakhstan: statute rows with lifetime and act, the shift rule, days moved by acts. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from workalendar.core import SAT, SUN, Calendar

from calendars import words
from calendars.arithmetic import Date, Day, DayKind, OutOfCalendar, WorkingDays

HOLIDAYS_LAW = "parliament 267-II 2001-12-13"  # Law on Holidays
LABOUR_CODE = "code 414-V 2015-11-23"  # Labour Code, article 84, paragraph 5
REPUBLIC_DAY_BACK = date(2022, 9, 29)  # since this day it is known that 25 October replaces 1 and 17 December,
CONSTITUTION_DAY_MOVED = date(
    2026, 3, 18
)  # and since this one that 30 August ends with 2025 and 15 March comes in 2027

FIRST_YEAR = 2022  # every day from here on has a source; the acts of earlier years were not read
LAST_LOADED_YEAR = 2026  # the moved days of later years are not known yet
WEEKENDS = {"five": frozenset({5, 6}), "six": frozenset({6})}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A yearly day off by statute; ``shifts``: on a day off it gives the next working day."""

    key: str
    month: int
    day: int
    since: int = 2002
    until: int = 9999
    shifts: bool = True
    act: str = HOLIDAYS_LAW
    known_from: date = date.min
    end_known_from: date = date.min

    def holds(self, year: int, known_on: date) -> bool:
        """Is it a day off in the year, as far as was known on the day?"""
        ended = year > self.until and known_on >= self.end_known_from
        return self.since <= year and not ended and known_on >= self.known_from


HOLIDAYS = (
    Holiday("new_year", 1, 1),
    Holiday("new_year", 1, 2),
    Holiday("orthodox_christmas", 1, 7, since=2006, shifts=False, act=LABOUR_CODE),
    Holiday("womens_day", 3, 8),
    Holiday("constitution_day", 3, 15, since=2027, known_from=CONSTITUTION_DAY_MOVED),
    Holiday("nauryz", 3, 21, since=2010),
    Holiday("nauryz", 3, 22),
    Holiday("nauryz", 3, 23, since=2010),
    Holiday("unity_day", 5, 1),
    Holiday("defender_day", 5, 7, since=2013),
    Holiday("victory_day", 5, 9),
    Holiday("capital_day", 7, 6, since=2009),
    Holiday("constitution_day", 8, 30, until=2025, end_known_from=CONSTITUTION_DAY_MOVED),
    Holiday("republic_day", 10, 25, since=2022, known_from=REPUBLIC_DAY_BACK),
    Holiday("first_president_day", 12, 1, since=2012, until=2021, end_known_from=REPUBLIC_DAY_BACK),
    Holiday("independence_day", 12, 16),
    Holiday("independence_day", 12, 17, until=2021, end_known_from=REPUBLIC_DAY_BACK),
)

KURBAN_AIT = (date(2022, 7, 9), date(2023, 6, 28), date(2024, 6, 16), date(2025, 6, 6), date(2026, 5, 27))
KURBAN_AIT_ESTIMATED = (
    date(2027, 5, 16), date(2028, 5, 5), date(2029, 4, 24), date(2030, 4, 13), date(2031, 4, 2), date(2032, 3, 22),
    date(2033, 3, 11), date(2034, 3, 1), date(2035, 2, 18),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shift:
    """A day that an act moved: worked, or off, and the day it was exchanged with."""

    date: date
    works: bool
    act: str = ""
    exchanged_with: Date | None = None
    provisional: bool = False

    def as_day(self) -> Day:
        """The day as the calendar shows it."""
        kind = DayKind.WORKING_WEEKEND if self.works else DayKind.DAY_OFF_MOVED
        return Day(self.date, kind, "", self.act, self.provisional, self.exchanged_with)


def statute_days(years: Iterable[int], *, week: str = "five", known_on: date = date.max) -> dict[date, Day]:
    """The days off by statute, with the days given for holidays that fall on a day off. Norm: GAP-36 for six days."""
    years, weekend = list(years), WEEKENDS[week]
    days: dict[date, Day] = {}
    moving = []
    for holiday in HOLIDAYS:
        for year in (year for year in years if holiday.holds(year, known_on)):
            on = date(year, holiday.month, holiday.day)
            days[on] = Day(on, DayKind.HOLIDAY, holiday.key, holiday.act)
            if holiday.shifts and on.weekday() in weekend:
                moving.append(on)
    for on in KURBAN_AIT + KURBAN_AIT_ESTIMATED:
        if on.year in years and on not in days:
            estimated = on in KURBAN_AIT_ESTIMATED
            days[on] = Day(on, DayKind.HOLIDAY, "kurban_ait", LABOUR_CODE, estimated)
    for on in sorted(moving):
        given = _next_free(on, days, weekend)
        days[given] = Day(given, DayKind.HOLIDAY_SHIFTED, days[on].name, days[on].act, False, on)
    return days


def _next_free(day: date, days: dict[date, Day], weekend: frozenset[int]) -> date:
    while day in days or day.weekday() in weekend:
        day += timedelta(days=1)
    return day


def working_days(
    until_year: int = LAST_LOADED_YEAR + 1,
    *,
    shifts: Iterable[Shift] = (),
    week: str = "five",
    known_on: date = date.max,
    revision: int = 0,
    provisional_from: date | None = None,
) -> WorkingDays:
    """The calendar of one kind of week; days moved by acts belong to the five-day week alone. Norm: GAP-36."""
    special = statute_days(range(FIRST_YEAR, until_year + 1), week=week, known_on=known_on)
    if week == "five":
        special |= {shift.date: shift.as_day() for shift in shifts}
    return WorkingDays(
        date(FIRST_YEAR, 1, 1),
        date(until_year, 12, 31),
        weekend=WEEKENDS[week],
        special=special,
        revision=revision,
        provisional_from=provisional_from,
    )


class KazakhstanCalendar(Calendar):  # type: ignore[misc]
    """Kazakhstan"""

    WEEKEND_DAYS = (SAT, SUN)

    def __init__(self, days: WorkingDays, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.days = days

    def get_calendar_holidays(self, year: int) -> list[tuple[date, str]]:
        """The days of the year that are off for another reason than the weekend, with an English label."""
        if not self.days.covered_from.year <= year <= self.days.covered_until.year:
            raise OutOfCalendar(f"{year} is outside the calendar")
        first = date(year, 1, 1)
        listed = [self.days.day(first + timedelta(days=n)) for n in range((date(year, 12, 31) - first).days + 1)]
        off = (DayKind.HOLIDAY, DayKind.HOLIDAY_SHIFTED, DayKind.DAY_OFF_MOVED)
        return [(day.date, words.day_words(day, "en")) for day in listed if day.kind in off]

    def is_working_day(self, day: date, extra_working_days: Any = None, extra_holidays: Any = None) -> bool:
        """Our table decides, after the exceptions given; also on a worked weekend day."""
        day = _date(day)
        if extra_working_days and day in map(_date, extra_working_days):
            return True
        if extra_holidays and day in map(_date, extra_holidays):
            return False
        return self.days.is_working(day)

    def add_working_days(
        self,
        day: date,
        delta: int,
        extra_working_days: Any = None,
        extra_holidays: Any = None,
        keep_datetime: bool = False,
    ) -> date:
        """A lookup; the interface's own walk only where exceptions are given."""
        if extra_working_days or extra_holidays:
            walked: date = super().add_working_days(day, delta, extra_working_days, extra_holidays, keep_datetime)
            return walked
        end = self.days.add_working(_date(day), delta)
        return datetime.combine(end, day.timetz()) if keep_datetime and isinstance(day, datetime) else end

    def find_following_working_day(self, day: date) -> date:
        """The day itself or the next working day; unlike the library's own, holidays are seen."""
        return self.days.next_working(_date(day))


def _date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
