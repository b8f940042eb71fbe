"""May work be given to the product? A few checks, each with its state and what it rests on; none names a person."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from kazservices import clock
from kazservices.celery import app
from kazservices.notices.models import Notice

from .health import calendar_state, sweep_state
from .sweeps import SWEEPS

BROKER_PATIENCE = 2  # seconds
LETTERS_LONG, LETTERS_LATE = timedelta(minutes=10), timedelta(hours=2)
DISK_LOW, DISK_FULL = 2 * 1024**3, 512 * 1024**2  # bytes


def readiness(only: Iterable[str] = ()) -> dict:
    """{"ready": bool, "checks": {name: {"state": green | amber | red, ...}}}; not ready while one check is red.

    ``only``: the names of the checks that the asker wants. A check that cannot be made because the database does not
    answer is red. Raises KeyError for a name that is none.
    """
    told = {name: _made(CHECKS[name]) for name in (only or CHECKS)}
    return {"ready": all(check["state"] != "red" for check in told.values()), "checks": told}


def _made(check: Callable[[], dict]) -> dict:
    try:
        return check()
    except Error as error:
        return {"state": "red", "error": type(error).__name__}  # the message may name an address


def _database() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"state": "green"}


def _broker() -> dict:
    """The queue answers; without it nothing is lost, but all that sweeps do comes late."""
    with app.connection_for_write(connect_timeout=BROKER_PATIENCE) as queue:
        try:
            queue.connect()
        except (*queue.connection_errors, OSError) as error:
            return {"state": "red", "error": type(error).__name__}
    return {"state": "green"}


def _sweeps() -> dict:
    """How many seconds ago each sweep has ended last; none: never."""
    at = clock.now()
    told = {name: sweep_state(name, at) for name in SWEEPS}
    late = sorted(name for name, one in told.items() if one["state"] == "red")
    ages = {name: one["age"] for name, one in told.items()}
    return {"state": "red" if late else "green", "late": late, "age": ages}


def _letters() -> dict:
    """The copies of letters that have not left, and for how long the oldest has been owed."""
    at = clock.now()
    oldest = Notice.objects.unsent().order_by("owed_at").values_list("owed_at", flat=True).first()
    age = at - oldest if oldest else timedelta()
    state = "red" if age > LETTERS_LATE else "amber" if age > LETTERS_LONG else "green"
    return {"state": state, "oldest": int(age.total_seconds())}


def _disk() -> dict:
    """Room for files where they lie."""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    return {"state": "red" if free < DISK_FULL else "amber" if free < DISK_LOW else "green", "free": free}


CHECKS: Mapping[str, Callable[[], dict]] = {
    "database": _database,
    "broker": _broker,
    "sweeps": _sweeps,
    "letters": _letters,
    "calendar": calendar_state,
    "disk": _disk,
}
