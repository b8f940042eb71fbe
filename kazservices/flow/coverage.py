"""How far ahead the calendar is confirmed, and the letter to the operators when that becomes too short."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from calendars import words
from calendars.service import today, working_calendar
from kazservices import clock
from kazservices.deadlines.models import CoverageAlarm
from kazservices.notices.outbox import owe
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role

AMBER_DAYS, RED_DAYS = 180, 40  # calendar days


@dataclass(frozen=True)
class Coverage:
    """The last confirmed day, how many days that is ahead, and the day from which all is provisional."""

    until: date
    ahead: int
    provisional_from: date | None

    @property
    def state(self) -> str:
        return "red" if self.ahead < RED_DAYS else "amber" if self.ahead < AMBER_DAYS else "green"


def coverage() -> Coverage:
    """What of the calendar lies ahead of today; a year without its act is provisional, also once it has begun."""
    calendar = working_calendar()
    until = (calendar.provisional_from or calendar.covered_until + timedelta(days=1)) - timedelta(days=1)
    return Coverage(until, max(0, (until - today()).days), calendar.provisional_from)


@transaction.atomic
def warn_of_ending() -> tuple[int, int]:
    """Tell every operator once a year at each of the two thresholds: (looked at, told)."""
    at = clock.now()
    found = coverage()
    if found.state == "green":
        return 1, 0
    if not CoverageAlarm.objects.get_or_create(until=found.until, threshold=found.state, defaults={"at": at})[1]:
        return 1, 0
    days = {language: words.citizen_date(found.until, language, year=True) for language in ("kk", "ru")}
    context = {"until": days, "days": found.ahead, "year": found.until.year + 1}
    posts = Staff.objects.on(at.date()).with_role(Role.OPERATOR).filter(office__is_active=True).select_related("user")
    people = {post.user_id: post.user for post in posts}
    for person in people.values():
        owe("calendar_ends", to=person, at=at, context=context)
    return 1, len(people)
