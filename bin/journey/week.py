"""The days of a walk, written down by hand: a lawyer can check them against the calendar on the wall."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

ALMATY = timezone(timedelta(hours=5))


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
        return datetime.fromisoformat(f"{self.day(number)} {hour}").replace(tzinfo=ALMATY)

    def day(self, number: int) -> date:
        return self.days[number - 1]


WEEKS = {
    # Friday before Nauryz: 21-23 March are holidays, 24 and 25 March the days off given for those on the weekend.
    "2026-03-20": Week(
        filed=datetime(2026, 3, 20, 17, 0, tzinfo=ALMATY),
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
}


@dataclass(frozen=True)
class DayOff:
    """A working day of a week that an invented act makes a day off, and the week as it becomes."""

    date: date
    published: date
    becomes: Week

    def at(self, hour: str) -> datetime:
        """An hour of the day off itself."""
        return datetime.fromisoformat(f"{self.date} {hour}").replace(tzinfo=ALMATY)


DAYS_OFF = {
    # Wednesday 1 April, D5 of the week above; the act is published on Tuesday 31 March, D4.
    ("2026-03-20", "2026-04-01"): DayOff(
        date=date(2026, 4, 1),
        published=date(2026, 3, 31),
        becomes=Week(
            filed=datetime(2026, 3, 20, 17, 0, tzinfo=ALMATY),
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
}

MONTHS = {"kk": {3: "наурыз", 4: "сәуір"}, "ru": {3: "марта", 4: "апреля"}}


def in_words(day: date, language: str) -> str:
    """2 сәуір, 2 апреля: as the pages and the papers say a day to a citizen."""
    return f"{day.day} {MONTHS[language][day.month]}"


def in_english(day: date) -> str:
    """1 April 2026: as the book of the walk says a day."""
    return f"{day.day} {day:%B %Y}"


def in_digits(day: date) -> str:
    return f"{day:%d.%m.%Y}"
