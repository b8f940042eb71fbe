"""Is every case whole, after all that? ``python -m tests.faults.audit``: one JSON object on standard output.

Stage, status, state, journal and clocks of each case must agree; what was noted, warned of and owed has its lines and
its letters; the journals hold (``verify_journal``); every sweep has left the rows of its runs.
"""

import json

import django

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402
from django.db.models import Count  # noqa: E402

from kazservices.cases.models import Case, JournalEntry  # noqa: E402
from kazservices.deadlines.models import Deadline, SweepRun  # noqa: E402
from kazservices.documents.models import Paper  # noqa: E402
from kazservices.flow.health import health  # noqa: E402
from kazservices.flow.manifest import specific  # noqa: E402
from kazservices.flow.sweeps import SWEEPS  # noqa: E402
from kazservices.notices.models import Channel, Notice  # noqa: E402


def faults():
    for case in Case.objects.order_by("pk"):
        yield from _case(case, specific(case))
    yield from _clocks()
    yield from _papers()
    yield from _journals()
    for name in SWEEPS:
        if not SweepRun.objects.filter(name=name, finished_at__isnull=False).exists():
            yield f"the sweep {name} has left no row"


def _case(case, child):
    """One transaction wrote all of a move, or nothing of it."""
    entries = JournalEntry.objects.filter(case_id=case.pk).order_by("number")
    last = entries.last()
    if case.status != child.state or case.stage != child.stages[child.state]:
        yield f"case {case.pk}: sheet and state differ"
    if last is None or (last.number, last.hash, entries.count()) != (
        case.journal_count,
        case.journal_head,
        last.number,
    ):
        yield f"case {case.pk}: the journal is not what its sheet says"
    begun = child.deadlines.filter(rule="deferral.decide").count()
    filed = entries.filter(move="submit").count()
    if begun != filed:
        yield f"case {case.pk}: {filed} filed, {begun} clocks begun"
    next_due = case.deadlines.running().order_by("due_at").values_list("due_at", flat=True).first()
    if case.next_due_at not in (next_due, None):
        yield f"case {case.pk}: its next clock is another"


def _clocks():
    """Noted: a cause; escalated: one line; warned: a letter about each clock."""
    told = Deadline.objects.filter(escalated_at__isnull=False, rule="deferral.decide").values_list("case_id", flat=True)
    lines = dict(
        JournalEntry.objects.filter(move="breach_noted").values_list("case_id").annotate(Count("pk")).order_by()
    )
    yield from (f"case {pk}: told of its breach, {lines.get(pk, 0)} lines" for pk in told if not lines.get(pk))
    for of in ("official", "head"):
        warned = Deadline.objects.filter(**{f"warned_{of}_at__isnull": False}).exclude(rule__startswith="flood")
        letters = Notice.objects.filter(letter=f"warning_{of}", channel=Channel.CABINET)
        unwarned = warned.exclude(case_id__in=letters.values("case_id"))
        yield from (f"clock {pk}: {of} warned without a letter" for pk in unwarned.values_list("pk", flat=True))


def _papers():
    """Drawn: its bytes are there. Waiting: none are."""
    drawn = Paper.objects.exclude(state__in=(Paper.State.WAITING, Paper.State.VOID))
    yield from (f"paper {pk}: no bytes" for pk in drawn.filter(drawn=None).values_list("pk", flat=True))
    early = Paper.objects.filter(state=Paper.State.WAITING).exclude(drawn=None)
    yield from (f"paper {pk}: bytes, but not drawn" for pk in early.values_list("pk", flat=True))


def _journals():
    try:
        call_command("verify_journal", stdout=Nowhere(), stderr=Nowhere())
    except CommandError as error:
        yield f"verify_journal: {error}"


class Nowhere:
    def write(self, text):
        """What the command says row by row is not asked here."""


def told() -> dict:
    found = health()
    return {
        "broken": list(faults()),
        "health": found["state"],
        "late sweeps": sorted(name for name, state in found["sweeps"].items() if state["state"] == "red"),
        "runs": SweepRun.objects.count(),
        "unfinished": SweepRun.objects.filter(finished_at=None).count(),
        "causes": sorted(set(Deadline.objects.breaches().values_list("cause", flat=True))),
    }


if __name__ == "__main__":
    print(json.dumps(told()))
