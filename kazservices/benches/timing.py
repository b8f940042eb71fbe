"""How long something takes: warmed up, repeated, and judged by its middle, since a machine has other things to do."""

from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter

from django.db import connection, transaction

ROUNDS = 15


def seconds(job: Callable, rounds: int = ROUNDS) -> list[float]:
    """The times of so many runs, after one that is not counted."""
    job()
    return [_seconds(job) for _ in range(rounds)]


def in_turn(*jobs: Callable, rounds: int = ROUNDS) -> list[float]:
    """The middle time of each job, run by turns so that whatever disturbs one disturbs all."""
    for job in jobs:
        job()
    times = [[_seconds(job) for job in jobs] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]


def undone(job: Callable) -> Callable:
    """The job inside a transaction that is taken back: it finds the same rows the next time."""

    def run():
        with _taken_back():
            job()

    return run


def p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


@contextmanager
def counted():
    """Counts the statements that reach the database in this block."""
    asked = Counter()

    def count(execute, sql, *rest):
        asked[sql] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield asked


@contextmanager
def _taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _seconds(job) -> float:
    began = perf_counter()
    job()
    return perf_counter() - began
