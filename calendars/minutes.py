"""Terms in working minutes: when their clock stands still, and what lies some minutes before their end. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from calendars.arithmetic import OfficeTime


class Rest(StrEnum):
    """Why no working minute passes."""

    LUNCH = "lunch"
    NIGHT = "night"
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class Standstill:
    """The clock of minutes stands still: why, and from which local moment it goes on."""

    rest: Rest
    until: datetime


def standstill(office: OfficeTime, instant: datetime) -> Standstill | None:
    """Whether no working minute passes at an instant; none in working time. Norm: GAP-22."""
    if office.is_open(instant):
        return None
    local = office.local(instant)
    day = local.date()
    if not office.days.is_working(day):
        return Standstill(Rest.DAY_OFF, office.opening(office.days.next_working(day)))
    if local < office.opening(day):
        return Standstill(Rest.NIGHT, office.opening(day))
    if local < office.closing(day):
        return Standstill(Rest.LUNCH, spans(office, day)[-1][0])
    return Standstill(Rest.NIGHT, office.opening(office.days.add_working(day, 1)))


def spans(office: OfficeTime, day: date) -> list[tuple[datetime, datetime]]:
    """The working hours of a working day: before lunch and after it, or the whole day where there is no lunch."""
    opens, closes = office.opening(day), office.closing(day)
    if office.schedule.lunch is None:
        return [(opens, closes)]
    begins, ends = (datetime.combine(day, hour, office.zone) for hour in office.schedule.lunch)
    return [(opens, begins), (ends, closes)]


def earlier(office: OfficeTime, instant: datetime, minutes: int) -> datetime:
    """So many working minutes before an instant: the last moment of working time from which they lead to it."""
    until, rest = office.local(instant), timedelta(minutes=minutes)
    day = office.days.previous_working(until.date())
    while True:
        for begins, ends in reversed(spans(office, day)):
            worked = min(ends, until) - begins
            if worked > timedelta() and worked >= rest:
                return min(ends, until) - rest
            rest -= max(worked, timedelta())
        day = office.days.add_working(day, -1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a term in minutes: worked, or a rest that does not count."""

    begins: datetime
    ends: datetime
    minutes: int
    rest: Rest | None = None


def stretches(office: OfficeTime, start: datetime, due: datetime) -> list[Stretch]:
    """«Why this hour?»: what counted between the start and the due moment, and what stood still. Norm: GAP-22."""
    at, due = office.local(start), office.local(due)
    found: list[Stretch] = []
    while at < due:
        still = standstill(office, at)
        ends = still.until if still else next(end for _begin, end in spans(office, at.date()) if at < end)
        ends = min(ends, due)
        # By the hours as they are printed, without seconds: 12:50 to 13:00 is ten, and the lines still add up.
        minutes = office.working_minutes_between(_printed(at), _printed(ends))
        found.append(Stretch(at, ends, minutes, still.rest if still else None))
        at = ends
    return found


def _printed(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def worked(office: OfficeTime, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two instants, to the second."""
    return sum((one.ends - one.begins for one in stretches(office, start, end) if one.rest is None), timedelta())
