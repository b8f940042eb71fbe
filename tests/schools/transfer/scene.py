"""Two schools, a parent, a child who goes from one to the other; filed on Wed 15 April 2026 unless told."""

from dataclasses import replace

from kazservices import clock
from kazservices.cases.models import Applicant, Channel
from kazservices.documents.service import attach
from kazservices.flow import counter, filing, taking
from kazservices.flow.manifest import Filing
from kazservices.offices.models import OfficeHours
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.transfer.models import SchoolClass
from tests import world

CHILD_IIN, OTHER_IIN = "150611505015", "140903605017"
SAID = {
    "child_name": "Әлиев Нұрсұлтан Саматұлы", "child_iin": CHILD_IIN, "child_birth": "2015-06-11", "grade": 5,
    "language": "kk", "leaving_school": "22", "coupon_number": "Т-104", "coupon_date": "2026-04-10",
    "coupon_iin": CHILD_IIN,
}  # fmt: skip
PORTAL_PAPERS, OFFICE_PAPERS = ("coupon_copy",), ("application", "identity_document", "coupon")


def build_school(code, name, *, seats=(("А", 25, 24), ("Б", 25, 25))):
    """A school with its people, and two classes of grade 5: one seat is free in the first."""
    place = world.build_place(code, name)
    OfficeHours.objects.create(office=place.office, service="transfer", schedule="school")
    place.staff["deputy_head"] = world.build_staff(place.office, "deputy_head", Role.ACADEMIC_DEPUTY)
    for letter, capacity, enrolled in seats:
        SchoolClass.objects.create(
            office=place.office, grade=5, letter=letter, language="kk", capacity=capacity, enrolled=enrolled,
            changed_at=clock.now(), changed_by=place.head,
        )  # fmt: skip
    return place


def build_parent(iin="810214205017", name="Әлиева Гүлнар Сапарқызы"):
    return world.build_recipient(iin, full_name=name, birth_date=None)


def filing_of(parent, office, *, papers=PORTAL_PAPERS, **said):
    """A complete filing as the portal would hand it over."""
    category = passports.edition_on("transfer", office.today()).categories.get()
    draft = world.build_draft(parent, office, "transfer", data={"category": category.code})
    for code in papers:
        attach(draft, code, world.picture(), by=parent)
    filled = {name: value for name, value in {**SAID, **said}.items() if value is not None}
    made = Filing(draft, category, "", {}, particulars=filled)
    signature = keep(parent, Signature.Method.OTP, taking.content(made), "application", {"challenge": "test"})
    return replace(made, signature=signature)


def apply(parent, office, **how):
    return taking.take(filing_of(parent, office, **how))


def on_paper(place, *, papers=OFFICE_PAPERS, ticket=None, name="Сейтқали Айжан", iin="860621105032", **said):
    """The same brought on paper to the counter."""
    clerk = place.clerk
    category = passports.edition_on("transfer", place.office.today()).categories.get()
    visitor = counter.Brought(full_name=name, language="kk", iin=iin, phone="+77000000099")
    draft = counter.begin(clerk, place.office, category, visitor)
    filing.fill_in(draft, {name: value for name, value in {**SAID, **said}.items() if value is not None})
    counter.note_documents(draft, papers)
    counter.note_ticket(draft, ticket and ticket.pk)
    return counter.take_in(filing.progress_of(draft), by=clerk)


def filed(parent, place, moment="2026-04-15 10:00", **how):
    with world.at(moment):
        return apply(parent, place.office, **how)


def brought(place, moment="2026-04-15 10:00", **how):
    with world.at(moment):
        return on_paper(place, **how)


def free_class(place):
    return SchoolClass.objects.get(office=place.office, letter="А")


def admit(case, place, moment="2026-04-15 10:20", by="head", into=None):
    person = getattr(place, by)
    with world.at(moment):
        chosen = into or free_class(place)
        return world.make(case, "admit", person, school_class=chosen.pk, signed_by=person.pk)


def refuse(case, place, moment="2026-04-15 10:20", by="head", **facts):
    person = getattr(place, by)
    known = {"grounds": ["2"], "motive": "Талонда мектептің мөрі жоқ.", "rests_on": []}
    with world.at(moment):
        return world.make(case, "refuse", person, **{**known, **facts}, signed_by=person.pk)


def paper_applicant():
    return Applicant.objects.get(iin="860621105032")


__all__ = ["CHILD_IIN", "OTHER_IIN", "Channel"]
