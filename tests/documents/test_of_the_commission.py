"""What the papers of an application say is taken from the case and from the move, and drawn from nothing else."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from conscription import papers as facts_of
from conscription.models import Hearing
from kazservices.cases.models import Draft
from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import PaperOutdated
from tests import world


def text_of(paper) -> str:
    papers.render(paper.pk)
    pages = PdfReader(io.BytesIO(papers.read(paper))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def in_utc(moment: str) -> str:
    return datetime.fromisoformat(world.local(moment)).astimezone(UTC).isoformat()


CALL = {"grounds": ["2"], "motive": "Оқу мерзімі аяқталған.", "place": "214-кабинет", "way": "in_person"}


@pytest.mark.norm("CONS-10-5")
@pytest.mark.drawn
def test_the_hour_of_a_hearing_is_printed_by_the_clock_of_the_office(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 12:00"):
        paper = prepare(case, "call_hearing", by=place.chair, **CALL, held_at=in_utc("2026-04-01 11:00"))
        said = text_of(paper)
    assert paper.facts["hearing"]["at"] == "2026-04-01T11:00:00+05:00"
    assert "сәрсенбі, 11:00 (01.04.2026)" in said
    assert "среда, 11:00 (01.04.2026)" in said


def test_the_same_case_and_the_same_move_give_the_same_facts(user, place):
    case = world.to_opinions(user, place)
    inputs = {**CALL, "held_at": world.local("2026-04-01 11:00")}
    with world.at("2026-03-30 12:00"):
        first = prepare(case, "call_hearing", by=place.chair, **inputs)
    with world.at("2026-03-30 18:29"):
        assert prepare(case, "call_hearing", by=place.chair, **inputs) == first


def test_a_notice_signed_before_closing_is_not_served_after_it(user, place):
    """Served after closing counts for the next working day, so the time to object is another one. Norm: GAP-40."""
    case = world.to_opinions(user, place)
    with world.at("2026-03-27 17:00"):
        paper = prepare(case, "call_hearing", by=place.chair, **CALL, held_at=world.local("2026-03-31 11:00"))
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
    with world.at("2026-03-27 18:45"), pytest.raises(PaperOutdated):
        advance(case, "call_hearing", by=place.chair, document=paper)
    assert not Hearing.objects.exists()


@pytest.mark.drawn
def test_the_record_carries_what_the_participant_asked_to_enter(user, place):
    case = world.to_hearing(user, place)
    times = {"started_at": in_utc("2026-04-01 11:00"), "ended_at": in_utc("2026-04-01 11:30")}
    with world.at("2026-04-01 11:40"):
        record = {**world.RECORD, **times, "entered": "Деканаттың хаты."}
        world.make(case, "record_hearing", place.secretary, **record)
    paper = case.papers.get(kind=Paper.Kind.HEARING_RECORD)
    assert (paper.facts["entered"], paper.facts["ended_at"]) == ("Деканаттың хаты.", "2026-04-01T11:30:00+05:00")
    assert "11:00 басталды, 11:30 аяқталды" in text_of(paper)


@pytest.mark.norm("CONS-14-7", "LAW-19-1-1")
@pytest.mark.drawn
def test_no_member_is_named_in_what_the_applicant_reads(user, place):
    case = world.to_refused(user, place)
    issued = case.papers.issued().filter(kind__in=[Paper.Kind.PRELIMINARY_DECISION, Paper.Kind.REFUSAL])
    said = [text_of(paper) for paper in issued]
    assert len(said) == 2
    assert not [member.full_name for member in place.members for words in said if member.full_name in words]
    assert all(place.chair.full_name in words for words in said)
    ground = case.edition.grounds.get(code="2")
    assert all(" ".join(ground.text_kk.split()) in words for words in said)


@pytest.mark.norm("LAW-19")
@pytest.mark.drawn
def test_what_a_clerk_refuses_to_accept_has_a_receipt_and_an_open_draft(user, place):
    with world.at("2026-03-20 10:00"):
        case = world.apply(user, place.office)
    with world.at("2026-03-20 16:00"):
        world.make(case, "refuse_acceptance", place.clerk, missing=[], motive="Анықтама басқа адамға берілген.")
        receipt = case.papers.get(kind=Paper.Kind.NOT_TAKEN_RECEIPT)
        said = text_of(receipt)
    draft = Draft.objects.get(user=user, case=None)
    assert draft.previous_id == case.pk
    assert [a.sha256 for a in draft.attachments.all()] == [a.sha256 for a in case.attachments.all()] != []
    assert "Анықтама басқа адамға берілген." in said
    assert "жобада сақталды" in said
    receipt.refresh_from_db()
    assert receipt.state == Paper.State.ISSUED


@pytest.mark.norm("LAW-19")
def test_a_package_that_was_completed_is_taken_in_as_a_new_application(user, place):
    with world.at("2026-03-20 10:00"):
        case = world.apply(user, place.office)
    with world.at("2026-03-20 16:00"):
        world.make(case, "refuse_acceptance", place.clerk, missing=[], motive="Анықтама басқа адамға берілген.")
        draft = Draft.objects.get(user=user, case=None)
        world.consent(user, draft)
        again = facts_again(draft)
    assert again.previous_id == case.pk
    assert again.number != case.number


def facts_again(draft):
    chosen = world.category_of("deferral", "STUDY", datetime(2026, 3, 20).date())
    return world.file_application(world.signed(world.Filing(draft, chosen, "", {})))


def test_the_receipt_counts_the_documents_and_names_what_was_asked(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        again = facts_of.facts(case, "receipt", {})
    receipt = case.papers.get(kind=Paper.Kind.RECEIPT)
    assert papers.digest_of(again) == receipt.facts_digest
    assert receipt.facts["count"] == len(receipt.facts["documents"]) == 1
    assert all(row["document"]["ru"] for row in receipt.facts["documents"])
