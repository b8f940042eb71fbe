"""may(...): the only permission in this program. Always asked on the server, for one case and one person."""

from dataclasses import dataclass

from kazservices.cases.models import CaseParty, Representation
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Party, Role
from kazservices.offices.service import is_absent, posts_of, posts_today, roles_of


@dataclass(frozen=True)
class At:
    """A role in another office that is a party of the case: the State Corporation, the school that a child leaves."""

    part: str
    role: str

    def __str__(self):
        return f"{self.role} at {self.part}"


def at(part: str, role: str) -> At:
    return At(part, role)


class Permission:
    """Holds one of the roles in the case's own office on this day, or in a party's (``at``), and is not recused."""

    def __init__(self, *roles):
        self.roles = frozenset(roles)

    def __call__(self, case, person) -> bool:
        if person is SYSTEM:
            return Party.SYSTEM in self.roles_for(case.service)
        if not person.is_authenticated or not person.is_active:
            return False
        return bool(self.roles_for(case.service) & standing(case, person))

    def roles_for(self, service: str) -> frozenset[str]:
        """The roles that have it in cases of a service; most permissions are the same in all."""
        return self.roles

    def __repr__(self):
        return f"may({', '.join(sorted(map(str, self.roles)))})"


def may(*roles) -> Permission:
    """The permission of a transition, named by the roles that have it: ``may(Role.HEAD, at(part, Role.CLERK))``."""
    return Permission(*roles)


def standing(case, person) -> frozenset[str]:
    """What a person is in this case today: its applicant (or who acts for him), or his roles in its office.

    The deputy stands for an absent chair.
    """
    return _known(case, person)[0]


def acting_posts(case, person) -> list:
    """The posts by which he may act in this case today: those of the same reading as his standing."""
    return _known(case, person)[1]


def forget_standings(case) -> None:
    """Ask anew: a person may have been recused, or gone away, since this case was loaded."""
    case.__dict__.pop("_standings", None)


def _known(case, person) -> tuple[frozenset[str], list]:
    """Asked once for one loaded case: the door loads its own under the lock."""
    known = case.__dict__.setdefault("_standings", {})
    key = (person.pk, person.by_post, case.office.today())
    if key not in known:
        known[key] = _standing(case, person)
    return known[key]


def _standing(case, person) -> tuple[frozenset[str], list]:
    if speaks_for_applicant(case, person):
        return frozenset({Party.APPLICANT}), []
    posts, elsewhere = posts_of(person, case.office), _at_parties(case, person)
    if not (posts or elsewhere) or is_recused(case, person):
        return frozenset(), []
    held = frozenset(post.role for post in posts) | elsewhere
    return (held | {Role.CHAIR} if Role.DEPUTY in held and chair_is_away(case) else held), posts


def _at_parties(case, person) -> frozenset[At]:
    """What a person is today in the other offices that see the case, each in its part."""
    others = CaseParty.objects.current().exclude(part=CaseParty.Part.PROVIDER).filter(case=case.pk)
    parties = [party for party in others.select_related("office") if party.office_id != case.office_id]
    return frozenset(At(party.part, role) for party in parties for role in roles_of(person, party.office))


def is_applicant(case, person) -> bool:
    return case.applicant is not None and person.pk is not None and case.applicant.user_id == person.pk


def speaks_for_applicant(case, person) -> bool:
    """The applicant himself, or whoever represents him in this case today."""
    return is_applicant(case, person) or (person.is_recipient and represents(case, person))


def represents(case, person) -> bool:
    return Representation.objects.standing().filter(case_id=case.pk, representative=person).exists()


def is_recused(case, person) -> bool:
    return any(recusal.user_id == person.pk for recusal in case.recusals.all())


def chair_is_away(case) -> bool:
    """No chair in office who is present and not recused: the deputy named in the order presides. Norm: GAP-13."""
    return not any(
        not is_recused(case, post.user) and not is_absent(post.user, case.office)
        for post in posts_today(case.office, Role.CHAIR)
    )
