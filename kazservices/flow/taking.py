"""Taking an application in: the one way in which a case of any service begins with one."""

import uuid
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from calendars import service as calendars
from calendars.service import office_time
from calendars.windows import windows_status
from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Applicant, Case, Channel, Draft
from kazservices.documents import service as documents
from kazservices.gateways import service as gateways
from kazservices.offices.actors import SYSTEM
from kazservices.offices.opening import time_of
from kazservices.passports import service as passports
from kazservices.signing.service import digest_of

from . import again, paper_facts, particulars, representing
from .door import advance, begin
from .lateness import TOLD, Lateness, owed
from .manifest import Filing, manifest_of, specific


class OutsideWindow(ValidationError):
    """Filed when applications are not taken in. Norms: CONS-S10-1, GAP-23."""

    def __init__(self, next_opening: date | None):
        day = f"{next_opening:%d.%m.%Y}" if next_opening else "—"
        super().__init__(
            _("Applications are not taken in now. The next period opens on %(day)s; your draft is kept."),
            code="window",
            params={"day": day},
        )
        self.next_opening = next_opening


@transaction.atomic
def take(filing: Filing):
    """Take an application in, or refuse to accept it with a receipt; the same draft is filed once.

    Incomplete is refused so everywhere; late, where the standard wants a receipt for it (ADM-C19).

    Norms: CLK-0, CONS-10-1, CONS-S8-0 to CONS-S8-2, CONS-S10-1, LAW-19. Raises: OutsideWindow, ValidationError.
    """
    draft = _locked(filing.draft)
    if already := Case.objects.filter(idempotency_key=filing.draft.key).first():
        return specific(already)
    filing, at = replace(filing, draft=draft), clock.now()
    _check_channel(filing)
    _check_words(filing)
    _check_signature(filing)
    applicant = _applicant_of(draft)
    received_at = filing.received_at or manifest_of(draft.service).received(filing) or at
    accepted_on, late = _accepted(filing, received_at)
    manifest_of(draft.service).check(filing, accepted_on)
    missing = lacking(filing, accepted_on)
    signed = {"signature": filing.signature.pk, "sha256": filing.signature.sha256, **_acted_for(draft)}
    new = _application(draft, applicant, filing, received_at, accepted_on)
    case = begin(new, by=draft.user, at=at, taken=not (missing or late), facts=signed, power=representation.of(draft))
    gateways.consents_to_case(draft, case)
    if applicant.iin:
        gateways.request_registers(case, [item.register for item in passports.registers_needed(filing.category)])
    return _not_taken(draft, case, missing, late) if missing or late else _taken(draft, case)


def content(filing: Filing) -> str:
    """The hash of what is signed: where to, on what ground, with which files and which consent. Norm: CONS-S8-0."""
    draft = filing.draft
    consent = draft.consents.filter(withdrawn_at=None).first()
    return digest_of(
        {
            "key": str(draft.key),
            "service": draft.service,
            "office": draft.office.code,
            "category": filing.category.code,
            "variant": filing.variant,
            "answers": filing.answers,
            "consent": {"given": consent.given, "scope": consent.scope} if consent else None,
            "documents": sorted(draft.attachments.values_list("sha256", flat=True)),
            **_power_of(draft),
            **_filled_in(filing),
            **_brought(draft),
        }
    )


def lacking(filing: Filing, accepted_on) -> list:
    """What keeps the package from being complete. Norm: LAW-19."""
    supplied = {**documents.supplied(filing.draft), **dict.fromkeys(handed_in(filing.draft))}
    return passports.missing_documents(
        filing.category, filing.answers, supplied, accepted_on, filing.draft.channel,
        restricted=passports.is_restricted(accepted_on, filing.draft.office),
    )  # fmt: skip


def handed_in(draft: Draft) -> list[str]:
    """The codes of the documents that a clerk has got on paper, or was shown. Norm: ADM-S8-P2."""
    return list(draft.data.get("handed_in", ()))


def acceptance(office, edition, at, channel: str = Channel.PORTAL) -> date:
    """The acceptance date of an application, if it is in time; it is judged by the hours of who receives it.

    Norms: CONS-S1, CONS-S10-1, GAP-23, GAP-36.
    """
    time, receives = time_of(office, edition.service_id), receiving(office, edition, channel)
    accepted_on = receives.accepts(at)
    if periods := passports.windows(edition, day=time.local(at).date(), office=office):
        status = windows_status(periods, time.local(at), accepted_on, receives.days)
        if not status.open:
            raise OutsideWindow(status.opens)
    return accepted_on


def receiving(office, edition, channel: str = Channel.PORTAL):
    """The hours of whoever receives an application that comes by this way. Norm: GAP-36."""
    if channel == Channel.STATE_CORPORATION:
        return office_time("state_corporation", office.zone)
    return time_of(office, edition.service_id)


