"""The bytes that were read are the bytes that are signed and issued."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from kazservices import clock
from kazservices.documents import drawing, papers, rendering
from kazservices.documents.models import Paper, PaperBytes
from kazservices.offices.actors import SYSTEM
from kazservices.signing.models import Signature
from tests import world
from tests.documents import samples


@pytest.fixture(autouse=True)
def afternoon():
    with world.at("2026-04-02 15:00"):
        yield


def order(case, by, kind="refusal", **changed):
    return papers.prepare(case, kind, samples.facts(kind, **changed), by=by)


def test_a_paper_is_drawn_then_signed_then_issued(prepared, place):
    paper = prepared()
    assert (paper.state, len(paper.sha256)) == (Paper.State.PREPARED, 64)
    assert papers.read(paper).startswith(b"%PDF-")
    papers.sign(paper, by=place.chair, sha256=paper.sha256)
    assert papers.is_signed_by(paper, place.chair)
    papers.issue(paper, at=clock.now())
    paper.refresh_from_db()
    assert (paper.state, paper.issued_at) == (Paper.State.ISSUED, clock.now())
    assert paper.signature.sha256 == paper.sha256
    assert paper.signature.method == Signature.Method.CONFIRMATION


def test_nobody_signs_other_bytes_than_he_was_shown(prepared, place):
    paper = prepared()
    with pytest.raises(papers.PaperChanged):
        papers.sign(paper, by=place.chair, sha256="0" * 64)
    PaperBytes.objects.filter(paper=paper).update(content=b"%PDF-1.7 another paper")
    with pytest.raises(papers.PaperChanged):
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
    assert not Signature.objects.filter(user=place.chair).exists()


def test_a_signature_falls_when_the_bytes_are_altered_after_it(prepared, place):
    paper = papers.sign(shown := prepared(), by=place.chair, sha256=shown.sha256)
    PaperBytes.objects.filter(paper=paper).update(content=b"%PDF-1.7 another paper")
    assert not papers.is_signed_by(paper, place.chair)


def test_a_paper_made_from_facts_that_have_changed_is_void(prepared, place, case):
    signed = papers.sign(shown := prepared(), by=place.chair, sha256=shown.sha256)
    newer = order(case, place.chair, motive="Басқа дәлел.")
    signed.refresh_from_db()
    assert (signed.state, signed.replaced_by) == (Paper.State.VOID, newer)
    assert newer.facts_digest != signed.facts_digest
    assert not papers.is_signed_by(signed, place.chair)
    for stale in (
        lambda: papers.issue(signed, at=clock.now()),
        lambda: papers.sign(signed, by=place.chair, sha256=signed.sha256),
    ):
        with pytest.raises(papers.PaperChanged):
            stale()


def test_ordered_again_from_the_same_facts_it_is_the_same_paper(case, place):
    assert order(case, place.chair) == order(case, place.chair)
    assert papers.digest_of(samples.facts("refusal")) == order(case, place.chair).facts_digest


def test_only_who_signed_has_signed(prepared, place):
    paper = papers.sign(shown := prepared(), by=place.chair, sha256=shown.sha256)
    assert not papers.is_signed_by(paper, place.deputy)
    with pytest.raises(papers.PaperChanged):
        papers.sign(paper, by=place.deputy, sha256=paper.sha256)


def test_the_system_signs_nothing(prepared):
    with pytest.raises(PermissionDenied):
        papers.sign(shown := prepared(), by=SYSTEM, sha256=shown.sha256)


def test_a_paper_is_signed_once_however_often_the_button_is_pressed(prepared, place):
    paper = prepared()
    for _ in range(2):
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
    assert Signature.objects.filter(user=place.chair).count() == 1


def test_the_record_of_a_hearing_carries_two_hands(prepared, place):
    paper = prepared("hearing_record")
    for person, is_full in ((place.secretary, False), (place.secretary, False), (place.chair, True)):
        papers.sign(paper, by=person, sha256=paper.sha256)
        assert papers.fully_signed(paper) is is_full
    assert papers.is_signed_by(paper, place.secretary)
    assert papers.is_signed_by(paper, place.chair)


def test_any_other_paper_carries_one_hand(prepared, place):
    paper = prepared("refusal")
    assert not papers.fully_signed(paper)
    papers.sign(paper, by=place.chair, sha256=paper.sha256)
    assert papers.fully_signed(paper)
    with pytest.raises(papers.PaperChanged):
        papers.sign(paper, by=place.secretary, sha256=paper.sha256)


def test_what_is_not_signed_is_not_issued(prepared):
    paper = prepared()
    with pytest.raises(papers.PaperChanged):
        papers.issue(paper, at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(state=Paper.State.ISSUED, issued_at=clock.now())


def test_a_receipt_is_issued_as_soon_as_it_is_drawn(case):
    paper = papers.prepare(case, "receipt", samples.facts("receipt", count=2), by=SYSTEM, by_system=True)
    rendering.render(paper.pk)
    paper.refresh_from_db()
    assert (paper.state, paper.signature, paper.prepared_by) == (Paper.State.ISSUED, None, None)


def test_papers_of_a_case_are_numbered_and_a_void_number_is_used_again(case, place):
    taken = case.papers.standing().count()
    first = order(case, place.chair)
    again = order(case, place.chair, motive="Басқа дәлел.")
    other = order(case, place.chair, kind="conclusion")
    assert first.number == again.number == f"{case.number}/{taken + 1}"
    assert other.number == f"{case.number}/{taken + 2}"
    assert other.file_name == f"{case.number}-{taken + 2}.pdf"


# --- drawing as work that waits in the database ---


def test_two_workers_draw_a_paper_once(case, place):
    paper = order(case, place.chair)
    assert [rendering.render(paper.pk), rendering.render(paper.pk)] == [True, False]
    paper.refresh_from_db()
    assert paper.attempts == 1


def test_a_paper_in_the_hands_of_a_dead_worker_is_drawn_when_its_lease_ends(case, place):
    rendering.render_waiting()
    paper = order(case, place.chair)
    Paper.objects.filter(pk=paper.pk).update(lease_until=clock.now() + rendering.LEASE, attempts=1)
    assert rendering.render_waiting() == (0, 0)
    with clock.fixed_at(clock.now() + rendering.LEASE + timedelta(seconds=1)):
        assert rendering.render_waiting() == (1, 1)


def test_a_paper_replaced_while_it_was_drawn_stays_void(case, place, monkeypatch):
    paper = order(case, place.chair)

    def slowly(drawn):
        order(case, place.chair, motive="Басқа дәлел.")
        return b"%PDF-1.7"

    monkeypatch.setattr(rendering, "draw", slowly)
    assert rendering.render(paper.pk) is False
    paper.refresh_from_db()
    assert (paper.state, paper.sha256) == (Paper.State.VOID, "")


def test_a_paper_that_cannot_be_drawn_is_tried_again_and_says_why(case, place, monkeypatch):
    paper = order(case, place.chair)

    def fails(drawn):
        raise drawing.CannotDraw("a glyph is missing")

    monkeypatch.setattr(rendering, "draw", fails)
    assert rendering.render(paper.pk) is False
    paper.refresh_from_db()
    assert (paper.state, paper.fault) == (Paper.State.WAITING, "a glyph is missing")
    assert paper.next_try_at > clock.now()


def test_one_bad_paper_keeps_no_other_waiting(case, place, monkeypatch, caplog):
    rendering.render_waiting()
    bad, good = order(case, place.chair), order(case, place.chair, kind="conclusion")

    def sometimes(drawn):
        if drawn.pk == bad.pk:
            raise AttributeError(f"no such thing in the paper of {case.applicant.full_name}")
        return b"%PDF-1.7"

    monkeypatch.setattr(rendering, "draw", sometimes)
    assert rendering.render_waiting() == (2, 1)
    for paper in (bad, good):
        paper.refresh_from_db()
    assert (bad.state, bad.fault, good.state) == (Paper.State.WAITING, "AttributeError", Paper.State.PREPARED)
    assert bad.next_try_at > clock.now()
    assert "AttributeError" in caplog.text
    assert case.applicant.full_name not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_paper_is_drawn(case, place, monkeypatch):
    paper, seen = order(case, place.chair), []

    def watched(drawn):
        seen.append(connection.in_atomic_block)
        return b"%PDF-1.7"

    monkeypatch.setattr(rendering, "draw", watched)
    assert rendering.render(paper.pk)
    assert seen == [False]


# --- what a paper must be told ---


def test_a_fact_that_is_missing_is_named_when_the_paper_is_ordered(case, place):
    facts = samples.facts("refusal")
    del facts["motive"]
    with pytest.raises(KeyError, match="refusal: motive"):
        papers.prepare(case, "refusal", facts, by=place.chair)


def test_a_sign_that_cannot_be_printed_is_refused_before_the_paper_waits(case, place):
    with pytest.raises(ValidationError) as refusal:
        order(case, place.chair, motive="Дәлел 🙂")
    assert refusal.value.code == "unprintable"
    assert "🙂" in refusal.value.messages[0]


def test_a_receipt_does_not_fail_for_the_name_of_a_file(case):
    facts = samples.facts("receipt", documents=[{"document": None, "name": "🙂 анықтама.pdf"}])
    paper = papers.prepare(case, "receipt", facts, by=SYSTEM, by_system=True)
    assert rendering.render(paper.pk)
