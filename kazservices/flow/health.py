"""Is the product keeping its promises: are the sweeps on time, is the calendar covered far enough?"""

from datetime import timedelta

from calendars.service import working_calendar
from kazservices import clock
from kazservices.deadlines.models import SweepRun

from .sweeps import SWEEPS

LATE = timedelta(minutes=3)
AMBER_DAYS, RED_DAYS = 180, 40
WORST = {"green": 0, "amber": 1, "red": 2}


def health() -> dict:
    """{"state": green | amber | red, "sweeps": {...}, "calendar": {...}} for people and monitors."""
    at = clock.now()
    swept = {name: _sweep(name, at) for name in SWEEPS}
    covered = _calendar(at)
    state = max([*(s["state"] for s in swept.values()), covered["state"]], key=WORST.__getitem__)
    return {"state": state, "now": at.isoformat(timespec="seconds"), "sweeps": swept, "calendar": covered}


def _sweep(name, at) -> dict:
    last = SweepRun.objects.filter(name=name, finished_at__isnull=False).order_by("-started_at").first()
    late = last is None or at - last.finished_at > LATE
    return {"state": "red" if late else "green", "last": last and last.finished_at.isoformat(timespec="seconds")}


def _calendar(at) -> dict:
    """Days of confirmed calendar ahead: fewer than 180 amber, fewer than 40 red."""
    calendar = working_calendar()
    until = (calendar.provisional_from or calendar.covered_until) - timedelta(days=1)
    ahead = (until - at.date()).days
    state = "red" if ahead < RED_DAYS else "amber" if ahead < AMBER_DAYS else "green"
    return {"state": state, "confirmed_until": until.isoformat(), "days_ahead": ahead}
