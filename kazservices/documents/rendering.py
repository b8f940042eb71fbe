"""Papers are drawn outside any transaction, leased, and tried again until they are there."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock, stuck
from kazservices.faults import where
from kazservices.leases import claim, in_time, wait

from .drawing import CannotDraw, draw
from .models import TRIES, Paper, PaperBytes, hash_of

LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=30)

WORK = stuck.declare(
    stuck.Work("paper", _("drawing of a paper"), Paper.objects.undrawn, tries=TRIES, since="created_at", error="fault")
)

log = logging.getLogger(__name__)


def render(paper_id) -> bool:
    """Draw a paper that waits; true for the caller who drew it."""
    paper = _claim(paper_id)
    if paper is None:
        return False
    try:
        content = draw(paper)
    except CannotDraw as fault:
        _give_back(paper, fault)
        return False
    return _keep(paper, content)


def render_waiting(limit=50) -> tuple[int, int]:
    """Draw everything that waits, oldest first: (looked at, drawn)."""
    waiting = list(Paper.objects.to_render(clock.now()).values_list("pk", flat=True)[:limit])
    return len(waiting), sum(_render_one(pk) for pk in in_time(waiting))


def _render_one(paper_id) -> bool:
    try:
        return render(paper_id)
    except Exception as error:  # at the sweep's edge: one bad row must not stop the others, whatever it is
        log.error("paper %s: %s", paper_id, where(error))  # noqa: TRY400 - the message may name a person
        _give_back(Paper.objects.get(pk=paper_id), type(error).__name__)
        return False


def _claim(paper_id) -> Paper | None:
    at = clock.now()
    if not claim(Paper.objects.to_render(at), paper_id, at=at, lease=LEASE):
        return None
    return Paper.objects.get(pk=paper_id)


@transaction.atomic
def _keep(paper, content) -> bool:
    """Keep the bytes with their hash; a receipt is issued in the same breath."""
    at = clock.now()
    state = {"state": Paper.State.PREPARED}
    if paper.by_system:
        state = {"state": Paper.State.ISSUED, "issued_at": at}
    row = Paper.objects.filter(pk=paper.pk, state=Paper.State.WAITING)
    if not row.update(sha256=hash_of(content), prepared_at=at, lease_until=None, fault="", **state):
        return False
    PaperBytes.objects.create(paper=paper, content=content)
    return True


def _give_back(paper, fault) -> None:
    again_at = clock.now() + wait(paper.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
    log.error("paper %s cannot be drawn: %s", paper.pk, fault)
    row = Paper.objects.filter(pk=paper.pk, state=Paper.State.WAITING)
    row.update(lease_until=None, next_try_at=again_at, fault=str(fault)[:200])
