"""What is peculiar to the filing of an application for a duplicate."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import CaseParty, Channel
from kazservices.design.languages import in_language
from kazservices.flow import counter
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from schools.duplicates.models.application import PickUp
from schools.duplicates.models.exchange import Partner


def check(filing, accepted_on):
    """Nobody asks for a paper of a year to come, nor to collect it where the school sends nothing.

    Norms: DUP-15, DUP-27.
    """
    if filing.particulars["graduated_in"] > accepted_on.year:
        raise ValidationError({"graduated_in": _("This year has not come yet: write the year of the document.")})
    corporation_for(filing)


def columns(filing, accepted_on) -> dict:
    """The typed columns of a new application. Norms: DUP-14, DUP-27, DUP-S5-3."""
    said, picks_up = filing.particulars, _picks_up(filing)
    return {
        "document": said["document"],
        "graduated_in": said["graduated_in"],
        "pick_up": picks_up,
        "corporation": corporation_for(filing),
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


def corporations_of(school) -> list:
    """The offices of the State Corporation with which a school exchanges papers; with none: those of all schools."""
    partners = Partner.objects.select_related("corporation").order_by("corporation__code")
    found = partners.filter(school=school) if school else partners
    return list({partner.corporation_id: partner.corporation for partner in found}.values())


def offices_of_field(code, office):
    """At which office of the State Corporation one may collect it: those beside this school. Norm: DUP-26-3."""
    return corporations_of(office) if code == "corporation" else None


def corporation_for(filing):
    """The office of the State Corporation that hands it over; None where the school does. Raises ValidationError.

    Norms: DUP-26-2, DUP-27.
    """
    if _picks_up(filing) != PickUp.STATE_CORPORATION:
        return None
    beside, wanted = corporations_of(filing.draft.office), filing.particulars.get("corporation", "")
    if not beside:
        raise ValidationError({"pick_up": _("This school sends nothing to the State Corporation. Choose the school.")})
    if filing.draft.channel == Channel.STATE_CORPORATION:
        return _taken_in_at(filing.draft, beside)
    if len(beside) == 1 and not wanted:
        return beside[0]
    chosen = next((one for one in beside if one.code == wanted), None)
    if chosen is None:
        names = "; ".join(in_language(one, "name") for one in beside)
        message = _("Choose at which office of the State Corporation you collect it: %(offices)s.")
        raise ValidationError({"corporation": ValidationError(message, params={"offices": names})})
    return chosen


def _taken_in_at(draft, beside):
    """Who took it in: the office of the counter, or that for which its system acts here."""
    of_account = Partner.objects.filter(school=draft.office, account=draft.user).values_list("corporation", flat=True)
    code, accounts = draft.data.get(counter.COUNTER), set(of_account)
    own = [one for one in beside if one.code == code or (code is None and one.pk in accounts)]
    at_counter = [one for one in beside if Role.CLERK in roles_of(draft.user, one)]
    return (own or at_counter or beside)[0]


def _picks_up(filing) -> str:
    """What the State Corporation took in it also hands over. Norm: DUP-26-2."""
    if filing.draft.channel == Channel.STATE_CORPORATION:
        return PickUp.STATE_CORPORATION
    return filing.particulars["pick_up"]
