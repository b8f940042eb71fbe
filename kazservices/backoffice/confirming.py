"""What carries one signature and waits for the second: the paper is confirmed by another official, or not issued."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from kazservices.cases.models import Recusal
from kazservices.documents.models import Paper
from kazservices.flow.manifest import manifest_of

from .desk import Desk


def awaiting(desk: Desk) -> list[tuple[Paper, str]]:
    """(paper, address) of every paper that this person may confirm today, the oldest first."""
    recused = Recusal.objects.filter(case=OuterRef("case"), user=desk.user)
    found = Paper.objects.half_signed().filter(case__in=desk.cases().values("pk"))
    found = found.exclude(signed_by=desk.user).exclude(Exists(recused)).select_related("case").order_by("pk")
    return [(paper, _address(paper)) for paper in found if _may_confirm(desk, paper)]


def _may_confirm(desk, paper) -> bool:
    """Read off the transition itself: no query for each paper."""
    manifest = manifest_of(paper.case.service)
    transition = getattr(manifest.model, manifest.move_of(paper).name)._django_fsm.get_transition(paper.case.status)
    if transition is None:
        return False
    return bool(desk.acting_roles(paper.case.office_id) & transition.permission.roles_for(manifest.code))


def _address(paper) -> str:
    move = manifest_of(paper.case.service).move_of(paper)
    return reverse("admin:sign", args=[paper.case.ref, move.name, paper.pk])
