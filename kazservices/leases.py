"""Work that lies in a row of the database: taken by compare-and-set for a time, given back with a growing wait."""

from datetime import timedelta

from django.db.models import F


def claim(waiting, pk, *, at, lease: timedelta) -> bool:
    """True for exactly one caller: the waiting row with this key is his until the lease ends."""
    row = waiting.filter(pk=pk).order_by()
    return bool(row.update(lease_until=at + lease, attempts=F("attempts") + 1))


def wait(attempts: int, *, first: timedelta, longest: timedelta) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, and never longer than the longest."""
    return min(first * 2 ** min(attempts, 8), longest)
