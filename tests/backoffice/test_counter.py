"""What is brought on paper: written down by a clerk, with what was handed over, and taken in or not."""

import pytest
from django.urls import reverse

from kazservices.cases.models import Applicant, Case, Channel, Draft
from kazservices.passports.models import Edition, FormField, Requirement
from tests.conftest import on
from tests.world import build_recipient, category_of, picture

pytestmark = pytest.mark.set_ups

AT = "2026-03-20 10:00"  # Fri
IIN = "030411105088"


@pytest.fixture
def on_paper(db):
    """The standard of deferral as it would be if it knew the counter, with a form of two fields."""
    Edition.objects.filter(service="deferral").update(channels_open=["portal", "office"])
    edition = Edition.objects.get(service="deferral")
    common = {"edition": edition, "norm": "CONS-S8-0"}
    FormField.objects.create(code="school", order=1, kind="text", label_kk="Оқу орны", label_ru="Место учёбы", **common)
    FormField.objects.create(
        code="course",
        order=2,
        kind="whole",
        least=1,
        most=7,
        required=False,
        label_kk="Курс",
        label_ru="Курс",
        **common,
    )
    return category_of("deferral", "STUDY", edition.valid_from)


@pytest.fixture
def clerk(desk, place, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return desk(place.clerk)


def visitor(place, category, **said):
    known = {"situation": f"{place.office.pk}-{category.pk}", "iin": IIN, "full_name": "Әлиев Самат", "language": "kk"}
    return {**known, **said}


def begun(clerk, place, category, **said) -> Draft:
    answer = clerk.post(reverse("admin:counter"), visitor(place, category, **said))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Draft.objects.get(channel=Channel.OFFICE)


def package(draft):
    return reverse("admin:counter-draft", args=[draft.ref])


@pytest.mark.norm("LAW-4-1-4")
def test_an_application_on_paper_is_taken_in_with_its_acceptance_date(clerk, place, on_paper):
    needed = [row.code for row in on_paper.requirements.all()]
    with on(AT):
        draft = begun(clerk, place, on_paper)
        said = {"school": "Колледж", "course": "2", "handed_in": needed, "consent": "yes", "act": "take"}
        answer = clerk.post(package(draft), said)
    case = Case.objects.get()
    assert answer.url == reverse("admin:case", args=[case.ref])
    assert (case.channel, str(case.accepted_on)) == (Channel.OFFICE, "2026-03-20")
    assert case.applicant.iin == IIN
    assert case.deferralapplication.particulars == {"school": "Колледж", "course": 2}
    assert case.deferralapplication.handed_in == sorted(needed)
    assert case.draft == draft
    signed = case.journal.get(move="submit")
    assert signed.actor == place.clerk


def test_who_has_a_cabinet_finds_in_it_what_he_brought_on_paper(clerk, place, on_paper):
    account = build_recipient(IIN, full_name="Әлиев Самат")
    with on(AT):
        draft = begun(clerk, place, on_paper)
    assert draft.recipient.user == account


@pytest.mark.norm("LAW-5-2-12")
@pytest.mark.parametrize(("said", "given"), [("yes", True), ("no", False)])
def test_the_written_word_on_the_registers_goes_with_the_case(clerk, place, on_paper, said, given):
    with on(AT):
        draft = begun(clerk, place, on_paper)
        needed = [row.code for row in on_paper.requirements.all()]
        clerk.post(package(draft), {"school": "Колледж", "handed_in": needed, "consent": said, "act": "take"})
    consent = Case.objects.get().consents.get()
    assert (consent.given, consent.method) == (given, "written")
    assert Case.objects.get().register_requests.exists() == given


@pytest.mark.norm("LAW-19")
def test_an_incomplete_package_gets_a_receipt_and_keeps_its_draft(clerk, place, on_paper):
    with on(AT):
        draft = begun(clerk, place, on_paper)
        clerk.post(package(draft), {"school": "Колледж", "consent": "yes", "act": "take"})
    case = Case.objects.get()
    assert case.status == "not_taken"
    assert case.papers.filter(kind="not_taken_receipt").exists()
    assert Draft.objects.get().previous == case


@pytest.mark.norm("LAW-4-2")
def test_a_foreigner_without_an_iin_is_known_by_his_document(clerk, place, on_paper):
    with on(AT):
        draft = begun(clerk, place, on_paper, iin="", document_kind="refugee", document_number="Б 001")
        needed = [row.code for row in on_paper.requirements.all()]
        clerk.post(package(draft), {"school": "Колледж", "handed_in": needed, "consent": "no", "act": "take"})
    assert Case.objects.get().applicant == Applicant.objects.get(document_number="Б 001")


def test_who_is_known_by_nothing_is_told_so_at_the_field(clerk, place, on_paper):
    with on(AT):
        answer = clerk.post(reverse("admin:counter"), visitor(place, on_paper, iin=""))
    assert answer.status_code == 422
    assert "ИИН" in answer.content.decode()
    assert not Draft.objects.exists()


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(clerk, place, on_paper):
    with on(AT):
        draft = begun(clerk, place, on_paper)
        answer = clerk.post(package(draft), {"school": "Колледж", "course": "9", "act": "take"})
    assert answer.status_code == 422
    assert 'value="9"' in answer.content.decode()
    assert Draft.objects.get().data["particulars"] == {"school": "Колледж"}
    assert not Case.objects.exists()


def test_a_scan_is_added_and_taken_away(clerk, place, on_paper):
    code = on_paper.requirements.first().code
    with on(AT):
        draft = begun(clerk, place, on_paper)
        clerk.post(reverse("admin:counter-scan", args=[draft.ref]), {"requirement": code, "file": picture()})
        scan = draft.attachments.get()
        assert scan.name in clerk.get(package(draft)).content.decode()
        clerk.post(reverse("admin:counter-away", args=[draft.ref, scan.pk]))
    assert not draft.attachments.exists()


@pytest.mark.norm("ADM-S8-P2")
def test_an_original_that_is_shown_is_ticked_and_never_kept(clerk, place, on_paper):
    shown = Requirement.objects.filter(category=on_paper).first()
    Requirement.objects.filter(pk=shown.pk).update(shown=True)
    with on(AT):
        draft = begun(clerk, place, on_paper)
        answer = clerk.post(
            reverse("admin:counter-scan", args=[draft.ref]), {"requirement": shown.code, "file": picture()}
        )
        assert f'id="{shown.code}"' not in clerk.get(package(draft)).content.decode()
    assert answer.status_code == 404
    assert not draft.attachments.exists()


def test_only_a_clerk_of_the_office_takes_in(desk, place, other_place, clerk, on_paper):
    with on(AT):
        draft = begun(clerk, place, on_paper)
        assert desk(place.chair).get(reverse("admin:counter")).status_code == 403
        assert desk(other_place.clerk).get(package(draft)).status_code == 404
        elsewhere = visitor(place, on_paper, situation=f"{other_place.office.pk}-0")
        assert clerk.post(reverse("admin:counter"), elsewhere).status_code == 422


def test_an_office_without_services_on_paper_says_so(desk, place):
    place.office.hours.all().delete()  # every office with hours takes complaints on paper
    with on(AT):
        answer = desk(place.clerk).get(reverse("admin:counter"))
    assert "не принимается на бумаге" in answer.content.decode()


def test_a_draft_begun_by_mistake_is_thrown_away(clerk, place, on_paper):
    with on(AT):
        draft = begun(clerk, place, on_paper)
        assert clerk.post(reverse("admin:counter-discard", args=[draft.ref])).status_code == 302
    assert not Draft.objects.exists()
