"""Due moments counted on the fingers, day by day, with the printed calendar (tests/calendars/walk.py)."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from tests.calendars import walk
from tests.calendars.walk import ALMATY, DAY, HOURS

from .law import THEIRS, Card, Clock, Term


def local(at: datetime) -> datetime:
    return at.astimezone(ALMATY)


def works(hours: str, day: date) -> bool:
    return walk.works(day, hours == "state_corporation")


def opening(hours: str, day: date) -> datetime:
    return datetime.combine(day, HOURS[hours][0][0], ALMATY)


def closing(hours: str, day: date) -> datetime:
    return datetime.combine(day, HOURS[hours][-1][1], ALMATY)


def accepted(hours: str, at: datetime) -> date:
    return walk.accepted(hours, local(at).replace(tzinfo=None))


def days_on(hours: str, day: date, number: int) -> date:
    """The n-th working day after a day; backward below zero."""
    while number:
        day += DAY if number > 0 else -DAY
        if works(hours, day):
            number += -1 if number > 0 else 1
    return day


def started(card: Card, rule: str, term: Term, at: datetime, *, with_the_case: bool) -> Clock:
    """A clock that begins at a moment. ``with_the_case``: it is counted from the case's own acceptance day."""
    hours = term.hours or card.service.law.hours
    base = accepted(hours, at) if term.counted == "accepted" else local(at).date()
    if with_the_case:
        base = card.accepted_on
    elif term.counted == "registered":
        base = max(base, card.accepted_on)
    if term.back:
        whole = next(clock for clock in card.clocks if clock.rule == term.back and clock.runs)
        last = days_on(hours, local(whole.due_at).date(), -term.length)
        return Clock(rule, term, at, whole.base, closing(hours, last))
    return Clock(rule, term, at, base, due(hours, term, at, base))


def longer(card: Card, clock: Clock, by: int) -> datetime:
    """The end of a clock that gets so many working days more, counted from its own end."""
    hours = clock.term.hours or card.service.law.hours
    return closing(hours, days_on(hours, local(clock.due_at).date(), by))


def due(hours: str, term: Term, at: datetime, base: date) -> datetime:
    if term.unit == "working_minutes":
        return walk.due(hours, local(at).replace(tzinfo=None), term.length, term.unit)
    if term.unit == "working_days":
        return closing(hours, _counted(hours, base, term.length))
    return closing(hours, _kept(hours, term, _named(term, base), base))


def _counted(hours: str, base: date, length: int) -> date:
    """Zero days: the day itself, or the first working one after it."""
    while not length and not works(hours, base):
        base += DAY
    return days_on(hours, base, length)


def _named(term: Term, base: date) -> date:
    if term.unit == "calendar_days":
        return base + timedelta(days=term.length)
    if term.unit == "calendar_months":
        year, month = divmod(base.year * 12 + base.month - 1 + term.length, 12)
        return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))
    named = date(base.year, *term.month_day)
    if named < base:
        named = date(base.year + 1, *term.month_day)
    return named + timedelta(days=term.length)


def _kept(hours: str, term: Term, day: date, base: date) -> date:
    """What is ours to keep comes forward to the working day before, if the term has begun by then; theirs stays."""
    if term.whose == THEIRS:
        return day
    kept = day
    while not works(hours, kept):
        kept -= DAY
    while kept < base or not works(hours, kept):
        kept = max(kept, day) + DAY
    return kept
