"""The calendar of the database, ready to count with: the door for the other rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import SCHEDULES, OfficeTime, WorkingDays
from calendars.kazakhstan import FIRST_YEAR, LAST_LOADED_YEAR, Shift, working_days
from calendars.models import DayShift, Revision
from calendars.shipped import digest, shipped_calendars, shipped_shifts
from kazservices import clock

ALMATY = "Asia/Almaty"
THE_CALENDAR = 20260126  # the key of its advisory lock: any number that no other lock of this database has


@dataclass(frozen=True, slots=True)
class Head:
    """The revision to count with; ``shipped``: there is no database yet, the program's own days serve."""

    number: int
    digest: str
    published_on: date | None
    confirmed_year: int = 0
    shipped: bool = False


class CalendarChanged(ValidationError):
    """Another revision was published since the one over which this was prepared."""

    def __init__(self) -> None:
        super().__init__(_("The calendar has changed meanwhile. Look at the preview again."), code="calendar_changed")


def office_time(
    schedule_code: str, zone: str = ALMATY, as_of: date | None = None, *, revision: int | None = None
) -> OfficeTime:
    """The working time of an office with that schedule: by the calendar in force, as known on a day, or of a revision.

    ``revision``: all that was published up to that number; the caller passes at most one of the two.
    """
    schedule = SCHEDULES[schedule_code]
    head = _head(as_of) if revision is None else _head_of(revision)
    return _office_time(schedule.code, zone, head, as_of, _year(head))


def proposed_time(schedule_code: str, zone: str, *, shifts: Iterable[DayShift], confirms_year: int = 0) -> OfficeTime:
    """The working time as it would be with exactly these moved days in force."""
    schedule, head = SCHEDULES[schedule_code], _head(None)
    lived = _year(head)
    confirmed = max(_confirmed(head, lived), confirms_year)
    days = working_days(
        max(lived, confirmed) + 1,
        shifts=[_as_shift(row) for row in shifts],
        week=schedule.week,
        revision=head.number + 1,
        provisional_from=date(confirmed + 1, 1, 1),
    )
    return OfficeTime(days, schedule, ZoneInfo(zone))


def today() -> date:
    """The local day where the calendar is kept (settings.TIME_ZONE)."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def living_year() -> int:
    """The year we live in."""
    return _year(_head(None))


def working_calendar(week: str = "five", as_of: date | None = None) -> WorkingDays:
    """The days of a five-day or six-day week, without any office's hours."""
    head = _head(as_of)
    return _days(week, head, as_of, _year(head))


def current_revision() -> int:
    """The number of the calendar in force."""
    return _head(None).number


def revision_at(at: datetime) -> int:
    """The number of the calendar that was in force at an instant."""
    found = Revision.objects.filter(published_at__lte=at).values_list("number", flat=True)
    return found.first() or current_revision()


@transaction.atomic
def publish(
    shifts: Iterable[DayShift],
    *,
    by: str,
    withdraw: Iterable[DayShift] = (),
    note: str = "",
    confirms_year: int = 0,
    over: int | None = None,
) -> Revision:
    """Bring days moved by acts into force; a day that stood there before is kept and marked as withdrawn.

    ``over``: the revision that must still be the last one. Of two at once the second waits, and is told so by
    CalendarChanged.
    """
    last = last_revision_locked()
    if over is not None and over != (last.number if last else 0):
        raise CalendarChanged
    number = last.number + 1 if last else 1
    confirmed = max(confirms_year, last.confirmed_year if last else 0)
    revision = Revision.objects.create(
        number=number, published_at=clock.now(), published_by=by, note=note, confirmed_year=confirmed
    )
    shifts = list(shifts)
    replaced = Q(date__in=[shift.date for shift in shifts]) | Q(pk__in=[shift.pk for shift in withdraw])
    DayShift.objects.in_force(number).filter(replaced).update(withdrawn_by=revision)
    for shift in shifts:
        shift.revision = revision
        shift.save()
    revision.digest = digest(_shifts(number))
    revision.save(update_fields=["digest"])
    return revision


def last_revision_locked() -> Revision | None:
    """The last revision, once nobody else publishes and nobody acts by it: read after the lock, which may take a wait.

    Until the transaction ends nobody else acts by the calendar either.
    """
    _lock("pg_advisory_xact_lock")
    return Revision.objects.first()


def stand_still() -> None:
    """Whoever acts by the calendar lets nobody publish another one until his transaction ends.

    Taken before any row is locked; any number of people hold it at once.
    """
    _lock("pg_advisory_xact_lock_shared")


def _lock(how: str) -> None:
    """SQLite has one writer at a time anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {how}(%s)", [THE_CALENDAR])


def _year(head: Head) -> int:
    """The year we live in; before there is a database, that of the last act shipped."""
    if head.shipped:
        return head.published_on.year if head.published_on else FIRST_YEAR
    return today().year


def _head(as_of: date | None) -> Head:
    """The last revision, or the last one published up to the end of a day."""
    found = Revision.objects.all()
    if as_of:
        midnight = datetime.combine(as_of + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
        found = found.filter(published_at__lt=midnight)
    try:
        row = found.values_list("number", "digest", "published_at", "confirmed_year").first()
    except DatabaseError:
        if Revision._meta.db_table in connection.introspection.table_names():
            raise
        return _shipped_head(as_of)
    return _as_head(row) if row else Head(0, "", None)


def _head_of(number: int) -> Head:
    """The revision of that number."""
    found = Revision.objects.filter(number=number)
    return _as_head(found.values_list("number", "digest", "published_at", "confirmed_year").get())


def _as_head(row: tuple[int, str, datetime, int]) -> Head:
    number, digest_, published_at, confirmed_year = row
    return Head(number, digest_, published_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(), confirmed_year)


def _shipped_head(as_of: date | None) -> Head:
    known = [on for on, _ in shipped_calendars() if as_of is None or on <= as_of]
    return Head(len(known), "", known[-1] if known else None, shipped=True)


@lru_cache(maxsize=64)
def _office_time(schedule_code: str, zone: str, head: Head, as_of: date | None, year: int) -> OfficeTime:
    schedule = SCHEDULES[schedule_code]
    return OfficeTime(_days(schedule.week, head, as_of, year), schedule, ZoneInfo(zone))


@lru_cache(maxsize=32)
def _days(week: str, head: Head, as_of: date | None, year: int) -> WorkingDays:
    """To the end of the year after the one we live in; provisional from the year that no act has confirmed."""
    lived = as_of.year if as_of else year
    lived = max(lived, head.published_on.year) if head.published_on else lived
    confirmed = _confirmed(head, lived)
    if head.shipped:
        shifts = [row.as_shift() for row in shipped_shifts() if head.published_on and row.act_date <= head.published_on]
    else:
        shifts = _shifts(head.number)
    return working_days(
        max(lived, confirmed) + 1,
        shifts=shifts,
        week=week,
        known_on=as_of or date.max,
        revision=head.number,
        provisional_from=date(confirmed + 1, 1, 1),
    )


def _confirmed(head: Head, lived: int) -> int:
    """The last year whose moved days are all known: its acts came with the program, or a revision says so.

    A year is not known by itself because it has begun: without its act its dates stay provisional.
    """
    return max(head.confirmed_year, min(lived, LAST_LOADED_YEAR))


def _shifts(number: int) -> list[Shift]:
    return [_as_shift(row) for row in DayShift.objects.in_force(number)]


def _as_shift(row: DayShift) -> Shift:
    return Shift(row.date, row.kind == "works", row.act, row.exchanged_with, row.provisional)
