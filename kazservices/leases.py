"""Work that lies in a row of the database: taken by compare-and-set for a time, given back with a growing wait.

What fails time and again is given up after a bounded number of attempts: the row stays owed, is left alone by the
sweeps, and stands in the list of stuck work (``kazservices.stuck``) until an operator has it run again.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q

T = TypeVar("T")

#: How long one run of a sweep takes up row after row. It ends by itself, well before the limits of its task (90 and
#: 110 seconds, ``flow.tasks``) and the broker's patience (120 seconds, ``visibility_timeout``); what is left is the
#: oldest of the next run.
ONE_RUN = 60.0  # seconds of the machine, whatever the product's clock says


def free(at: datetime, tries: int) -> Q:
    """In nobody's hands, its pause is over, and not given up."""
    held = Q(lease_until=None) | Q(lease_until__lt=at)
    paused = Q(next_try_at=None) | Q(next_try_at__lte=at)
    return held & paused & Q(attempts__lt=tries)


def claim(waiting, pk, *, at, lease: timedelta) -> bool:
    """True for exactly one caller: the waiting row with this key is his until the lease ends."""
    row = waiting.filter(pk=pk).order_by()
    return bool(row.update(lease_until=at + lease, attempts=F("attempts") + 1))


def wait(attempts: int, *, first: timedelta, longest: timedelta) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, and never longer than the longest."""
    return min(first * 2 ** min(attempts, 8), longest)


def in_time(rows: Iterable[T], seconds: float = ONE_RUN) -> Iterator[T]:
    """These rows, as long as one run of a sweep may last: what is slow outside makes no run endless."""
    until = time.monotonic() + seconds
    for row in rows:
        if time.monotonic() > until:
            return
        yield row
