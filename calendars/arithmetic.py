"""Days and hours of an office: pure arithmetic on a precomputed index. It knows no Django and never asks the time."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

Date: TypeAlias = date  # for annotations beside a field that is called date


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    HOLIDAY_SHIFTED = "holiday_shifted"  # given for a holiday that fell on a day off
    DAY_OFF_MOVED = "day_off_moved"  # a day off by an act
    WORKING_WEEKEND = "working_weekend"  # a day off that is worked by an act


WORKED = frozenset({DayKind.WORKING, DayKind.WORKING_WEEKEND})


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar with its source: the key of the holiday, the act, and the day it was exchanged with."""

    date: date
    kind: DayKind
    name: str = ""
    act: str = ""
    provisional: bool = False
    exchanged_with: Date | None = None


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One line of «why this date?»: the day, whether it counted and as which one; the base day is number 0."""

    date: date
    kind: DayKind
    counted: bool
    ordinal: int | None
    name: str = ""
    act: str = ""
    provisional: bool = False
    exchanged_with: Date | None = None


class OutOfCalendar(ValueError):
    """A date, or the end of a term (``term``), outside the covered years."""

    def __init__(self, message: str, *, term: bool = False) -> None:
        super().__init__(message)
        self.term = term


class WorkingDays:
    """The days of one kind of week over a covered span: a term costs a lookup, not a walk."""

    def __init__(
        self,
        first: date,
        last: date,
        *,
        weekend: frozenset[int],
        special: Mapping[date, Day],
        revision: int = 0,
        provisional_from: date | None = None,
    ) -> None:
        self.covered_from, self.covered_until = first, last
        self.revision, self.provisional_from = revision, provisional_from
        self._weekend, self._special = weekend, dict(special)
        self._first = first.toordinal()
        worked, up_to = [first], []  # worked[0] only fills the place: the first working day is number 1
        for ordinal in range(self._first, last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self._kind(day) in WORKED:
                worked.append(day)
            up_to.append(len(worked) - 1)
        self._worked, self._up_to = tuple(worked), tuple(up_to)

    def add_working(self, day: date, n: int) -> date:
        """The n-th working day after the day, or before it when n is negative; the day itself for 0."""
        place = day.toordinal() - self._first
        try:
            if n > 0 and place >= 0:
                return self._worked[self._up_to[place] + n]
            return self._step_back(place, -n) if n else date.fromordinal(self._first + self._place(day))
        except IndexError:
            raise self._outside(day, n) from None

    def _step_back(self, place: int, n: int) -> date:
        number = self._up_to[place - 1] - n + 1 if place > 0 else 0
        if number < 1 or place >= len(self._up_to):
            raise IndexError
        return self._worked[number]

    def working_between(self, a: date, b: date) -> int:
        """How many working days d there are with a < d <= b; negative when b is before a."""
        return self._up_to[self._place(b)] - self._up_to[self._place(a)]

    def is_working(self, day: date) -> bool:
        """Is the day worked?"""
        place = self._place(day)
        return self._up_to[place] > (self._up_to[place - 1] if place else 0)

    def next_working(self, day: date) -> date:
        """The first working day on or after the day."""
        return self.add_working(day, 0 if self.is_working(day) else 1)

    def previous_working(self, day: date) -> date:
        """The last working day on or before the day."""
        return self.add_working(day, 0 if self.is_working(day) else -1)

    def number_before(self, day: date) -> int:
        """How many working days of the span lie before the day."""
        place = self._place(day)
        return self._up_to[place - 1] if place else 0

    def numbered(self, number: int) -> date:
        """The working day that has so many others of the span before it."""
        if number + 1 >= len(self._worked):
            raise OutOfCalendar(f"the term ends after {self.covered_until}, the last covered day", term=True)
        return self._worked[number + 1]

    def day(self, day: date) -> Day:
        """The day with its kind and its source."""
        self._place(day)
        provisional = self.provisional_from is not None and day >= self.provisional_from
        known = self._special.get(day) or Day(day, self._kind(day))
        return Day(day, known.kind, known.name, known.act, known.provisional or provisional, known.exchanged_with)

    def is_provisional(self, day: date) -> bool:
        """Does the day lie in a year whose moved days are not known yet?"""
        return self.provisional_from is not None and day >= self.provisional_from

    def _kind(self, day: date) -> DayKind:
        if day in self._special:
            return self._special[day].kind
        return DayKind.WEEKEND if day.weekday() in self._weekend else DayKind.WORKING

    def _place(self, day: date) -> int:
        place = day.toordinal() - self._first
        if not 0 <= place < len(self._up_to):
            raise self._outside(day, 0)
        return place

    def _outside(self, day: date, n: int) -> OutOfCalendar:
        span = f"the calendar covers {self.covered_from} to {self.covered_until}"
        if 0 <= day.toordinal() - self._first < len(self._up_to):
            return OutOfCalendar(f"{n} working days from {day} end outside the calendar: {span}", term=True)
        return OutOfCalendar(f"{date(day.year, day.month, day.day)} is outside the calendar: {span}")


@dataclass(frozen=True, slots=True)
class Schedule:
    """The hours of an office for a service, and its week. Norms: SCHED-1 to SCHED-4."""

    code: str
    opens: time
    closes: time
    lunch: tuple[time, time] | None
    week: str  # five, or six


SCHEDULES: dict[str, Schedule] = {
    schedule.code: schedule
    for schedule in (
        Schedule("akimat", time(9), time(18, 30), (time(13), time(14, 30)), "five"),
        Schedule("school", time(9), time(18, 30), (time(13), time(14, 30)), "five"),
        Schedule("duplicates", time(9), time(18), (time(13), time(14)), "five"),
        Schedule("state_corporation", time(9), time(20), None, "six"),
    )
}


class OfficeTime:
    """The working time of one office: acceptance, terms and their explanation, in the office's local time."""

    def __init__(self, days: WorkingDays, schedule: Schedule, zone: ZoneInfo) -> None:
        self.days, self.schedule, self.zone = days, schedule, zone
        opens, closes = _since_midnight(schedule.opens), _since_midnight(schedule.closes)
        lunch = schedule.lunch or (schedule.closes, schedule.closes)
        self._opens, self._closes = opens, closes
        self._lunch_from, self._lunch_until = _since_midnight(lunch[0]), _since_midnight(lunch[1])
        self._morning = self._lunch_from - opens
        self._worked_a_day = closes - opens - (self._lunch_until - self._lunch_from)

    @property
    def minutes_a_day(self) -> int:
        """How many minutes a working day has, lunch left out."""
        return self._worked_a_day // timedelta(minutes=1)

    def local(self, instant: datetime) -> datetime:
        """The instant on the office's clock; a time without an offset is local already."""
        return instant.astimezone(self.zone) if instant.tzinfo else instant.replace(tzinfo=self.zone)

    def accepts(self, instant: datetime) -> date:
        """Filed at or after closing, or on a day off: accepted on the next working day. Norm: CLK-0."""
        local = self.local(instant)
        day = local.date()
        if self.days.is_working(day) and local.time() < self.schedule.closes:
            return day
        return self.days.add_working(day, 1)

    def opening(self, day: date) -> datetime:
        """The moment the office opens, or would open, on the day."""
        return datetime.combine(day, self.schedule.opens, self.zone)

    def closing(self, day: date) -> datetime:
        """The moment the office closes, or would close, on the day."""
        return datetime.combine(day, self.schedule.closes, self.zone)

    def is_open(self, instant: datetime) -> bool:
        """Is it working time, lunch left out?"""
        local = self.local(instant)
        at = _since_midnight(local.time())
        at_lunch = self._lunch_from <= at < self._lunch_until
        return self._opens <= at < self._closes and not at_lunch and self.days.is_working(local.date())

    def due_working_days(self, base: date, n: int) -> datetime:
        """Closing of the n-th working day after the base day, which does not count itself. Norm: CLK-0, GAP-27."""
        return self.closing(self.days.add_working(base, n) if n else self.days.next_working(base))

    def due_working_minutes(self, start: datetime, n: int) -> datetime:
        """n minutes of working time later; what ends exactly at lunch or at closing ends there. Norm: GAP-22."""
        number, worked = self._position(self.local(start))
        days, rest = divmod(worked + timedelta(minutes=n), self._worked_a_day)
        if n and not rest:
            days, rest = days - 1, self._worked_a_day
        day = self.days.numbered(number + days)
        before_lunch = rest <= self._morning if n else rest < self._morning
        lunch = timedelta() if before_lunch else self._lunch_until - self._lunch_from
        return datetime.combine(day, time(), self.zone) + self._opens + rest + lunch

    def due_calendar_days(self, base: date, n: int, *, ours: bool = True) -> datetime:
        """Closing of the n-th calendar day; if it is ours to keep, moved to the working day before a day off."""
        return self._kept(base, base + timedelta(days=n), ours)

    def due_calendar_months(self, base: date, n: int, *, ours: bool = True) -> datetime:
        """Closing of the same day n months later, else of the last day of that month."""
        months = base.year * 12 + base.month - 1 + n
        year, month = months // 12, months % 12 + 1
        return self._kept(base, date(year, month, min(base.day, monthrange(year, month)[1])), ours)

    def fixed_date(self, base: date, month: int, day: int, *, ours: bool = True, shift: int = 0) -> datetime:
        """Closing of the next such date from the base on; ``shift`` -1: the working day before it. Norm: GAP-28."""
        due = date(base.year, month, day)
        if due < base:
            due = date(base.year + 1, month, day)
        return self._kept(base, due + timedelta(days=shift), ours)

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole minutes of working time from a to b; negative when b is before a."""
        (first, since), (last, until) = self._position(self.local(a)), self._position(self.local(b))
        worked = (last - first) * self._worked_a_day + until - since
        minutes = abs(worked) // timedelta(minutes=1)
        return minutes if worked >= timedelta() else -minutes

    def explain(self, base: date, due: date) -> list[ExplainedDay]:
        """Every day between, counted or not and why; for a backward term the working days that remain."""
        first, backward = min(base, due), due < base
        lines = []
        for number in range(abs((due - base).days) + 1):
            day = self.days.day(first + timedelta(days=number))
            counted = day.kind in WORKED and day.date != first
            distance = abs(self.days.working_between(base, day.date)) + backward
            ordinal = distance if counted else 0 if day.date == base else None
            rest = (day.name, day.act, day.provisional, day.exchanged_with)
            lines.append(ExplainedDay(day.date, day.kind, counted, ordinal, *rest))
        return lines

    def _kept(self, base: date, due: date, ours: bool) -> datetime:
        if not ours or self.days.is_working(due):
            return self.closing(due)
        earlier = self.days.previous_working(due)
        return self.closing(earlier if earlier >= base else self.days.next_working(due))

    def _position(self, local: datetime) -> tuple[int, timedelta]:
        """How many working days lie before the moment, and how long this one has been worked."""
        day = local.date()
        number = self.days.number_before(day)
        if not self.days.is_working(day):
            return number, timedelta()
        at = min(max(_since_midnight(local.time()), self._opens), self._closes)
        if at <= self._lunch_from:
            return number, at - self._opens
        return number, max(at, self._lunch_until) - self._lunch_until + self._morning


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
