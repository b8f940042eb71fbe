"""Which move a case waits for, read off the transitions themselves: no query for each case."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from kazservices.cases.models import JournalEntry, Recusal
from kazservices.flow.manifest import Manifest, Move, all_manifests, manifest_of

from .desk import Desk


@dataclass(frozen=True)
class Awaited:
    """A leading move from a state, and the roles that may make it; ``stays``: the state remains."""

    move: Move
    roles: frozenset
    stays: bool


def leading(service: str, status: str) -> list[Awaited]:
    """The moves that carry a case of this state on."""
    return [
        found
        for move in manifest_of(service).moves
        if not move.by_applicant and move.leads
        for found in _from(manifest_of(service), move, status)
    ]


def _from(manifest: Manifest, move: Move, status: str):
    transition = getattr(manifest.model, move.name)._django_fsm.get_transition(status)
    if transition is not None:
        yield Awaited(move, transition.permission.roles_for(manifest.code), transition.target is None)


def statuses(manifest: Manifest) -> dict[str, str]:
    """The states of a service with their names."""
    return dict(manifest.model._meta.get_field("state").flatchoices)


def status_name(case) -> str:
    return str(statuses(manifest_of(case.service)).get(case.status, case.status))


def waiting_for(desk: Desk, at):
    """The open cases whose next move is this person's, by role and state; what he has said already waits no more."""
    wanted = Q(pk=None)
    for manifest in all_manifests():
        for status in statuses(manifest):
            wanted |= _mine(desk, manifest.code, status)
    cases = desk.cases().open().filter(wanted)
    cases = cases.exclude(Exists(Recusal.objects.filter(case=OuterRef("pk"), user=desk.user)))
    for manifest in all_manifests():
        cases = cases.exclude(manifest.appointed(at))
    return cases


def _mine(desk, service, status) -> Q:
    found = Q(pk=None)
    for awaited in leading(service, status):
        offices = [office for office in desk.offices if desk.acting_roles(office) & awaited.roles]
        if not offices:
            continue
        one = Q(service=service, status=status, office__in=offices)
        if awaited.stays:
            said = JournalEntry.objects.filter(case=OuterRef("pk"), actor=desk.user, move=awaited.move.name)
            one &= ~Q(Exists(said))
        found |= one
    return found


class NextMoves:
    """The next move of each case of a page for one person; two queries for the whole page."""

    def __init__(self, desk: Desk, cases):
        self.desk = desk
        ids = [case.pk for case in cases]
        said = JournalEntry.objects.filter(case__in=ids, actor=desk.user)
        self.said = set(said.values_list("case_id", "move"))
        self.recused = set(Recusal.objects.filter(case__in=ids, user=desk.user).values_list("case_id", flat=True))

    def of(self, case) -> list[Move]:
        """The leading moves of this person in the case; several when he has to decide between them."""
        if case.pk in self.recused:
            return []
        held = self.desk.acting_roles(case.office_id)
        return [
            awaited.move
            for awaited in leading(case.service, case.status)
            if held & awaited.roles and not (awaited.stays and (case.pk, awaited.move.name) in self.said)
        ]
