"""Applying for another: who is represented, by which power, and the end of that power by his own will.

The name of the person represented comes from the register. It is shown to his representative only once a register has
confirmed the power: an IIN alone opens nobody's name.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Applicant, Case, Draft, Representation
from kazservices.cases.permission import is_applicant
from kazservices.documents import service as documents
from kazservices.gateways import powers
from kazservices.gateways.iin import check_iin
from kazservices.gateways.models import Consent
from kazservices.gateways.registers import Register
from kazservices.gateways.service import record_consent
from kazservices.notices.outbox import owe

from .door import record

Basis, Proof = Representation.Basis, Representation.Proof

PURPOSE = "representation"
#: So many times a day one person may ask the registers about others: enough for a family, too few to search by.
ASKED_A_DAY = 10


@dataclass(frozen=True)
class Stated:
    """What a representative states of the person he acts for, and of the document that lets him."""

    basis: str
    iin: str
    number: str = ""
    given_on: date | None = None
    issued_by: str = ""
    until: date | None = None
    #: Asked only while the register of persons is silent.
    full_name: str = ""
    birth_date: date | None = None


@dataclass(frozen=True)
class PowerPaper:
    """The document of a power, as the page of papers asks for it beside those of the standard."""

    code = representation.DOCUMENT
    plain_kk, plain_ru = "Өкілдікті растайтын құжат", "Документ, подтверждающий представительство"
    plain_en = "Document that proves the representation"
    text_kk = "Туу туралы куәлік, қорғаншы (қамқоршы) тағайындау туралы акт немесе сенімхат"
    text_ru = "Свидетельство о рождении, акт о назначении опекуна (попечителя) или доверенность"
    text_en = "Birth certificate, act appointing the guardian, or power of attorney"
    expires, notarised_translation = False, True
    norm = condition = ""


def state(draft: Draft, said: Stated) -> Representation:
    """Keep for whom a draft is written, as far as the registers confirm it (LAW-5-2-12).

    Raises ValidationError at the field that is wrong; what the draft holds stays.
    """
    _check_stated(draft, said)
    asked = _consent(draft.user, said)
    person = _person(said)
    _check_person(said, person)
    power = powers.power(said.basis, representative=draft.user.iin, represented=said.iin, number=said.number)
    _check_power(draft, power)
    return _keep(draft, said, person, power, asked)


def demand_power(draft: Draft) -> None:
    """Whoever files for another may do so today, and shows the document no register has confirmed; asked anew."""
    power = Representation.objects.filter(draft=draft).first()
    if power is None:
        return
    if not power.stands(localtime(clock.now()).date()):
        raise ValidationError(_("Your power to act for this person has ended. Nothing is lost."), code="power_ended")
    if lacks_document(draft):
        raise ValidationError(
            _("Add the document that proves your power: the register has not confirmed it."), code="power_document"
        )


def lacks_document(draft: Draft) -> bool:
    power = representation.of(draft)
    if power is None or power.is_confirmed:
        return False
    return not draft.attachments.filter(requirement=representation.DOCUMENT).exists()


@transaction.atomic
def revoke(case, *, by) -> None:
    """The person represented takes his power back, in every case and draft: the representative is told at once.

    A move that is being made for him ends first: what is made is made before that moment. A parent's and a guardian's
    right is not his to take back. Raises PermissionDenied, ValidationError.
    """
    if not is_applicant(case, by):
        raise PermissionDenied("revoke")
    representation.person_locked(case.applicant_id)
    power = representation.standing_in(Case.objects.get(pk=case.pk))
    if power is None or power.basis != Basis.ATTORNEY:
        raise ValidationError(_("Nobody acts for you here by a power of attorney."), code="no_power")
    rows = representation.same_power(power)
    list(Case.objects.select_for_update(of=("self",)).filter(representation__in=rows).order_by("pk"))
    at = clock.now()
    for row in rows.filter(case__isnull=False).select_related("case").order_by("case_id"):
        record(row.case, "power_revoked", by=by, facts={"representation": row.pk, "number": row.document_number})
    rows.update(revoked_at=at)
    power.revoked_at = at
    owe("power_revoked", to=power.representative, at=at, case=case, context={"power": power})
    owe("power_taken_back", to=by, at=at, case=case, context={"power": power})


def _check_stated(draft, said) -> None:
    today = localtime(clock.now()).date()
    try:
        check_iin(said.iin)
    except ValidationError as error:
        raise ValidationError({"iin": error}) from error
    if said.iin == draft.user.iin:
        raise _fault("iin", _("This is your own IIN. Choose «for myself», or type the IIN of the person you act for."))
    if said.given_on and said.given_on > today:
        raise _fault("given_on", _("This day lies ahead. Type the date that stands on the document."))
    if said.birth_date and said.birth_date > today:
        raise _fault("birth_date", _("This day lies ahead. Type the date that stands on the document."))
    if said.until and said.until < today:
        raise _fault("until", EXPIRED)
    if said.until and said.given_on and said.until < said.given_on:
        raise _fault("until", _("The last day stands before the date of the document."))
    if _taken_back(draft.user, said):
        raise _fault("number", REVOKED)


def _consent(user, said) -> Consent:
    """The word for the other person's data, before any register is asked (LAW-5-2-12)."""
    day_ago = clock.now() - timedelta(days=1)
    if Consent.objects.filter(user=user, purpose=PURPOSE, at__gt=day_ago).count() >= ASKED_A_DAY:
        raise _fault("iin", _("You have asked about many people today. Try again tomorrow, or call 1414."))
    scope = [Register.IDENTITY, Register.POWERS if said.basis == Basis.ATTORNEY else Register.KINSHIP]
    text = str(CONSENT)
    return record_consent(user, given=True, purpose=PURPOSE, scope=scope, text=text, method=Consent.Method.WEB)


