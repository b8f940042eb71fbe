"""The register of originals: each is a case with thirty working days from its decision. Norms: DUP-4 to 6."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases.models import Applicant, Channel
from kazservices.flow.door import begin
from kazservices.flow.objections import demand_words, fault
from kazservices.gateways.iin import check_iin
from kazservices.passports import service as passports
from schools.duplicates import blanks
from schools.duplicates.models.blanks import Document
from schools.duplicates.models.books import Book, next_in
from schools.duplicates.models.original import Original


@dataclass(frozen=True)
class Decision:
    """For whom which document was decided, by whom and when. Norms: DUP-4, DUP-5."""

    graduate: str
    document: str
    basis: str
    basis_number: str
    basis_date: date
    iin: str = ""
    with_distinction: bool = False


@transaction.atomic
def enter(office, decision: Decision, *, blank: int, by):
    """Enter a decision for one graduate; the clock runs from the decision, whenever it is entered.

    Norms: DUP-4, DUP-5, DUP-6. Raises ValidationError at its field.
    """
    _check(office, decision)
    at, said = clock.now(), decision
    original = Original(
        service="original", edition=passports.edition_on("original", office.today()), office=office,
        applicant=_person(said.iin, said.graduate), channel=Channel.OFFICE, submitted_at=at,
        accepted_on=said.basis_date, graduate=said.graduate.strip(), graduate_iin=said.iin, document=said.document,
        with_distinction=said.with_distinction, basis=said.basis, basis_number=said.basis_number.strip(),
        basis_date=said.basis_date, register_number=next_in(Book.Kind.ORIGINALS, office, said.basis_date.year),
    )  # fmt: skip
    begun = begin(original, by=by, at=at, facts={"basis": said.basis, "basis_number": said.basis_number})
    blanks.put_aside(begun, blank)
    blanks.use(begun, at)
    return begun


def _check(office, said):
    """The decision of a commission; a head's order only for a basic certificate of a pupil with special needs.

    Norms: DUP-4, DUP-5.
    """
    demand_words("graduate", said.graduate, _("Write the name of the graduate."))
    demand_words("basis_number", said.basis_number, _("Write the number of the decision or of the order."))
    if said.basis_date > office.today():
        raise fault("basis_date", _("The decision is dated in the future."), "future")
    if said.basis == Original.Basis.HEAD_ORDER and (said.document != Document.BASIC or said.with_distinction):
        raise fault(
            "basis", _("By order of the head only a basic certificate is given, without distinction."), "head_order"
        )


def _person(iin, name):
    """The graduate, if his IIN is known; the register holds his name in any case."""
    if not iin:
        return None
    check_iin(iin)
    return Applicant.objects.get_or_create(iin=iin, defaults={"full_name": name.strip()})[0]
