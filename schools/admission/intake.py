"""What an application for a place says of the child: asked of the registers, checked, put into columns.

The register's date of birth decides, never the IIN (ADM-9); name and date are typed only where no register can be
asked: the child has no IIN, the register is silent, or nobody agreed that it is asked (LAW-5-P1, LAW-5-2-12).
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Applicant, Channel, Draft
from kazservices.documents import service as documents
from kazservices.flow import counter, taking
from kazservices.flow.manifest import manifest_of
from kazservices.flow.objections import fault
from kazservices.gateways import powers
from kazservices.passports import service as passports
from schools.admission import areas
from schools.admission.days import AGE, is_six_that_year
from schools.admission.models.base import Kin
from schools.admission.models.pools import FIRST_GRADE, Pool
from schools.admission.states import LIVE

#: What the registers said of a child, in the data of a draft.
KNOWN = "child"
#: A document by which a child without an IIN is known.
CHILD_DOCUMENT = "child"
#: The documents that may follow while restrictions last. Norm: ADM-S8-X.
HEALTH = ("health_063", "health_026")
BASES = {"parent": powers.Basis.PARENT, "guardian": powers.Basis.GUARDIAN}


@dataclass(frozen=True)
class ChildSaid:
    """The child as it is known at filing."""

    iin: str
    document: str
    full_name: str
    born: date
    kin: str


def ask(filing) -> None:
    """Who the child is, and whether the applicant is its parent: the registers, if it was agreed. Norm: ADM-S8-G."""
    iin, draft = filing.particulars.get("child_iin", ""), filing.draft
    consent = draft.consents.filter(withdrawn_at=None).order_by("-at").first()
    if not iin or consent is None or not consent.given:
        return
    known = draft.data.get(KNOWN, {})
    if (known.get("iin"), known.get("relation")) == (iin, filing.particulars["relation"]) and known[
        "found"
    ] != powers.SILENT:
        return
    _keep(draft, _answer(filing, iin))


def check(filing, accepted_on) -> None:
    """Age, kinship, seats of the grade, one live application: each at its field, before anything is kept.

    Norms: ADM-9, ADM-9-1, GAP-06.
    """
    _check_pool(filing, accepted_on)
    _check_home(filing, accepted_on)
    if _registers_come_later(filing):
        return
    said = child_said(filing)
    _check_age(filing, said, accepted_on)
    _check_alone(filing, said, accepted_on)


def _registers_come_later(filing) -> bool:
    """While the form is being filled in nobody has agreed yet that the registers are asked (LAW-5-2-12)."""
    iin, draft = filing.particulars.get("child_iin", ""), filing.draft
    if filing.signature is not None or not iin or draft.data.get(KNOWN, {}).get("iin") == iin:
        return False
    consent = draft.consents.filter(withdrawn_at=None).order_by("-at").first()
    return consent is None or consent.given


def columns(filing, accepted_on) -> dict:
    """The child, its pool and place, and the side of the area it lives on. Norms: ADM-9-5, GAP-06."""
    said, office, at = child_said(filing), filing.draft.office, _received(filing)
    home = filing.particulars
    place = areas.match(office, home["street"], home["house"], accepted_on, home.get("locality", ""))
    return {
        "child": _child(said),
        "kin": said.kin,
        "pool": pool_of(filing, accepted_on),
        "year": accepted_on.year,
        "queue_day": accepted_on,
        "received_at": at,
        "local": place.local,
        "on_border": place.on_border,
        "area": place.edition,
        "special_needs": filing.answers.get("special_needs") is True,
        "health_due": _health_is_due(filing, accepted_on),
    }


def _received(filing):
    """The instant of receipt: the ticket of the counter, if he had one, else now. Norm: GAP-06."""
    ticket = counter.ticket_of(filing.draft)
    return ticket.issued_at if ticket else clock.now()


def pool_of(filing, accepted_on) -> Pool | None:
    grade = filing.particulars.get("grade", FIRST_GRADE)
    known = {"year": accepted_on.year, "grade": grade, "language": filing.particulars["language"]}
    return Pool.objects.filter(office=filing.draft.office, **known).first()


def child_said(filing) -> ChildSaid:
    """The child by the register where it answered, else as it was written. Raises ValidationError at its field."""
    said, known = filing.particulars, filing.draft.data.get(KNOWN, {})
    iin = said.get("child_iin", "")
    if iin and iin == _applicant_iin(filing.draft):
        raise fault("child_iin", _("This is your own IIN. Type the IIN of the child."), "own")
    if iin and known.get("iin") == iin and known["found"] != powers.SILENT:
        return _by_register(filing, iin, known)
    if not said.get("child_name", "").strip() or not said.get("child_born"):
        message = _("The register could not be asked. Type the name and the date of birth of the child yourself.")
        raise fault("child_name", NO_IIN if not iin else message, "silent")
    if not iin and not said.get("child_document", "").strip():
        raise fault("child_document", _("Type the number of the child's document."), "document")
    kin = Kin.SILENT if filing.draft.channel == Channel.PORTAL else Kin.BY_PAPERS
    born = date.fromisoformat(said["child_born"])
    return ChildSaid(iin, said.get("child_document", "").strip(), said["child_name"].strip(), born, kin)


NO_IIN = _("Type the IIN of the child; without one, its name, date of birth and document.")


def _by_register(filing, iin, known) -> ChildSaid:
    if known["found"] == powers.UNKNOWN:
        raise fault("child_iin", _("The register knows nobody with this IIN. Check the number."), "unknown")
    on_paper = filing.draft.channel != Channel.PORTAL
    if known["kin"] == powers.Proof.NOT_FOUND and not on_paper:
        message = _(
            "The register does not name you as parent or guardian of this child. Apply at the school with the"
            " documents that show it."
        )
        raise fault("relation", message, "kin")
    kin = {powers.Proof.CONFIRMED: Kin.CONFIRMED}.get(known["kin"], Kin.BY_PAPERS if on_paper else Kin.SILENT)
    return ChildSaid(iin, "", known["full_name"], date.fromisoformat(known["born"]), kin)


def _answer(filing, iin) -> dict:
    relation = filing.particulars["relation"]
    known = {"iin": iin, "relation": relation, "found": "found", "kin": powers.Proof.SILENT.value}
    person = powers.person(iin)
    if not isinstance(person, powers.Person):
        return known | {"found": person}
    if relation in BASES:
        power = powers.power(BASES[relation], representative=_applicant_iin(filing.draft), represented=iin)
        known["kin"] = str(power.proof)
    return known | {"full_name": person.full_name, "born": person.birth_date.isoformat()}


def _keep(draft, known) -> None:
    draft.data = {**draft.data, KNOWN: known}
    Draft.objects.filter(pk=draft.pk, case=None).update(data=draft.data)


def _applicant_iin(draft) -> str:
    return (draft.recipient or draft.user).iin


def _check_age(filing, said, accepted_on):
    """Six, or becoming six in the calendar year; no upper bound, no test. Norm: ADM-9."""
    if filing.draft.service == "admission" and not is_six_that_year(said.born, accepted_on.year):
        message = _("By the date of birth the child becomes six in %(year)s: the first class takes it that year.")
        field = "child_iin" if said.iin else "child_born"
        raise fault(field, message, "age", year=said.born.year + AGE)


def _check_pool(filing, accepted_on):
    """Norm: GAP-06."""
    if pool_of(filing, accepted_on) is None:
        raise fault(
            "language", _("This school has no such grade in this language this year. Choose another one."), "pool"
        )


def _check_home(filing, accepted_on):
    """A street that stands in the tables by its village is found by the village alone. Norm: ADM-9."""
    home = filing.particulars
    if not home.get("locality", "").strip() and areas.wants_locality(home["street"], accepted_on):
        message = _("A street of this name stands in the tables of service areas by its village or town. Write which.")
        raise fault("locality", message, "locality")


def _check_alone(filing, said, accepted_on):
    """One live application of a child over all schools, asked under a lock on the child. Norm: GAP-06."""
    child = representation.person_locked(_child(said).pk)
    model = manifest_of(filing.draft.service).model
    if model.objects.filter(child=child, year=accepted_on.year, state__in=LIVE).exists():
        message = _(
            "This child has a live application already, here or at another school. Withdraw it first, then send this"
            " one: it is kept."
        )
        raise ValidationError({"child_iin": ValidationError(message, code="live")})


def _child(said) -> Applicant:
    """The child as a person, known by the IIN or by its document; the register's word stands before an older one."""
    by = {"iin": said.iin} if said.iin else {"document_kind": CHILD_DOCUMENT, "document_number": said.document}
    known = {"full_name": said.full_name, "birth_date": said.born}
    child, is_new = Applicant.objects.get_or_create(**by, defaults=known)
    if not is_new and child.user_id is None:
        Applicant.objects.filter(pk=child.pk).update(**known)
    return child


def _health_is_due(filing, accepted_on) -> bool:
    """Under restrictions the health documents may follow: then they are due once these are lifted. Norm: ADM-S8-X."""
    given = {*documents.supplied(filing.draft), *taking.handed_in(filing.draft)}
    return passports.is_restricted(accepted_on, filing.draft.office) and not set(HEALTH) <= given
