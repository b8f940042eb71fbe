"""Applying: one question a page, nothing lost, sent once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kazservices.cases.models import Case, Draft
from kazservices.gateways.models import Consent
from kazservices.passports.models import CallUpAct, Category
from kazservices.signing.models import Signature
from tests import world
from tests.conftest import on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside")]
FILED = "2026-03-20 17:00"


def begin(cabinet, place, category="STUDY", service="deferral"):
    """Office and category chosen; the draft."""
    cabinet.post(f"/services/{service}/apply/", {"office": place.office.pk, "category": category})
    return Draft.objects.latest("pk")


def at_papers(cabinet, place, *, agree="yes"):
    draft = begin(cabinet, place)
    cabinet.post(f"/drafts/{draft.ref}/consent/", {"consent": agree})
    return draft


def needed(draft):
    category = world.category_of(draft.service, draft.data["category"], draft.created_at.date())
    return category.requirements.first().code


def add(cabinet, draft, file):
    return cabinet.post(f"/drafts/{draft.ref}/papers/", {"requirement": needed(draft), "file": file}, follow=True)


def signed(cabinet, draft, outside, **more):
    cabinet.post(f"/drafts/{draft.ref}/review/")
    return cabinet.post(f"/drafts/{draft.ref}/sign/", {"code": outside.code, "key": draft.key, **more}, follow=True)


@pytest.mark.norm("CONS-10-1", "CONS-S8-0")
def test_from_the_first_question_to_the_receipt(cabinet, place, outside, read):
    with on(FILED):
        read(cabinet.get("/services/deferral/apply/"))
        draft = at_papers(cabinet, place)
        assert "anyqtama.png" in read(add(cabinet, draft, world.picture()))
        review = read(cabinet.get(f"/drafts/{draft.ref}/review/"))
        assert "2 сәуірден кешіктірмей" in review
        assert "Құжаттар топтамасы әлі толық емес" not in review
        page = read(signed(cabinet, draft, outside))
    case = Case.objects.get()
    assert case.number in page
    assert "2 сәуір, бейсенбі" in page
    assert Signature.objects.get(user=draft.user).method == Signature.Method.OTP


@pytest.mark.norm("CONS-S8-1", "LAW-5-P1")
def test_only_the_papers_of_the_category_are_asked(cabinet, place, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        page = read(cabinet.get(f"/drafts/{draft.ref}/papers/"))
    assert page.count('type="file"') == 1


def test_a_rejected_file_says_why_and_the_rest_stays(cabinet, place, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture("good.png"))
        page = read(add(cabinet, draft, SimpleUploadedFile("bad.pdf", b"not a pdf at all")))
        empty = read(add(cabinet, draft, SimpleUploadedFile("empty.pdf", b"")))
        mislabelled = read(add(cabinet, draft, world.picture("photo.pdf")))
    for html, name in ((page, "bad.pdf"), (empty, "empty.pdf"), (mislabelled, "photo.pdf")):
        assert "good.png" in html
        assert name in html
        assert "Файл қабылданбады. Қалғаны сақталды." in html
        assert 'role="alert"' in html
        assert "<title>Қате:" in html
    assert draft.attachments.count() == 1


def test_a_file_can_be_taken_away(cabinet, place, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        page = read(cabinet.post(f"/drafts/{draft.ref}/papers/{draft.attachments.get().pk}/away/", follow=True))
    assert "anyqtama.png" not in page
    assert not draft.attachments.exists()


@pytest.mark.norm("LAW-19")
def test_an_incomplete_package_gets_a_receipt_and_can_be_completed(cabinet, place, outside, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        review = read(cabinet.get(f"/drafts/{draft.ref}/review/"))
        assert "Құжаттар топтамасы әлі толық емес" in review
        page = read(signed(cabinet, draft, outside))
        assert "Толықтырып, қайта жіберу" in page
        draft.refresh_from_db()
        add(cabinet, draft, world.picture())
        again = read(signed(cabinet, draft, outside))
    first, second = Case.objects.order_by("pk")
    assert (first.status, second.previous_id) == ("not_taken", first.pk)
    assert second.number in again


def test_a_second_press_files_nothing_twice(cabinet, place, outside, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        first = signed(cabinet, draft, outside)
        second = cabinet.post(f"/drafts/{draft.ref}/sign/", {"code": outside.code, "key": draft.key}, follow=True)
    assert read(first)
    assert read(second)
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert Case.objects.count() == 1


def test_a_wrong_code_files_nothing_and_keeps_everything(cabinet, place, outside, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        page = read(signed(cabinet, draft, outside, code="00"))
    assert 'id="id_code-error"' in page
    assert not Case.objects.exists()
    assert draft.attachments.count() == 1


def test_what_was_signed_is_what_is_filed(cabinet, place, outside, read):
    """A file added after the code was asked for changes what is signed: the code fits no more."""
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        cabinet.post(f"/drafts/{draft.ref}/review/")
        add(cabinet, draft, world.picture("second.png"))
        code = outside.code
        page = read(cabinet.post(f"/drafts/{draft.ref}/sign/", {"code": code, "key": draft.key}))
    assert 'id="id_code-error"' in page
    assert not Case.objects.exists()
    assert draft.attachments.count() == 2


def test_a_key_that_is_none_is_no_fault_of_the_citizen(cabinet, place, outside, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        read(signed(cabinet, draft, outside, key="not-a-key"))
    assert Case.objects.count() == 1


@pytest.mark.norm("CONS-S10-1")
@pytest.mark.parametrize(("moment", "taken"), [("2026-06-30 18:29", True), ("2026-06-30 18:31", False)])
def test_the_last_minutes_of_the_window(cabinet, place, outside, read, *, moment, taken):
    with on("2026-06-29 12:00"):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
    with on(moment):
        cabinet.post(f"/drafts/{draft.ref}/review/")
        page = read(cabinet.post(f"/drafts/{draft.ref}/sign/", {"code": outside.code, "key": draft.key}, follow=True))
    assert Case.objects.exists() is taken
    assert draft.attachments.count() == (0 if taken else 1)
    assert ("01.09.2026" in page) is not taken


def test_before_the_window_nothing_is_filled_in(cabinet, place, read):
    with on("2026-02-28 12:00"):
        page = read(cabinet.get("/services/deferral/apply/"))
        cabinet.post("/services/deferral/apply/", {"office": place.office.pk, "category": "STUDY"})
    assert '<form class="stack-l"' not in page
    assert "Келесі кезең 1 наурызда басталады" in page
    assert not Draft.objects.exists()


def test_nothing_chosen_is_told_at_both_fields(cabinet, place, read):
    with on(FILED):
        page = read(cabinet.post("/services/deferral/apply/", {}))
    assert 'id="id_office-error"' in page
    assert 'id="id_category-error"' in page
    assert not Draft.objects.exists()


def test_a_draft_is_resumed_where_it_stands(cabinet, place):
    with on(FILED):
        draft = begin(cabinet, place)
        assert cabinet.get("/services/deferral/apply/")["Location"] == f"/drafts/{draft.ref}/consent/"
        cabinet.post(f"/drafts/{draft.ref}/consent/", {"consent": "yes"})
        assert cabinet.get(f"/drafts/{draft.ref}/")["Location"] == f"/drafts/{draft.ref}/papers/"


def test_no_step_can_be_jumped_over(cabinet, place):
    with on(FILED):
        draft = begin(cabinet, place)
        for step in ("papers", "review"):
            assert cabinet.get(f"/drafts/{draft.ref}/{step}/")["Location"] == f"/drafts/{draft.ref}/consent/"


@pytest.mark.norm("LAW-5-2-12", "CONS-S8-2")
def test_the_answer_on_consent_is_kept_with_what_was_asked_and_stands_as_the_last_word(cabinet, place):
    with on("2026-03-20 16:00"):
        draft = at_papers(cabinet, place)
    with on(FILED):
        cabinet.post(f"/drafts/{draft.ref}/consent/", {"consent": "no"})
    draft.refresh_from_db()
    said = [(row.given, row.scope) for row in draft.consents.order_by("at")]
    assert said == [(True, ["identity"]), (False, ["identity"])]
    assert draft.updated_at.astimezone(world.ALMATY).hour == 17


@pytest.mark.norm("REF-LAW-6")
def test_a_consent_refused_is_an_answer_too(cabinet, place, outside, read):
    with on(FILED):
        draft = at_papers(cabinet, place, agree="no")
        add(cabinet, draft, world.picture())
        assert "19-1" in read(cabinet.get(f"/drafts/{draft.ref}/consent/"))
        read(signed(cabinet, draft, outside))
    assert Case.objects.count() == 1
    assert Consent.objects.get(case=Case.objects.get()).given is False
    assert not Case.objects.get().register_requests.exists()


@pytest.mark.norm("LAW-5-P1")
def test_another_category_forgets_answers_and_needless_files(cabinet, place, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        other = world.category_of("deferral", "STUDY", draft.created_at.date()).edition.categories.exclude(code="STUDY")
        cabinet.post(f"/drafts/{draft.ref}/category/", {"office": place.office.pk, "category": other.first().code})
    draft.refresh_from_db()
    assert draft.data["answers"] == {}
    assert not draft.attachments.exists()
    assert not draft.consents.filter(withdrawn_at=None).exists()


def test_every_category_can_be_walked_to_its_review(cabinet, place, read):
    for service in ("deferral", "exemption"):
        with on(FILED):
            codes = list(
                world.category_of(service, _any(service), _today()).edition.categories.values_list("code", flat=True)
            )
            for code in codes:
                Draft.objects.all().delete()
                draft = begin(cabinet, place, code, service)
                page = cabinet.get(f"/drafts/{draft.ref}/details/")
                if page.status_code == 200:
                    read(page)
                    form = page.context["form"]
                    closing = {q.code for q in form.category.questions.all()}
                    answers = {
                        name: "no" if name in closing else form[name].subwidgets[0].data["value"]
                        for name in form.fields
                    }
                    cabinet.post(f"/drafts/{draft.ref}/details/", answers)
                cabinet.post(f"/drafts/{draft.ref}/consent/", {"consent": "yes"})
                read(cabinet.get(f"/drafts/{draft.ref}/papers/"))
                read(cabinet.get(f"/drafts/{draft.ref}/review/"))


def _any(service):
    return Category.objects.filter(edition__service=service).first().code


def _today():
    return date(2026, 3, 20)


@pytest.mark.norm("CONS-S9-3")
def test_without_a_call_up_act_the_review_says_so_and_filing_goes_on(cabinet, place, outside, read):
    CallUpAct.objects.all().delete()
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        assert "актісі жүктелмеген" in read(cabinet.get(f"/drafts/{draft.ref}/review/"))
        read(signed(cabinet, draft, outside))
    assert Case.objects.get().status != "not_taken"


def test_anothers_draft_is_no_page(cabinet, place, client):
    with on(FILED):
        draft = begin(cabinet, place)
        client.force_login(world.build_recipient("990101300027"))
        for step in ("", "category/", "consent/", "papers/", "review/", "sign/"):
            assert client.get(f"/drafts/{draft.ref}/{step}").status_code == 404


def test_a_stranger_is_asked_to_enter(client, place):
    with on(FILED):
        assert client.get("/services/deferral/apply/")["Location"].startswith("/enter/?next=")


def test_a_draft_can_be_thrown_away(cabinet, place, read):
    with on(FILED):
        draft = at_papers(cabinet, place)
        add(cabinet, draft, world.picture())
        read(cabinet.post(f"/drafts/{draft.ref}/discard/", follow=True))
    assert not Draft.objects.exists()
