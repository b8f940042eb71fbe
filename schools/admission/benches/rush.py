"""Five hundred parents file in the same minute for a hundred seats, over twenty connections; then the round is held.

``per_second`` and ``p99_ms``: whole filings, each with its case, clocks, journal, letters and receipt.
``ratio_bare_insert``: one filing against the bare INSERT of its row. The round is confirmed and the seats are cut from
all connections at once: ``oversubscribed`` counts the seats given beyond those there are. ``without_locks``: the same
on another queue, with every lock of a row and the database's own bound on seats taken away: it must be above zero.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import fmean, quantiles
from threading import Event
from time import perf_counter, sleep
from unittest.mock import patch

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from kazservices.benches.place import circumstances
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import take
from schools.admission import rounds, seats
from schools.admission.models import AdmissionApplication
from schools.admission.states import HOLDING

from .crowd import Crowd

ON_POSTGRES = True
PARENTS = {"small": 500, "national": 5_000}
CONNECTIONS, SEATS, CUT_TO = 20, 100, 60
SHARE_WITHOUT = 5  # the queue of the counter-proof is so many times smaller
FILED, HELD = "2026-04-01T10:00", "2026-04-02T09:30"  # Wed, Thu
PAUSE, LONGEST = 0.5, 30  # seconds: between what a round has read and what it writes; until anybody has come so far


def run(size: str) -> dict:
    return measured(PARENTS[size])


def measured(parents: int) -> dict:
    """The figures of so many parents."""
    began = perf_counter()
    call_command("clock", "--to", FILED, verbosity=0)
    crowd = Crowd()
    many, few = crowd.queue("kk", SEATS), crowd.queue("ru", SEATS // SHARE_WITHOUT)
    filings = crowd.filings(many, parents)
    seconds, times = _filed(filings)
    _filed(crowd.filings(few, parents // SHARE_WITHOUT))
    bare = _bare_inserts(AdmissionApplication.objects.filter(pool=many).values_list("pk", flat=True))
    call_command("clock", "--to", HELD, verbosity=0)
    over = _rush(crowd, many, CUT_TO)
    with _without_locks():
        without = _rush(crowd, few, CUT_TO // SHARE_WITHOUT)
    held = many.rounds.first()
    if held is not None and not rounds.is_true(held):
        raise AssertionError("the order of the round cannot be proved")
    if not without:
        raise AssertionError("without its locks the round must oversubscribe, or the bench proves nothing")
    return {
        **circumstances(), "parents": parents, "connections": CONNECTIONS, "seats": SEATS,
        "per_second": round(parents / seconds, 1), "p99_ms": round(quantiles(times, n=100)[98] * 1000),
        "ratio_bare_insert": round(fmean(times) / bare, 1), "oversubscribed": over, "without_locks": without,
        "seconds": round(perf_counter() - began, 1),
    }  # fmt: skip


def _filed(filings) -> tuple[float, list[float]]:
    """All at once from so many connections: the seconds of the whole, and of each filing."""
    began = perf_counter()
    times = _from_all_connections([lambda one=one: _timed(lambda: take(one)) for one in filings])
    return perf_counter() - began, times


def _rush(crowd, pool, cut_to: int) -> int:
    """Half of the connections confirm the round as it is shown, half cut the seats; the seats given beyond the rest."""
    shown, reached = rounds.proposed(pool).sha256, Event()

    def confirm():
        rounds.confirm(pool, by=crowd.head, sha256=shown)

    def cut():
        reached.wait(LONGEST)
        seats.set_seats(pool, cut_to, by=crowd.head, reason="Сынып жабылды")

    with patch.object(rounds, "_keep", _slowly(rounds._keep, reached)):
        _from_all_connections([_unless_refused(act) for _n in range(CONNECTIONS // 2) for act in (confirm, cut)])
    pool.refresh_from_db()
    given = AdmissionApplication.objects.filter(pool=pool, state__in=HOLDING).count()
    return max(0, given - pool.seats)


def _bare_inserts(keys) -> float:
    """The mean seconds of inserting one row of a case, committed by itself, from as many connections."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE cases_case)")

    def insert(key):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare SELECT * FROM cases_case WHERE id = %s", [key])

    return fmean(_from_all_connections([lambda key=key: _timed(lambda: insert(key)) for key in keys]))


def _from_all_connections(acts) -> list:
    """What each act gave; a thread keeps its connection from act to act."""
    with ThreadPoolExecutor(CONNECTIONS) as hands:
        told = [one.result() for one in [hands.submit(act) for act in acts]]
        for _n in range(CONNECTIONS):
            hands.submit(connection.close)
    return told


@contextmanager
def _without_locks():
    """No row is locked, and the database no longer knows how many seats there are."""
    with connection.cursor() as cursor:
        for name in ("pool_never_oversubscribed", "round_once_a_day"):
            cursor.execute(f"ALTER TABLE admission_{name.partition('_')[0]} DROP CONSTRAINT {name}")
    with patch.object(QuerySet, "select_for_update", lambda rows, **_how: rows.all()):
        yield


def _slowly(job, reached):
    """The job after a pause in which whoever waits for ``reached`` may come between."""

    def later(*facts):
        reached.set()
        sleep(PAUSE)
        return job(*facts)

    return later


def _unless_refused(act):
    def tried():
        try:
            return act()
        except (ValidationError, MoveNotAllowed, DatabaseError):
            return None

    return tried


def _timed(job) -> float:
    began = perf_counter()
    job()
    return perf_counter() - began
