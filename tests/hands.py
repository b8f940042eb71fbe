"""Another hand in the middle of our own act, on a connection of its own: the order of two hands, chosen by the test."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from kazservices.flow.errors import MoveNotAllowed
from tests import world

TOLD = (ValidationError, MoveNotAllowed, PermissionDenied)
PATIENCE = 20  # seconds


def meanwhile(moment: str, act, other, *, before: str):
    """(outcome of the act, outcome of the other): the other hand begins as the act comes to the function named.

    The act goes on once the other hand has ended, or waits for what the act has locked. The clock goes on with each
    look at it, the same for both.
    """
    module, _, name = before.rpartition(".")
    goes_on, begun = getattr(import_module(module), name), []

    def comes_to_it(*args, **named):
        if not begun:
            begun.append(None)
            begun[0] = _begin(pool, other)
        return goes_on(*args, **named)

    with ThreadPoolExecutor(1) as pool, pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{module}.{name}", comes_to_it)
        patch.setattr("kazservices.clock.now", _going_on_from(moment))
        ours = outcome(act)
        assert begun, f"{before} was never called"
        return ours, begun[0].result(PATIENCE)


def outcome(job):
    """What a job returns, or what it was told; any other error is a fault of the product."""
    try:
        return job()
    except TOLD as told:
        return told


def _going_on_from(moment: str):
    began, looks = datetime.fromisoformat(moment).replace(tzinfo=world.ALMATY).astimezone(UTC), count()
    return lambda: began + timedelta(milliseconds=next(looks))


def _begin(pool, job) -> Future:
    """The job in a thread of its own, until it has ended or waits for a lock."""
    known = Future()

    def run():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                known.set_result(cursor.fetchone()[0])
            return outcome(job)
        finally:
            connection.close()

    begun = pool.submit(run)
    pid, until = known.result(PATIENCE), time.monotonic() + PATIENCE
    while not begun.done() and not _waits(pid):
        assert time.monotonic() < until, "the other hand neither ends nor waits"
        time.sleep(0.01)
    return begun


def _waits(pid) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return cursor.fetchone()[0]