def acceptance_refused(case, missing, motive):
    """Never without words: what is missing, or why; the draft is open again with its files. Norm: LAW-19."""
    if not missing and not motive.strip():
        raise ValidationError({"motive": _("Say what is missing or expired, or what the file is not.")})
    if draft := Draft.objects.filter(case_id=case.pk).first():
        documents.copy_to_draft(case, draft)
        draft.key, draft.previous, draft.case = uuid.uuid4(), case.case_ptr, None
        draft.save(update_fields=["key", "previous", "case"])
        paper_facts.owe_not_taken_receipt(case, missing, motive)


def _locked(draft: Draft) -> Draft:
    """The draft as it stands now, locked; the calendar stands still until it is filed."""
    calendars.stand_still()
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _accepted(filing, received_at) -> tuple[date, Lateness | None]:
    """The acceptance date, and how the application is late, if it gets a receipt for that. Raises: OutsideWindow."""
    draft, edition = filing.draft, filing.category.edition
    try:
        return acceptance(draft.office, edition, received_at, draft.channel), None
    except OutsideWindow:
        receives = receiving(draft.office, edition, draft.channel)
        if (late := owed(draft, edition, received_at, receives)) is None:
            raise
        return receives.accepts(received_at), late


def _power_of(draft) -> dict:
    """For whom it is signed, where it is signed for another."""
    power = representation.of(draft)
    return {"for": [power.basis, power.iin, power.full_name, power.document_number]} if power else {}


def _filled_in(filing) -> dict:
    """The fields of the form, where the passport has any."""
    return {"particulars": filing.particulars} if filing.particulars else {}


def _brought(draft) -> dict:
    """Who brought it and what he handed over, where it was not sent through the portal."""
    if draft.channel == Channel.PORTAL:
        return {}
    return {"channel": draft.channel, "recipient": draft.recipient_id, "handed_in": handed_in(draft)}


def _acted_for(draft) -> dict:
    """For the journal: on which ground somebody acts for the applicant, and whether a register confirmed it."""
    power = representation.of(draft)
    return {"acts_as": power.basis, "proof": power.proof} if power else {}


def _applicant_of(draft) -> Applicant:
    """The recipient, locked: whoever acts for him still may, and a repeated application finds no other one open."""
    known = draft.recipient or representation.applicant_of(draft)
    applicant = representation.person_locked(known.pk)
    representing.demand_power(draft)
    if draft.previous_id:
        again.demand_none_open(applicant, draft.service)
    return applicant


def _check_channel(filing):
    """By this way one may apply. Norm: LAW-18."""
    if not passports.open_on(filing.category.edition, filing.draft.channel):
        raise ValidationError(_("For this service one cannot apply by this way."), code="channel")


def _check_signature(filing):
    """Certified by the applicant himself, or on paper before the clerk, over exactly what is filed. Norm: CONS-S8-0."""
    signature = filing.signature
    if signature is None or signature.user_id != filing.draft.user_id:
        raise ValidationError(_("The application is not signed. Sign it first; nothing is lost."), code="unsigned")
    if signature.sha256 != content(filing):
        raise ValidationError(_("The application has changed since it was signed. Sign it again."), code="changed")


def _check_words(filing):
    """The category is answered to the end, none of the answers closes it, the form is filled in. Norm: CONS-S8-1."""
    if not passports.is_answered(filing.category, filing.answers):
        raise ValidationError(_("Answer all the questions of the category first."), code="unanswered")
    if closing := passports.closed_by(filing.category, filing.answers):
        raise ValidationError(
            _("By your answer this category is closed: %(question)s"), code="closed", params={"question": closing}
        )
    if not particulars.are_complete(filing.category, filing.particulars):
        raise ValidationError(_("Fill in the form first; nothing is lost."), code="particulars")


def _application(draft, applicant, filing, received_at, accepted_on):
    """The case as filed. A package that is completed and sent again names the attempt before it (LAW-19-1-3)."""
    manifest = manifest_of(draft.service)
    return manifest.model(
        service=draft.service,
        edition=filing.category.edition,
        office=draft.office,
        applicant=applicant,
        previous=draft.previous,
        channel=draft.channel,
        language=draft.language,
        submitted_at=received_at,
        accepted_on=accepted_on,
        idempotency_key=draft.key,
        category=filing.category,
        variant=filing.variant,
        answers=filing.answers,
        particulars=filing.particulars,
        handed_in=handed_in(draft),
        **manifest.columns(filing, accepted_on),
    )


def _taken(draft, case):
    draft.case = case.case_ptr
    draft.save(update_fields=["case"])
    documents.hand_to_case(draft, case)
    paper_facts.owe_receipt(case)
    return case


def _not_taken(draft, case, missing, late):
    """The draft lives on with its files and a new key: it can be completed and sent again, a late one next time."""
    facts = {"missing": [{"code": m.requirement.code, "reason": m.reason} for m in missing]}
    if late:
        facts["late"] = late.facts
        draft.data = {**draft.data, TOLD: late.ended_on.isoformat()}
    case = advance(case, "refuse_acceptance", by=SYSTEM, **facts)
    documents.copy_to_case(draft, case)
    draft.key, draft.previous = uuid.uuid4(), case.case_ptr
    draft.save(update_fields=["key", "previous", "data"])
    paper_facts.owe_not_taken_receipt(case, **facts)
    return case
