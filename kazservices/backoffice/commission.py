"""The commission of an office as its people see it: who is there, who is away, which case has nobody to preside."""

from collections import defaultdict
from dataclasses import dataclass

from kazservices.cases.models import Recusal
from kazservices.design.languages import in_language
from kazservices.flow.manifest import all_manifests
from kazservices.offices.models import Absence, Staff
from kazservices.offices.roles import COMMISSION_ROLES, Role

from .nextmoves import leading, statuses

PRESIDING = (Role.CHAIR, Role.DEPUTY)


@dataclass(frozen=True)
class Seat:
    """A person of the commission, with the absence of today if there is one."""

    post: Staff
    absence: Absence | None

    @property
    def post_name(self) -> str:
        return in_language(self.post, "post") or self.post.get_role_display()


@dataclass(frozen=True)
class Board:
    """The commission of one office."""

    office: object
    seats: list[Seat]

    @property
    def members(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.post.role == Role.MEMBER]

    @property
    def present(self) -> int:
        return sum(seat.absence is None for seat in self.members)

    @property
    def needed(self) -> int:
        """More than half of the members in office. Norm: GAP-13."""
        return len(self.members) // 2 + 1

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.needed


def boards(offices) -> list[Board]:
    """The commissions of the offices, in two queries."""
    today = _today(offices)
    away = _away(offices, today)
    seats = defaultdict(list)
    order = {role: place for place, role in enumerate((Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.MEMBER))}
    posts = Staff.objects.on(today).with_role(*COMMISSION_ROLES).filter(office__in=offices).select_related("user")
    for post in sorted(posts, key=lambda post: (order[post.role], post.pk)):
        seats[post.office_id].append(Seat(post, away.get((post.office_id, post.user_id))))
    return [Board(office, seats[office.pk]) for office in offices]


def without_presiding(desk) -> list:
    """Open cases of the offices this person heads that wait for a chair, while nobody may preside. Norm: GAP-13."""
    offices = desk.offices_with(Role.HEAD)
    if not offices:
        return []
    today = _today(offices)
    away = _away(offices, today)
    presiding = defaultdict(set)
    for post in Staff.objects.on(today).with_role(*PRESIDING).filter(office__in=offices):
        if (post.office_id, post.user_id) not in away:
            presiding[post.office_id].add(post.user_id)
    cases = desk.cases().open().filter(office__in=offices, status__in=_states_of_the_chair()).by_urgency()
    recused = defaultdict(set)
    for case_id, user_id in Recusal.objects.filter(case__in=cases.values("pk")).values_list("case_id", "user_id"):
        recused[case_id].add(user_id)
    empty = [office.pk for office in offices if not presiding[office.pk]]
    alone = cases.filter(pk__in=recused) | cases.filter(office__in=empty)
    return [case for case in alone if not presiding[case.office_id] - recused[case.pk]]


def _states_of_the_chair() -> set[str]:
    return {
        status
        for manifest in all_manifests()
        for status in statuses(manifest)
        if any(Role.CHAIR in awaited.roles for awaited in leading(manifest.code, status))
    }


def _today(offices):
    return offices[0].today() if offices else None


def _away(offices, today) -> dict:
    rows = Absence.objects.on(today).filter(office__in=offices) if offices else ()
    return {(row.office_id, row.user_id): row for row in rows}
