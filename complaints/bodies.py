"""The directory of bodies: who considers a complaint, how long, and whether he works with this program.

Norms: CONS-14-2, CONS-14-6, ADM-47-1, GAP-09, GAP-19, GAP-33, GAP-34.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kazservices.flow.objections import fault
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from kazservices.passports.models import Edition

Kind, Profile = Office.Kind, Edition.Profile

SERVICE = "complaint"
#: The bodies of article 25(4): a provider as such and the State Corporation are not among them. Norm: GAP-19.
EXTENDING = frozenset({Kind.QUALITY_AUTHORITY, Kind.CENTRAL_BODY, Kind.LOCAL_BODY, Kind.AKIM})

SUPERIOR, QUALITY = "superior", "quality"
CORPORATION_HEAD, INFORMATIZATION = "head", "informatization"
#: The category of a complaint about the staff of the State Corporation: taken in, not considered.
CORPORATION_STAFF = "STATE_CORPORATION"


@dataclass(frozen=True)
class Route:
    """Who considers a complaint; by which of the two orders; whether the office that got it is that body itself."""

    body: Office
    profile: str
    is_body: bool


def profile_of(edition: Edition | None, decided_on: date) -> str:
    """By which order a complaint on a decision of that day goes; an edition may name its own. Norm: GAP-09."""
    if edition is not None and edition.complaint_profile:
        return edition.complaint_profile
    return Edition.profile_of(decided_on)


def route(*, office: Office, against: Office, person, category: str, addressee: str, profile: str) -> Route:
    """Resolve at arrival who considers a complaint that came to an office. Raises ValidationError at ``addressee``.

    ``against``: the office whose decision it is; ``person``: the official complained of, where he is known.
    Norms: ADM-47-1, CONS-14-6.
    """
    if category == CORPORATION_STAFF:
        body = corporation_head(office) if addressee == CORPORATION_HEAD else informatization()
        return Route(_named(body, "corporation"), Profile.FORWARDED, is_body=body == office)
    if against != office:  # filed with the body that is to consider it
        return Route(office, Profile.FORWARDED, is_body=True)
    if addressee == QUALITY:  # his choice by either order
        return Route(_named(office.quality_body, "addressee"), Profile.FORWARDED, is_body=False)
    if profile == Profile.HEAD_CONSIDERS and not is_head(person, office):
        return Route(office, profile, is_body=True)
    return Route(_named(office.superior_body, "addressee"), Profile.FORWARDED, is_body=False)


def is_head(person, office: Office) -> bool:
    return person is not None and Role.HEAD in roles_of(person, office)


def corporation_head(office: Office) -> Office | None:
    """The head of the State Corporation: the topmost of its offices above the one that is complained of."""
    counters = Office.objects.filter(kind=Kind.STATE_CORPORATION)
    found = office if office.kind == Kind.STATE_CORPORATION else counters.order_by("code").first()
    while found is not None and found.superior_body and found.superior_body.kind == Kind.STATE_CORPORATION:
        found = found.superior_body
    return found


def informatization() -> Office | None:
    return Office.objects.filter(kind=Kind.INFORMATIZATION).order_by("code").first()


def works_here(body: Office) -> bool:
    """Whether the body works with this program: it registers what comes itself; any other is tracked."""
    return body.is_active and body.keeps(SERVICE)


def considers_longer(body: Office) -> bool:
    """Fifteen working days, not five. Norms: CONS-14-5, LAW-25-2b."""
    return body.kind == Kind.QUALITY_AUTHORITY


def may_extend(body: Office) -> bool:
    """One of the bodies of article 25(4). Norm: LAW-25-4a."""
    return body.kind in EXTENDING


def is_above(body: Office, office: Office) -> bool:
    """Whether a complaint against an office may be filed with this body straight away."""
    chain, at = set(), office
    while at is not None and at.pk not in chain:
        chain.add(at.pk)
        at = at.superior_body
    return body != office and (body.pk in chain or body == office.quality_body)


def below(body: Office) -> list[Office]:
    """The offices against which one may complain to this body straight away. Norm: ADM-47-1."""
    known = {office.pk: office for office in Office.objects.order_by("code")}
    for office in known.values():
        office.superior_body = known.get(office.superior_body_id)
        office.quality_authority = known.get(office.quality_authority_id)
    return [office for office in known.values() if is_above(body, office)]


def _named(body: Office | None, field: str) -> Office:
    if body is None:
        message = _("The directory names no such body for this office yet. Choose another one, or ask the operator.")
        raise fault(field, message, "no_body")
    return body
