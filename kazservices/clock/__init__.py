"""now(), and nothing else: the only place in this program that asks what time it is."""

import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.apps import apps as installed  # the plain name is taken by the submodule apps.py
from django.conf import settings

_REREAD_SECONDS = 0.5

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)
_seen: tuple[float, timedelta] = (float("-inf"), timedelta())


def now() -> datetime:
    """The instant, in UTC; under ``KAZ_CLOCK=demo`` moved forward by the offset kept in the database."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    real = datetime.now(UTC)
    return real + _offset() if settings.KAZ_CLOCK == "demo" else real


def forget_offset() -> None:
    """Read the offset anew at the next call: it has just been moved in this process."""
    global _seen
    _seen = (float("-inf"), timedelta())


@contextmanager
def fixed_at(instant: datetime):
    """Let the clock stand at an instant, for tests and for histories told afterwards (demo data)."""
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def _offset() -> timedelta:
    global _seen
    read_at, offset = _seen
    if time.monotonic() - read_at > _REREAD_SECONDS:
        offset = installed.get_model("clock", "Offset").objects.current()
        _seen = (time.monotonic(), offset)
    return offset
