"""What happens by itself: each sweep works by state, oldest first, and may run twice without harm."""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from kazservices import clock
from kazservices.cases.apart import apart
from kazservices.cases.models import Case
from kazservices.cases.roots import copies
from kazservices.deadlines import service as deadlines
from kazservices.deadlines.models import Deadline, SweepRun
from kazservices.documents import papers
from kazservices.gateways import asking
from kazservices.leases import in_time
from kazservices.notices import alarms, delivery
from kazservices.notices.offices import warn_of_ending
from kazservices.notices.outbox import owe
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Role
from kazservices.offices.service import holders

from . import counters, coverage, recounts
from .audience import responsible
from .door import advance, begin, record
from .errors import MoveNotAllowed
from .manifest import all_manifests

log = logging.getLogger(__name__)

KEPT = timedelta(days=60)  # rows of sweeps: long enough to tell the cause of any breach


def note_breaches():
    """Mark every clock that is due and not yet noted, then tell the heads."""
    looked_at, noted = deadlines.note_missed(clock.now())
    for breach in in_time(Deadline.objects.to_escalate().select_related("case", "office")):
        apart(_escalate, breach)
    return looked_at, noted


def make_due_moves():
    """Begin the cases whose day has come, then make the moves that fall due: by a clock, or by the manifest."""
    at = clock.now()
    for manifest in all_manifests():
        for case in in_time(manifest.begins(at)):
            apart(_begin, case, at)
    due = [one for manifest in all_manifests() for one in manifest.due_moves(at)]
    due += list(_moves_of_ended_clocks(at))
    return len(due), sum(bool(apart(_move, case_id, move)) for case_id, move in in_time(due))


def run_errands():
    """Let each service fetch from other systems what waits for it there, and tell them what they are owed."""
    at = clock.now()
    done = [manifest.errands(at) for manifest in all_manifests()]
    return sum(looked_at for looked_at, _ in done), sum(acted for _, acted in done)


def warn():
    """Warn the official, then the head, before a clock is due: in working time, each once."""
    at, given = clock.now(), 0
    pending = [(of, row) for of in ("official", "head") for row in Deadline.objects.judged().to_warn(at, of=of)]
    for of, row in in_time(pending):
        if row.case.time.is_open(at):
            given += bool(apart(_warn, row, of, at))
    return len(pending), given


SWEEPS = {
    "moves": make_due_moves,
    "breaches": note_breaches,
    "warnings": warn,
    "recounts": recounts.run_waiting,
    "coverage": coverage.warn_of_ending,
    "registers": asking.fetch_waiting,
    "errands": run_errands,
    "papers": papers.render_waiting,
    "delivery": delivery.deliver_waiting,
    "commissions": warn_of_ending,
    "offices": alarms.tell_waiting,
    "counters": counters.watch,
    "roots": copies.seal_and_copy,
}


def register(name: str, work) -> None:
    """A sweep of an app above the flow: ``work()`` -> (looked at, acted); how often is said in the settings."""
    SWEEPS[name] = work


def run(name: str) -> SweepRun:
    """Run one sweep and leave a row: started, finished, looked at, acted."""
    row = SweepRun.objects.create(name=name, started_at=clock.now())
    row.looked_at, row.acted = SWEEPS[name]()
    row.finished_at = clock.now()
    row.save(update_fields=["looked_at", "acted", "finished_at"])
    SweepRun.objects.filter(name=name, started_at__lt=row.started_at - KEPT).delete()
    return row


def _moves_of_ended_clocks(at):
    for row in Deadline.objects.judged().running().filter(due_at__lte=at).order_by("due_at"):
        rule = next((r for r in deadlines.rules_of(row.service, row.base_on) if r.code == row.rule), None)
        if rule is not None and rule.on_end:
            yield row.case_id, rule.on_end


@transaction.atomic
def _begin(case, at):
    """Once: the key of the case is unique, whoever else begins it at this moment."""
    return begin(case, by=SYSTEM, at=at)


def _move(case_id, move) -> bool:
    """Make one due move; what the law does not allow after all is left."""
    try:
        advance(Case.objects.get(pk=case_id), move, by=SYSTEM)
    except (MoveNotAllowed, PermissionDenied, ValidationError) as error:
        log.warning("case %s: %s not made: %s", case_id, move, type(error).__name__)
        return False
    return True


@transaction.atomic
def _escalate(breach: Deadline) -> None:
    at = clock.now()
    _lock(breach)
    if not deadlines.claim_escalation(breach, at):
        return
    for person in _heads(breach.office):
        owe("breach", to=person, at=at, case=breach.case, context={"clock": breach})
    record(
        breach.case, "breach_noted", by=SYSTEM, facts={"rule": breach.rule, "due_at": breach.due_at}, norm=breach.norm
    )


@transaction.atomic
def _warn(row: Deadline, of: str, at) -> bool:
    _lock(row)
    if not deadlines.claim_warning(row, of, at):
        return False
    for person in _warned(row, of):
        owe(f"warning_{of}", to=person, at=at, case=row.case, context={"clock": row})
    return True


def _warned(row: Deadline, of: str):
    if of == "head":
        return _heads(row.office)
    return responsible(row.case, row)


def _heads(office) -> list:
    """The heads and their substitutes of today, each once."""
    return list({post.user_id: post.user for post in holders(office, Role.HEAD)}.values())


def _lock(row: Deadline) -> None:
    """The case first, then its clocks: the order of the door, so that a sweep and a late official never deadlock."""
    Case.objects.select_for_update(of=("self",)).get(pk=row.case_id)
