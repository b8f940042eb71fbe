"""The calendar of the database, ready to count with: the door for the other rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from calendars.arithmetic import SCHEDULES, OfficeTime, WorkingDays
from calendars.kazakhstan import FIRST_YEAR, Shift, working_days
from calendars.models import DayShift, Revision
from calendars.shipped import digest, shipped_calendars, shipped_shifts
from kazservices import clock

ALMATY = "Asia/Almaty"


@dataclass(frozen=True, slots=True)
class Head:
    """The revision to count with; ``shipped``: there is no database yet, the program's own days serve."""

    number: int
    digest: str
    published_on: date | None
    shipped: bool = False


def office_time(schedule_code: str, zone: str = ALMATY, as_of: date | None = None) -> OfficeTime:
    """The working time of an office with that schedule, by the calendar in force or as it was known on a day."""
    schedule = SCHEDULES[schedule_code]
    head = _head(as_of)
    return _office_time(schedule.code, zone, head, as_of, _year(head))


def working_calendar(week: str = "five", as_of: date | None = None) -> WorkingDays:
    """The days of a five-day or six-day week, without any office's hours."""
    head = _head(as_of)
    return _days(week, head, as_of, _year(head))


def current_revision() -> int:
    """The number of the calendar in force."""
    return _head(None).number


@transaction.atomic
def publish(shifts: Iterable[DayShift], *, by: str, withdraw: Iterable[DayShift] = (), note: str = "") -> Revision:
    """Bring days moved by acts into force; a day that stood there before is kept and marked as withdrawn."""
    last = Revision.objects.select_for_update().first()
    number = last.number + 1 if last else 1
    revision = Revision.objects.create(number=number, published_at=clock.now(), published_by=by, note=note)
    shifts = list(shifts)
    replaced = Q(date__in=[shift.date for shift in shifts]) | Q(pk__in=[shift.pk for shift in withdraw])
    DayShift.objects.in_force(number).filter(replaced).update(withdrawn_by=revision)
    for shift in shifts:
        shift.revision = revision
        shift.save()
    revision.digest = digest(_shifts(number))
    revision.save(update_fields=["digest"])
    return revision


def _year(head: Head) -> int:
    """The year we live in; before there is a database, that of the last act shipped."""
    if head.shipped:
        return head.published_on.year if head.published_on else FIRST_YEAR
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).year


def _head(as_of: date | None) -> Head:
    """The last revision, or the last one published up to the end of a day."""
    found = Revision.objects.all()
    if as_of:
        midnight = datetime.combine(as_of + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
        found = found.filter(published_at__lt=midnight)
    try:
        row = found.values_list("number", "digest", "published_at").first()
    except DatabaseError:
        if Revision._meta.db_table in connection.introspection.table_names():
            raise
        return _shipped_head(as_of)
    return Head(row[0], row[1], row[2].astimezone(ZoneInfo(settings.TIME_ZONE)).date()) if row else Head(0, "", None)


def _shipped_head(as_of: date | None) -> Head:
    known = [on for on, _ in shipped_calendars() if as_of is None or on <= as_of]
    return Head(len(known), "", known[-1] if known else None, shipped=True)


@lru_cache(maxsize=64)
def _office_time(schedule_code: str, zone: str, head: Head, as_of: date | None, year: int) -> OfficeTime:
    schedule = SCHEDULES[schedule_code]
    return OfficeTime(_days(schedule.week, head, as_of, year), schedule, ZoneInfo(zone))


@lru_cache(maxsize=32)
def _days(week: str, head: Head, as_of: date | None, year: int) -> WorkingDays:
    """Known are the days up to the year we live in; the year after stands there as provisional."""
    known = as_of.year if as_of else year
    known = max(known, head.published_on.year if head.published_on else known)
    if head.shipped:
        shifts = [row.as_shift() for row in shipped_shifts() if head.published_on and row.act_date <= head.published_on]
    else:
        shifts = _shifts(head.number)
    return working_days(
        known + 1,
        shifts=shifts,
        week=week,
        known_on=as_of or date.max,
        revision=head.number,
        provisional_from=date(known + 1, 1, 1),
    )


def _shifts(number: int) -> list[Shift]:
    rows = DayShift.objects.in_force(number)
    return [Shift(row.date, row.kind == "works", row.act, row.exchanged_with, row.provisional) for row in rows]
