"""An application brought on paper: a clerk writes it down, with what was handed over, and takes it in.

The recipient is known by his IIN or, without one, by the document of a foreigner or of a stateless person (LAW-4-2).
The clerk answers for the signature on paper: it is kept over exactly what he has written down.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from kazservices.cases import representation
from kazservices.cases.models import Applicant, Channel, Draft
from kazservices.counter.models import Ticket
from kazservices.counter.service import lead_to
from kazservices.gateways.iin import check_iin
from kazservices.gateways.models import Consent
from kazservices.gateways.service import record_consent
from kazservices.offices.models import Office, User
from kazservices.offices.opening import demand_provider
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of, roles_of
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep

from . import filing
from .manifest import all_manifests, manifest_of

TICKET, ARRIVAL = "ticket", "arrival"
#: In a draft: the office at whose counter it is written down, where that is not the office applied to.
COUNTER = "counter"
#: The documents by which a recipient without an IIN is known. Norm: ADM-S8-F.
DOCUMENTS = {
    "foreigner": _("foreigner's residence permit"),
    "stateless": _("certificate of a stateless person"),
    "refugee": _("refugee certificate"),
    "asylum": _("certificate of an asylum seeker"),
    "kandas": _("certificate of a kandas (oralman)"),
}


@dataclass(frozen=True)
class Brought:
    """Who has come, as his identity document says it."""

    full_name: str
    language: str
    iin: str = ""
    document_kind: str = ""
    document_number: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""


@transaction.atomic
def begin(clerk, office, category, said: Brought) -> Draft:
    """A draft of a paper application, kept from now on. Raises PermissionDenied, ValidationError at its field."""
    service = category.edition.service_id
    channel = channel_at(clerk, office, service)
    demand_provider(office, service)
    if not passports.open_on(category.edition, channel):
        raise ValidationError({"service": _("By its standard this service takes no applications on paper.")})
    recipient = _recipient(said)
    draft = filing.start(clerk, service, said.language, channel=channel, recipient=recipient)
    if channel == Channel.STATE_CORPORATION:
        draft.data = {COUNTER: _counter_of(clerk, office, service).code}
    filing.choose(draft, office, category.code)
    return draft


def channel_at(person, office, service) -> str:
    """By which way comes what this clerk takes in: at the office's own counter, or at that of who takes in for it.

    Raises PermissionDenied for whoever is no clerk of either today. Norm: LAW-18.
    """
    if office is not None and Role.CLERK in roles_of(person, office):
        return Channel.OFFICE
    if office is not None and office in taken_for(
        Office.objects.filter(pk__in=offices_of(person, Role.CLERK)), service
    ):
        return Channel.STATE_CORPORATION
    raise PermissionDenied("counter")


def _counter_of(clerk, office, service) -> Office:
    """The first of the clerk's offices that takes applications in for this one."""
    own = Office.objects.filter(pk__in=offices_of(clerk, Role.CLERK)).order_by("code")
    return next(one for one in own if office in taken_for([one], service))


def taken_for(offices, service) -> list:
    """The offices for which the clerks of these take applications for a service in."""
    return [other for office in offices for other in manifest_of(service).takes_for(office)]


def drafts_of(offices):
    """What is being written down at the counters of these offices, the newest first."""
    others = [other for manifest in all_manifests() for other in taken_for(offices, manifest.code)]
    own = Q(channel=Channel.OFFICE, office__in=offices)
    there = Q(channel=Channel.STATE_CORPORATION, office__in=others, data__counter__in=[one.code for one in offices])
    unfinished = Draft.objects.filter(own | there, case=None)
    return unfinished.select_related("office", "recipient", "user").order_by("-updated_at")


def note_documents(draft: Draft, codes) -> None:
    """Which documents were handed over on paper, or shown."""
    draft.data = {**draft.data, "handed_in": sorted(codes)}
    filing.keep(draft)


def arrival_form(draft: Draft, data=None):
    """The form that asks how it came, where the service wants to know; None where it does not."""
    path = manifest_of(draft.service).arrival
    return import_string(path)(data, initial=draft.data.get(ARRIVAL), office=draft.office) if path else None


def note_arrival(draft: Draft, said: dict) -> None:
    """How and when it came, who sent it."""
    draft.data = {**draft.data, ARRIVAL: said}
    filing.keep(draft)


def note_consent(progress, *, given: bool) -> None:
    """The recipient's written answer on the registers. Norm: LAW-5-2-12."""
    asked = {"purpose": filing.purpose(progress), "text": filing.consent_text(progress)}
    scope = [item.register for item in progress.registers]
    record_consent(
        progress.draft.user, given=given, scope=scope, draft=progress.draft, method=Consent.Method.WRITTEN, **asked
    )


def note_ticket(draft: Draft, ticket_id: int | None) -> None:
    """With which ticket of the counter the person came: its hour is his place in every queue. Norm: ADM-S10-1."""
    draft.data = {**{name: said for name, said in draft.data.items() if name != TICKET}, **_ticket(ticket_id)}
    filing.keep(draft)


def ticket_of(draft: Draft) -> Ticket | None:
    """The ticket of whoever brought this; None where he came without one."""
    return Ticket.objects.select_related("office").filter(pk=draft.data.get(TICKET)).first()


def tickets_for(draft: Draft):
    """The tickets called to this counter for this service today, and not yet used for an application."""
    called = Ticket.objects.filter(office=draft.office, service=draft.service, day=draft.office.today(), case=None)
    return called.served_now().select_related("office")


def take_in(progress, *, by):
    """Take the paper application in at this moment, or refuse to accept it with a receipt. Raises ValidationError.

    The registers are asked first, outside any transaction: nothing is locked while they think.
    """
    channel_at(by, progress.draft.office, progress.draft.service)
    return _take_in(progress, filing.content(progress), by=by)


@transaction.atomic
def _take_in(progress, sha256, *, by):
    Draft.objects.filter(pk=progress.draft.pk, case=None).update(user=by)
    progress.draft.user = by
    recipient = progress.draft.recipient_id
    signature = keep(by, Signature.Method.PAPER, sha256, "application on paper", {"recipient": recipient})
    case = filing.file(progress, signature)
    if ticket := ticket_of(progress.draft):
        lead_to(ticket, case)
        for draft in Draft.objects.filter(pk=progress.draft.pk, case=None):  # not taken: sent again another day
            note_ticket(draft, None)
    return case


def _ticket(ticket_id) -> dict:
    return {TICKET: ticket_id} if ticket_id else {}


def _recipient(said: Brought) -> Applicant:
    """The person, known already or new; the name of one who has a cabinet is not written over."""
    known = {"full_name": said.full_name, "birth_date": said.birth_date, "phone": said.phone, "email": said.email}
    if said.iin:
        check_iin(said.iin)
        by = {"iin": said.iin}
    else:
        by = {"document_kind": said.document_kind, "document_number": said.document_number}
    found, is_new = Applicant.objects.get_or_create(**by, defaults={**known, "language": said.language})
    if not is_new and found.user_id is None:
        Applicant.objects.filter(pk=found.pk).update(**{name: value for name, value in known.items() if value})
        found.refresh_from_db()
    return _with_cabinet(found)


def _with_cabinet(person: Applicant) -> Applicant:
    """Who has an account finds in it what was brought on paper too, also while he is in it."""
    account = User.objects.filter(iin=person.iin, is_staff=False).first() if person.iin else None
    if person.user_id is None and account is not None:
        representation.adopt(account)
        person.refresh_from_db()
    return person
