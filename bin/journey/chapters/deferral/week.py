"""The days of a walk, written down by hand: a lawyer can check them against the calendar on the wall."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import days
from scene import Scene


@dataclass(frozen=True)
class Week:
    """A filing and the six working days after it."""

    filed: datetime
    days: tuple[date, ...]  # D1 to D6: the working days of the term

    @property
    def begins(self) -> datetime:
        """Ten minutes before the filing the citizens sit down to their phones."""
        return self.filed - timedelta(minutes=10)

    def at(self, number: int, hour: str) -> datetime:
        """An hour of the day D1, D2 and so on; D7 is the working day after the term."""
        return days.at(self.day(number), hour)

    def day(self, number: int) -> date:
        return self.days[number - 1]


# Friday before Nauryz: 21-23 March are holidays, 24 and 25 March the days off given for those on the weekend.
WEEK = Week(
    filed=days.at(date(2026, 3, 20), "17:00"),
    days=(
        date(2026, 3, 26),
        date(2026, 3, 27),
        date(2026, 3, 30),  # D3: the last day for the notice of a hearing
        date(2026, 3, 31),
        date(2026, 4, 1),  # D5: the last day of a hearing called on D3
        date(2026, 4, 2),  # D6: the result
        date(2026, 4, 3),
    ),
)


@dataclass(frozen=True)
class DayOff:
    """A working day of a week that an invented act makes a day off, and the week as it becomes."""

    date: date
    published: date
    becomes: Week

    def at(self, hour: str) -> datetime:
        """An hour of the day off itself."""
        return days.at(self.date, hour)


# Wednesday 1 April, D5 of the week above; the act is published on Tuesday 31 March, D4.
DAY_OFF = DayOff(
    date=date(2026, 4, 1),
    published=date(2026, 3, 31),
    becomes=Week(
        filed=WEEK.filed,
        days=(
            date(2026, 3, 26),
            date(2026, 3, 27),
            date(2026, 3, 30),  # D3: the notice was served on it while 1 April was a working day
            date(2026, 3, 31),
            date(2026, 4, 2),  # D5: the hearing, called for 1 April
            date(2026, 4, 3),  # D6: the result; also the third working day after the notice
            date(2026, 4, 6),
        ),
    ),
)


@dataclass
class Golden(Scene):
    """The week as it is known at the moment of the walk: an act may change it."""

    week: Week = WEEK
    day_off: DayOff = DAY_OFF

    def move_clock(self, number: int, hour: str) -> None:
        self.clock_to(self.week.at(number, hour))
