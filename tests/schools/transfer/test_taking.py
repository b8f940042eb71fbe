"""What a transfer asks for, and what it will not take: by portal, and on paper at the counter."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from kazservices.cases.models import CaseParty, Channel, Draft
from kazservices.counter import service as tickets
from kazservices.flow import counter
from kazservices.flow.particulars import ParticularsForm
from kazservices.passports import service as passports
from schools.transfer.models import TransferApplication
from tests import world

from . import scene


def faults(error) -> dict:
    """{field: code} of what was told."""
    return {name: [one.code for one in found] for name, found in error.value.error_dict.items()}


def refused(parent, place, **said):
    with pytest.raises(ValidationError) as told:
        scene.filed(parent, place, **said)
    assert not TransferApplication.objects.exists()
    assert Draft.objects.count() == 1  # nothing lost
    return faults(told)


@pytest.mark.norm("TRN-S8-E", "TRN-S2")
def test_a_parent_files_by_the_portal_with_the_electronic_coupon_alone(school, leaving, parent):
    case = scene.filed(parent, school)
    assert (case.state, case.channel) == ("submitted", Channel.PORTAL)
    assert [file.requirement for file in case.attachments.all()] == ["coupon_copy"]
    assert (case.child_name, case.grade, case.study_language) == ("Әлиев Нұрсұлтан Саматұлы", 5, "kk")
    assert (case.leaving_school, case.coupon_number) == (leaving.office, "Т-104")
    assert case.papers.get().kind == "receipt"


def test_the_leaving_school_is_chosen_by_its_name_and_no_other_code_is_taken(school, leaving):
    category = passports.edition_on("transfer", school.office.today()).categories.get()
    with override("kk"):
        offered = dict(ParticularsForm(category=category).fields["leaving_school"].choices)
    assert offered == {"": "—", "21": school.office.name_kk, "22": leaving.office.name_kk}
    wrong = ParticularsForm({**scene.SAID, "leaving_school": "99"}, category=category)
    assert "leaving_school" in wrong.errors


@pytest.mark.norm("TRN-S8-P", "TRN-S2")
def test_on_paper_the_application_the_identity_document_and_the_coupon_are_wanted(school, leaving):
    case = scene.brought(school)
    assert (case.state, case.channel, case.handed_in) == ("submitted", Channel.OFFICE, sorted(scene.OFFICE_PAPERS))
    category = case.category
    asked = {way: [r.code for r in passports.required_documents(category, {}, way)] for way in ("portal", "office")}
    assert asked == {"portal": ["coupon_copy"], "office": ["application", "identity_document", "coupon"]}


@pytest.mark.norm("TRN-S8-P", "TRN-S8-E")
@pytest.mark.parametrize("lacks", ["application", "identity_document", "coupon", "coupon_copy"])
def test_what_is_missing_stands_in_the_receipt_and_acceptance_is_refused(school, leaving, parent, lacks):
    if lacks == "coupon_copy":
        case = scene.filed(parent, school, papers=())
    else:
        case = scene.brought(school, papers=[code for code in scene.OFFICE_PAPERS if code != lacks])
    assert case.state == "not_taken"
    missing = case.papers.get(kind="not_taken_receipt").facts["inputs"]["missing"]
    assert missing == [{"code": lacks, "reason": "missing"}]


@pytest.mark.norm("TRN-S8-P")
def test_an_identity_document_is_shown_and_never_kept(school):
    identity = (
        passports.edition_on("transfer", school.office.today())
        .categories.get()
        .requirements.get(code="identity_document")
    )
    assert (identity.shown, identity.asked_on("portal"), identity.asked_on("office")) == (True, False, True)


@pytest.mark.norm("TRN-S8-P", "TRN-S8-E")
def test_a_coupon_of_another_child_is_refused_at_its_field(school, leaving, parent):
    assert refused(parent, school, coupon_iin=scene.OTHER_IIN) == {"coupon_iin": ["other_child"]}


@pytest.mark.norm("TRN-S8-P", "TRN-S8-E")
def test_a_coupon_spent_for_another_child_is_refused_at_its_field(school, leaving, parent):
    scene.filed(parent, school)
    second = world.build_recipient("750903105022")
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "child_name": "Басқа бала"}
    with pytest.raises(ValidationError) as told:
        scene.filed(second, school, "2026-04-15 10:05", **other, coupon_number=" т-104 ")
    assert faults(told) == {"coupon_number": ["other_child"]}
    assert scene.filed(second, school, "2026-04-15 10:06", **other, coupon_number="Т-105").state == "submitted"


@pytest.mark.norm("TRN-S8-P")
def test_a_second_application_for_the_same_child_waits_for_the_first(school, leaving, parent):
    case = scene.filed(parent, school)
    for who, how in ((parent, {}), (world.build_recipient("750903105022"), {"coupon_number": "Т-105"})):
        with pytest.raises(ValidationError) as told:
            scene.filed(who, school, "2026-04-15 10:05", **how)
        assert faults(told) == {"child_iin": ["open"]}
    scene.admit(case, school)
    assert (
        scene.filed(parent, leaving, "2026-04-16 10:05", leaving_school="21", coupon_number="Т-9").state == "submitted"
    )


@pytest.mark.norm("TRN-S8-P")
def test_a_child_without_an_iin_is_known_by_name_and_birthday(school, leaving, parent):
    foreign = {"child_iin": None, "coupon_iin": None}
    assert scene.filed(parent, school, **foreign).child_iin == ""
    with pytest.raises(ValidationError) as told:
        scene.filed(parent, school, "2026-04-15 10:05", **foreign)
    assert faults(told) == {"child_name": ["open"]}
    with pytest.raises(ValidationError) as told:
        scene.filed(parent, school, "2026-04-15 10:05", child_iin=None, child_name="Басқа бала")
    assert faults(told) == {"coupon_iin": ["other_child"]}


@pytest.mark.norm("TRN-S8-P", "TRN-S8-E")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"leaving_school": None}, {"leaving_school": ["leaving_school"]}),
        ({"leaving_other": "Ауыл мектебі"}, {"leaving_school": ["leaving_school"]}),
        ({"leaving_school": "21"}, {"leaving_school": ["same_school"]}),
        ({"coupon_date": "2026-04-16"}, {"coupon_date": ["future"]}),
        ({"child_birth": "2026-05-01"}, {"child_birth": ["future"]}),
    ],
)
def test_what_cannot_be_true_is_told_at_its_field(school, leaving, parent, said, told):
    assert refused(parent, school, **said) == told


def test_a_school_outside_the_program_is_named_in_words_and_sees_nothing(school, parent):
    case = scene.filed(parent, school, leaving_school=None, leaving_other="Қала орта мектебі")
    assert case.from_where == {"kk": "Қала орта мектебі", "ru": "Қала орта мектебі"}
    assert [party.part for party in case.parties.all()] == [CaseParty.Part.PROVIDER]


def test_the_ticket_of_the_visitor_leads_to_his_case(school, leaving):
    with world.at("2026-04-15 09:40"):
        ticket = tickets.issue(school.office, "transfer", by=school.clerk)
    with world.at("2026-04-15 09:50"):
        tickets.call(ticket, by=school.clerk)
    case = scene.brought(school, ticket=ticket)
    ticket.refresh_from_db()
    assert ticket.case_id == case.pk
    assert case.tickets.get().issued_at < case.submitted_at


@pytest.mark.norm("ADM-S10-1")
def test_the_ticket_stays_with_what_is_being_written_down(school, leaving):
    with world.at("2026-04-15 09:40"):
        ticket = tickets.call(tickets.issue(school.office, "transfer", by=school.clerk), by=school.clerk)
        category = passports.edition_on("transfer", school.office.today()).categories.get()
        visitor = counter.Brought(full_name="Сейтқали Айжан", language="kk", iin="860621105032")
        draft = counter.begin(school.clerk, school.office, category, visitor)
        assert list(counter.tickets_for(draft)) == [ticket]
        counter.note_ticket(draft, ticket.pk)
    kept = Draft.objects.get()
    assert counter.ticket_of(kept) == ticket
    assert counter.ticket_of(kept).issued_at == ticket.issued_at


def test_the_ticket_of_who_was_not_taken_is_not_kept_for_another_day(school, leaving):
    with world.at("2026-04-15 09:40"):
        ticket = tickets.call(tickets.issue(school.office, "transfer", by=school.clerk), by=school.clerk)
    case = scene.brought(school, ticket=ticket, papers=())
    assert case.state == "not_taken"
    assert "ticket" not in Draft.objects.get().data


@pytest.mark.norm("TRN-S8-P")
def test_the_form_asks_for_the_child_the_school_and_the_coupon_and_for_nothing_else(db):
    edition = passports.edition_on("transfer", world.clock.now().date())
    assert [field.code for field in edition.fields.all()] == [
        "child_name", "child_iin", "child_birth", "grade", "language", "leaving_school", "leaving_other",
        "coupon_number", "coupon_date", "coupon_iin",
    ]  # fmt: skip
    assert edition.categories.get().code == "TRANSFER"
