"""Nobody judges a complaint about himself, nor about his own superior: asked here, and once more by the database."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.permission import Permission
from kazservices.flow.objections import fault
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Role
from kazservices.offices.service import posts_of

#: Who stands above whom in an office: a smaller number above a larger one. The trigger of the table has the same.
RANKS = {Role.HEAD: 1, Role.ACADEMIC_DEPUTY: 2, Role.CHAIR: 2, Role.DEPUTY: 3, Role.SECRETARY: 3, Role.MEMBER: 3}
LOWEST = 4


class MayGrant(Permission):
    """Holds one of the roles, or is the official complained of, whatever post he holds in the office. (CONS-14-3)"""

    def __call__(self, case, person) -> bool:
        if super().__call__(case, person):
            return True
        return person is not SYSTEM and person.pk == case.person_id and bool(posts_of(person, case.office))


def rank(user, office) -> int | None:
    """The highest rank that a person holds in an office today; None where he holds no post.

    In his own right: who stands in for the absent superior stays his subordinate.
    """
    ranks = [RANKS.get(post.role, LOWEST) for post in posts_of(user, office) if post.is_own]
    return min(ranks, default=None)


def outranks(user, other, office) -> bool:
    """Whether the one stands above the other in an office."""
    his, theirs = rank(user, office), rank(other, office) if other else None
    return his is not None and theirs is not None and his < theirs


def is_impartial(case, by) -> bool:
    """Neither the person complained of nor his subordinate in the same office. Norm: CONS-14-3."""
    if case.person_id is None:
        return True
    if by.pk == case.person_id:
        return False
    his, mine = rank(case.person, case.office), rank(by, case.office)
    return his is None or mine is None or mine <= his


def demand_impartial(case, by, field: str) -> None:
    """Raises ValidationError at the field. Norm: CONS-14-3."""
    if not is_impartial(case, by):
        message = _(
            "The complaint is about you, or about your superior in this office: you may not sign this. The official"
            " complained of may only grant all demands within three working days."
        )
        raise fault(field, message, "not_impartial")
