"""The same terms counted day by day, as a clerk would with the printed calendar: a check that shares no code."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.calendars import table

DAY = timedelta(days=1)
ALMATY = ZoneInfo("Asia/Almaty")
HOURS = {
    **dict.fromkeys(("akimat", "school"), [(time(9), time(13)), (time(14, 30), time(18, 30))]),
    "duplicates": [(time(9), time(13)), (time(14), time(18))],
    "state_corporation": [(time(9), time(20))],
}


def works(day: date, six_days: bool) -> bool:
    if not table.FIRST <= day <= table.LAST:
        raise LookupError(day)
    if not six_days:
        return day in table.WORKED or (day.weekday() < 5 and day not in table.OFF_FIVE)
    return day.weekday() != 6 and day not in table.HOLIDAYS and day not in GIVEN_OF_SIX


def _given_of_six() -> set[date]:
    given: set[date] = set()
    for sunday in sorted(day for day in table.HOLIDAYS - table.UNSHIFTED if day.weekday() == 6):
        day = sunday + DAY
        while day in table.HOLIDAYS or day in given:
            day += DAY
        given.add(day)
    return given


GIVEN_OF_SIX = _given_of_six()


def accepted(schedule: str, received: datetime) -> date:
    six, closes = schedule == "state_corporation", HOURS[schedule][-1][1]
    day = received.date() if received.time() < closes or not works(received.date(), six) else received.date() + DAY
    while not works(day, six):
        day += DAY
    return day


def due(schedule: str, received: datetime, length: int, unit: str) -> datetime:
    six, day = schedule == "state_corporation", accepted(schedule, received)
    if unit == "working_days":
        while length:
            day += DAY
            length -= works(day, six)
        return datetime.combine(day, HOURS[schedule][-1][1], ALMATY)
    start, left = received.time() if day == received.date() else time(0), timedelta(minutes=length)
    while True:
        for opens, closes in HOURS[schedule] if works(day, six) else ():
            begin, end = datetime.combine(day, max(opens, start)), datetime.combine(day, closes)
            if begin < end and begin + left <= end:
                return (begin + left).replace(tzinfo=ALMATY)
            left -= max(end - begin, timedelta())
        day, start = day + DAY, time(0)
