"""Is the product keeping its promises: sweeps on time, calendar covered, every open office able to answer?"""

from datetime import timedelta

from kazservices import clock
from kazservices.cases.roots.models import JournalRoot, RootCopy
from kazservices.deadlines.models import Recount, SweepRun
from kazservices.notices.offices import AHEAD
from kazservices.offices.models import Office
from kazservices.offices.opening import endings, lacking

from . import reruns
from .coverage import coverage
from .sweeps import SWEEPS

LATE = timedelta(minutes=3)
RECOUNTED_WITHIN = timedelta(minutes=30)
WORST = {"green": 0, "amber": 1, "red": 2}


def health() -> dict:
    """{"state": green | amber | red, "sweeps": {...}, "calendar": {...}, "roots": {...}, "offices": {...}, ...}."""
    at = clock.now()
    swept = {name: sweep_state(name, at) for name in SWEEPS}
    apart = {
        "calendar": calendar_state(),
        "roots": _roots(at),
        "recounts": _recounts(at),
        "offices": _offices(),
        "stuck": reruns.told(at),
    }
    state = max((told["state"] for told in (*swept.values(), *apart.values())), key=WORST.__getitem__)
    return {"state": state, "now": at.isoformat(timespec="seconds"), "sweeps": swept, **apart}


def last_run(name) -> SweepRun | None:
    """The last run of a sweep that came to its end."""
    return SweepRun.objects.filter(name=name, finished_at__isnull=False).order_by("-started_at").first()


def sweep_state(name, at) -> dict:
    """When a sweep has ended last, and how many seconds ago."""
    last = last_run(name)
    if last is None:
        return {"state": "red", "last": None, "age": None}
    age = at - last.finished_at
    ended = last.finished_at.isoformat(timespec="seconds")
    return {"state": "red" if age > LATE else "green", "last": ended, "age": int(age.total_seconds())}


def calendar_state() -> dict:
    """Days of confirmed calendar ahead: fewer than 180 amber, fewer than 40 red."""
    found = coverage()
    provisional_from = found.provisional_from and found.provisional_from.isoformat()
    return {
        "state": found.state,
        "confirmed_until": found.until.isoformat(),
        "days_ahead": found.ahead,
        "provisional_from": provisional_from,
    }


def _recounts(at) -> dict:
    """What a revision of the calendar has left to do: red while a case is stuck, amber when it takes long."""
    left = Recount.objects.to_do()
    stuck = sum(left.values_list("stuck", flat=True))
    long = left.filter(published_at__lt=at - RECOUNTED_WITHIN).exists()
    return {"state": "red" if stuck else "amber" if long else "green", "waiting": left.count(), "stuck": stuck}


def _offices() -> dict:
    """Open offices that take nothing, by code and check: red; those that will not after a day near by: amber."""
    offices = Office.objects.filter(is_active=True).with_checks().order_by("code")
    found = [{"office": office.code, "check": check.code} for office in offices for check in lacking(office)]
    ending = [
        {"office": office.code, "check": check.code, "until": day.isoformat()}
        for office in offices
        for check, day in endings(office, AHEAD)
    ]
    return {"state": "red" if found else "amber" if ending else "green", "lacking": found, "ending": ending}


def _roots(at) -> dict:
    """The last night sealed, and the roots that do not lie in the other place yet: red when one waits for long."""
    waiting = RootCopy.objects.filter(copied_at=None).order_by("root").values_list("root__at", flat=True)
    last = JournalRoot.objects.order_by("number").values_list("night", flat=True).last()
    late = bool(waiting) and at - waiting[0] > LATE
    return {"state": "red" if late else "green", "last": last and last.isoformat(), "waiting": len(waiting)}
