"""Paper results: ready at the place of acceptance, kept there as long as need be, handed over once. Norm: TRN-S5-4."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Channel
from kazservices.cases.permission import may
from kazservices.counter.models import Handover
from kazservices.documents.models import Paper
from kazservices.offices.roles import Role

from .door import in_whose_place, locked, record
from .manifest import all_manifests, manifest_of
from .objections import fault

HANDERS = (Role.CLERK, Role.SECRETARY, Role.HEAD, Role.ACADEMIC_DEPUTY)
may_hand_over = may(*HANDERS)


@dataclass(frozen=True)
class Received:
    """Who took the paper, and by which document; for a power of attorney also its own."""

    to: str
    receiver: str
    identity_document: str
    power_number: str = ""
    power_date: date | None = None
    power_notary: str = ""


def kept_at(offices):
    """The results on paper that wait at these places of acceptance, the longest waiting first. Norm: TRN-S5-4."""
    wanted = Q(pk=None)
    for manifest in all_manifests():
        wanted |= Q(case__service=manifest.code, kind__in=manifest.results)
    ready = Paper.objects.issued().filter(wanted, case__office__in=offices, case__channel=Channel.OFFICE)
    return ready.filter(handover=None).order_by("issued_at", "pk")


def kept_of(case):
    """The same of one case."""
    return kept_at([case.office_id]).filter(case=case.pk)


@transaction.atomic
def hand_over(paper: Paper, *, by, said: Received) -> Handover:
    """Give a paper result to the person, his representative, or by a notarised power; a line of the journal says so.

    No clock ends with it: the term was met when the result was ready and offered. Norms: TRN-S5-4, GAP-37.
    Raises PermissionDenied, ValidationError at its field.
    """
    case = locked(paper.case)
    if not may_hand_over(case, by):
        raise PermissionDenied("hand_over")
    demand_kept(case, paper)
    demand_receiver(case, said)
    handed = Handover.objects.create(paper=paper, handed_at=clock.now(), handed_by=by, **vars(said))
    facts = {"paper": paper.number, "to": said.to, **in_whose_place(case, by, *HANDERS)}
    record(case, "handed_over", by=by, facts=facts, norm="TRN-S5-4")
    return handed


def demand_kept(case, paper) -> None:
    """A result on paper, in force, of an application brought on paper, and still here. Norm: TRN-S5-3."""
    if not kept_of(case).filter(pk=paper.pk).exists():
        raise ValidationError(_("This paper is not kept here: it was handed over already, or is no paper result."))


def demand_receiver(case, said: Received) -> None:
    """The receiver is known by a document, and by his right to take the paper. Norm: TRN-S5-4."""
    if not said.receiver.strip():
        raise fault("receiver", _("Write the name of whoever takes the paper."), "receiver")
    if not said.identity_document.strip():
        raise fault(
            "identity_document", _("Write the number of the document by which the person is known."), "document"
        )
    if said.to == Handover.To.REPRESENTATIVE and representation.standing_in(case) is None:
        raise fault("to", _("Nobody represents the recipient in this case today."), "representative")
    if said.to == Handover.To.POWER and not (
        said.power_number.strip() and said.power_date and said.power_notary.strip()
    ):
        raise fault("power_number", _("Write the number, the date and the notary of the power of attorney."), "power")
    if said.power_date and said.power_date > case.office.today():
        raise fault("power_date", _("This day has not come yet. Check the date of the power of attorney."), "future")


def handed_of(case):
    """What of a case has been handed over, the newest first."""
    kinds = manifest_of(case.service).results
    found = Handover.objects.filter(paper__case=case.pk, paper__kind__in=kinds)
    return found.select_related("paper", "handed_by").order_by("-handed_at")