#: What is agreed to beside the box, and kept with the consent.
CONSENT = gettext_lazy(
    "I act lawfully for this person and agree, for him or her, that the identity data and the record of my power are"
    " taken from the state registers and kept in the case."
)
EXPIRED = gettext_lazy("The validity of the power has ended. A new document is needed.")
REVOKED = gettext_lazy("This power of attorney has been revoked. A new one is needed.")


def _person(said) -> powers.Person | None:
    """Whom the register knows by this IIN; None while it is silent."""
    found = powers.person(said.iin)
    if found == powers.UNKNOWN:
        raise _fault("iin", _("The register knows nobody with this IIN. Check the number."))
    if found != powers.SILENT:
        return found
    if not said.full_name.strip() or said.birth_date is None:
        message = _("The register of persons is silent now. Type the name and date of birth yourself, or try later.")
        raise ValidationError({"full_name": ValidationError(message, code="silent")})
    return None


def _check_person(said, person) -> None:
    today = localtime(clock.now()).date()
    born = person.birth_date if person else said.birth_date
    if person and person.died_on:
        raise _fault("iin", _("By the register this person has died: nobody can apply for him or her."))
    if said.basis == Basis.PARENT and representation.last_day_of_minority(born) < today:
        raise _fault(
            "iin", _("This person is of age already: he or she applies alone, or gives you a power of attorney.")
        )


def _check_power(draft, power) -> None:
    today = localtime(clock.now()).date()
    if power.revoked_on and power.revoked_on <= today:
        raise _fault("number", REVOKED)
    if power.until and power.until < today:
        raise _fault("until", EXPIRED)
    if power.given_on and power.given_on > today:
        raise _fault("given_on", _("By the register this power is not in force yet."))
    if power.services is not None and draft.service not in power.services:
        raise _fault("number", _("This power of attorney was given for another service."))


@transaction.atomic
def _keep(draft, said, person, power, asked) -> Representation:
    """Judged once more, now that nobody files it or takes the power back: the registers took their time."""
    documents.open_draft(draft.pk)
    Applicant.objects.select_for_update(no_key=True).filter(iin=said.iin).first()
    if _taken_back(draft.user, said):
        raise _fault("number", REVOKED)
    before = representation.of(draft)
    if before and (before.iin, before.basis, before.document_number) != (said.iin, said.basis, said.number):
        _forget_papers_of(draft)
    row, _is_new = Representation.objects.update_or_create(draft=draft, defaults=_row(draft, said, person, power))
    Consent.objects.filter(pk=asked.pk).update(representation=row)
    return row


def _row(draft, said, person, power) -> dict:
    """What the registers know stands before what was stated."""
    today = localtime(clock.now()).date()
    born = person.birth_date if person else said.birth_date
    given_on, until = power.given_on or said.given_on, power.until or said.until
    last_day = representation.last_day_of_minority(born)
    if said.basis == Basis.PARENT or (said.basis == Basis.GUARDIAN and today <= last_day):
        until = min(filter(None, (until, last_day)))
    return {
        "representative": draft.user,
        "basis": said.basis,
        "proof": power.proof if person else Proof.SILENT,
        "iin": said.iin,
        "full_name": person.full_name if person else said.full_name.strip(),
        "birth_date": born,
        "document_number": said.number,
        "document_date": given_on,
        "issued_by": power.certified_by or said.issued_by,
        "since": given_on or today,
        "until": until,
        "revoked_at": None,
        "stated_at": clock.now(),
    }


def _forget_papers_of(draft) -> None:
    """Another person, another document: what was added and agreed to for the first is not carried over."""
    for attachment in draft.attachments.filter(requirement=representation.DOCUMENT):
        documents.remove(attachment)
    draft.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())


def _taken_back(user, said) -> bool:
    taken_back = Representation.objects.filter(representative=user, iin=said.iin, revoked_at__isnull=False)
    return said.basis == Basis.ATTORNEY and taken_back.filter(document_number=said.number).exists()


def _fault(field: str, message) -> ValidationError:
    return ValidationError({field: ValidationError(message, code="power")})
