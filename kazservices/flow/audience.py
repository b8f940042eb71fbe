"""To whom a letter of a case goes."""

from kazservices.cases import representation
from kazservices.cases.models import CaseParty
from kazservices.cases.permission import At, chair_is_away, is_recused
from kazservices.offices.roles import Role
from kazservices.offices.service import posts_today

from .manifest import APPLICANT, manifest_of, specific


def recipients(case, to):
    """The applicant and who acts for him, or those who hold a role in the case's office and are not recused.

    ``at(part, role)``: who holds the role in the offices that see the case in that part.
    """
    if to == APPLICANT:
        return representation.voices(case)
    if isinstance(to, At):
        parties = CaseParty.objects.current().filter(case=case.pk, part=to.part).select_related("office")
        return list(
            {post.user_id: post.user for party in parties for post in posts_today(party.office, to.role)}.values()
        )
    role = Role.DEPUTY if to == Role.CHAIR and chair_is_away(case) else to
    posts = posts_today(case.office, role)
    return list({post.user_id: post.user for post in posts if not is_recused(case, post.user)}.values())


def responsible(case, clock):
    """Whose act a running clock waits for."""
    if not clock.responsible_role:
        return []
    case = specific(case)
    awaited = manifest_of(clock.service).awaited(case, clock)
    return recipients(case, clock.responsible_role) if awaited is None else awaited
