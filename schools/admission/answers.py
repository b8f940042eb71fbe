"""The answers of a confirmed round as papers: prepared together, read, signed one by one or all admissions at once."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.documents.models import Paper
from kazservices.flow.door import prepare
from kazservices.flow.errors import MoveNotAllowed, PaperOutdated
from kazservices.flow.making import sign_and_make
from schools.admission.models import AdmissionApplication, Pool
from schools.admission.papers import OF_STATE
from schools.admission.rounds import demand_head
from schools.admission.states import State

#: The move by which the head gives an answer, by the state in which it waits.
MOVES = {State.SEATED: "admit", State.NO_SEAT: "refuse_full", State.ACCEPTED: "admit_from_list"}
#: What may be signed in bulk: a refusal is read and signed one by one.
IN_BULK = (State.SEATED, State.ACCEPTED)
DRAFTS = (Paper.State.WAITING, Paper.State.PREPARED, Paper.State.SIGNED)


@dataclass(frozen=True)
class Unsigned:
    """An answer that waits for the head: the application, its move, the paper as far as it is made."""

    case: AdmissionApplication
    move: str
    paper: Paper | None

    @property
    def is_ready(self) -> bool:
        """Drawn today: a paper of yesterday names another day and is made anew."""
        return self.paper is not None and self.paper.state == Paper.State.PREPARED and self.is_of_today

    @property
    def is_of_today(self) -> bool:
        today = self.case.office.today().isoformat()
        return self.paper is not None and self.paper.facts.get("decided_on") == today

    @property
    def in_bulk(self) -> bool:
        return self.case.state in IN_BULK


def unsigned(pool: Pool) -> list[Unsigned]:
    """The answers of the last round, and the accepted offers, in the order of their places."""
    waiting = AdmissionApplication.objects.filter(pool=pool, state__in=MOVES).select_related("child", "office", "round")
    cases = list(waiting.order_by("received_at", "number"))
    drafts = Paper.objects.filter(case__in=cases, state__in=DRAFTS, corrects=None, by_system=False).order_by("pk")
    made = {(paper.case_id, paper.kind): paper for paper in drafts}
    return [Unsigned(case, MOVES[case.state], made.get((case.pk, OF_STATE[case.state]))) for case in cases]


def prepare_all(pool: Pool, *, by) -> int:
    """Have the papers of all answers drawn that lack one of today; how many were ordered."""
    demand_head(pool, by)
    lacking = [one for one in unsigned(pool) if not one.is_of_today]
    for one in lacking:
        prepare(one.case, one.move, by=by)
    return len(lacking)


def sign_admissions(pool: Pool, shown: dict[int, str], *, by) -> tuple[int, int]:
    """The head signs the admissions he was shown, each exactly as it was drawn: (signed, left over).

    ``shown``: the hash of each paper, by its key. One that has changed meanwhile is left, the others are signed.
    Norms: ADM-9-4, ADM-9-6a.
    """
    demand_head(pool, by)
    wanted = [one for one in unsigned(pool) if one.in_bulk and one.paper and one.paper.pk in shown]
    if not wanted:
        raise ValidationError(_("No notice is ready to be signed. Wait until the papers are drawn."), code="none")
    signed = sum(_signed(one, shown[one.paper.pk], by) for one in wanted)
    return signed, len(wanted) - signed


def _signed(one: Unsigned, sha256: str, by) -> bool:
    try:
        return sign_and_make(one.case, one.move, one.paper, by=by, sha256=sha256)
    except (MoveNotAllowed, PaperOutdated, ValidationError):
        return False
