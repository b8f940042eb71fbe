"""The sweeps of the clocks: marking a thousand breaches against the bare SQL, and what a round costs when none is due.

``ratio_sql``: noting the breaches that are due, against one UPDATE that marks the same rows without asking for causes.
``idle_growth``: a round of all sweeps that look at clocks, none of which is due, with ten times the open clocks.
"""

from datetime import timedelta
from statistics import median
from time import perf_counter

from django.db import connection

from kazservices import clock
from kazservices.benches.crowd import multiply
from kazservices.benches.place import circumstances
from kazservices.benches.seed import OPEN_CLOCKS, one_case
from kazservices.benches.timing import in_turn, seconds, undone
from kazservices.cases.models import CaseParty
from kazservices.deadlines import service as deadlines
from kazservices.deadlines.models import Deadline
from kazservices.flow import sweeps

ON_POSTGRES = True
OPEN = {"small": (10_000, 100_000), "national": (100_000, 1_000_000)}
DUE = 1_000
ENDED_A_CASE = 6  # so that what has ended outnumbers what runs, as in any office after its first year
BARE_SQL = """
    UPDATE deadlines_deadline SET breach_noted_at = %s, cause = 'unexplained', cause_note = ''
    WHERE ours AND breach_noted_at IS NULL AND due_at < %s AND (ended_at IS NULL OR ended_at > due_at)
"""


def run(size: str) -> dict:
    began = perf_counter()
    case = one_case(ended_clocks=ENDED_A_CASE)
    few, many = (clocks // len(OPEN_CLOCKS) for clocks in OPEN[size])
    _crowd(case, few - 1, first=1)
    idle_few = median(seconds(_round))
    _crowd(case, many - few, first=few)
    idle_many = median(seconds(_round))
    at = clock.now()
    _make_due(at, DUE)
    ours, bare = in_turn(undone(lambda: _note(at)), undone(lambda: _bare(at)))
    return {
        **circumstances(),
        "rows": Deadline.objects.count(),
        "open": Deadline.objects.running().count(),
        "due": DUE,
        "ratio_sql": round(ours / bare, 2),
        "ours_ms": round(ours * 1000, 1),
        "sql_ms": round(bare * 1000, 1),
        "idle_growth": round(idle_many / idle_few, 2),
        "idle_ms": round(idle_many * 1000, 2),
        "seconds": round(perf_counter() - began, 1),
    }


def _round() -> None:
    """What the beat asks of the clocks again and again."""
    for sweep in (sweeps.note_breaches, sweeps.warn, sweeps.make_due_moves):
        looked_at, _ = sweep()
        if looked_at:
            raise AssertionError("something was due: this round was not idle")


def _note(at) -> None:
    if deadlines.note_missed(at) != (DUE, DUE):
        raise AssertionError("not every breach was noted: the times would mean nothing")


def _bare(at) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE_SQL, [at, at])
        if cursor.rowcount != DUE:
            raise AssertionError("the bare SQL has marked other rows: the times would mean nothing")


def _crowd(case, copies, *, first) -> None:
    multiply([case.pk], copies, beside=(CaseParty, Deadline), first=first)


def _make_due(at, how_many) -> None:
    """The clocks of one rule end at the closings of yesterday and the day before, as terms do."""
    keys = Deadline.objects.running().filter(rule__endswith=OPEN_CLOCKS[0]).order_by("pk").values_list("pk", flat=True)
    due = list(keys[:how_many])
    for days, part in ((1, due[::2]), (2, due[1::2])):
        past = at - timedelta(days=days)
        Deadline.objects.filter(pk__in=part).update(
            due_at=past, due_on=past.date(), warn_official_at=past, warn_head_at=past
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE deadlines_deadline")
