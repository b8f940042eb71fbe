"""What is peculiar to the filing of an application for a duplicate."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import CaseParty, Channel
from schools.duplicates.models.application import PickUp
from schools.duplicates.models.exchange import Partner


def check(filing, accepted_on):
    """Nobody asks for a paper of a year to come, nor to collect it where the school sends nothing.

    Norms: DUP-15, DUP-27.
    """
    if filing.particulars["graduated_in"] > accepted_on.year:
        raise ValidationError({"graduated_in": _("This year has not come yet: write the year of the document.")})
    if _picks_up(filing) == PickUp.STATE_CORPORATION and corporation_of(filing.draft.office) is None:
        raise ValidationError({"pick_up": _("This school sends nothing to the State Corporation. Choose the school.")})


def columns(filing, accepted_on) -> dict:
    """The typed columns of a new application. Norms: DUP-14, DUP-27, DUP-S5-3."""
    said, picks_up = filing.particulars, _picks_up(filing)
    return {
        "document": said["document"],
        "graduated_in": said["graduated_in"],
        "pick_up": picks_up,
        "corporation": corporation_of(filing.draft.office) if picks_up == PickUp.STATE_CORPORATION else None,
        "waited_minutes": filing.draft.data.get("waited_minutes"),
        "served_minutes": filing.draft.data.get("served_minutes"),
    }


def parties(case):
    """The State Corporation sees what it has taken in or will hand over. Norms: DUP-22, DUP-27."""
    if case.corporation is not None:
        yield case.corporation, CaseParty.Part.STATE_CORPORATION, "DUP-22"


def takes_for(office):
    """The schools for which an office of the State Corporation takes applications in. Norms: DUP-15, DUP-S2."""
    return [partner.school for partner in Partner.objects.filter(corporation=office).select_related("school")]


def corporation_of(school):
    """The office of the State Corporation with which a school exchanges papers, if with any."""
    partner = Partner.objects.select_related("corporation").filter(school=school).first()
    return partner.corporation if partner else None


def _picks_up(filing) -> str:
    """What the State Corporation took in it also hands over. Norm: DUP-26-2."""
    if filing.draft.channel == Channel.STATE_CORPORATION:
        return PickUp.STATE_CORPORATION
    return filing.particulars["pick_up"]
