"""The record of a hearing takes two hands: the first press signs it, the second one makes the move."""

import pytest
from django.urls import reverse

from kazservices.cases.models import Recusal
from kazservices.documents import papers
from kazservices.documents.models import Paper
from tests import world
from tests.backoffice.conftest import page_of

pytestmark = pytest.mark.django_db
AWAITED = "Ожидается вторая подпись"


@pytest.fixture
def record(place, recipient):
    """A record that the secretary has prepared and that is drawn: the case and its paper."""
    case = world.to_hearing(recipient, place)
    hours = {"started_at": case.hearings.last().held_at.isoformat(), "ended_at": world.local("2026-04-01 11:30")}
    with world.at("2026-04-01 11:40"):
        paper = world.prepare(case, "record_hearing", by=place.secretary, **world.RECORD, **hours)
        papers.render(paper.pk)
    paper.refresh_from_db()
    return case, paper


@pytest.fixture(autouse=True)
def after_the_hearing(record):
    with world.at("2026-04-01 11:45"):
        yield


def sign_of(case, paper):
    return reverse("admin:sign", args=[case.ref, "record_hearing", paper.pk])


def press(client, case, paper):
    return client.post(sign_of(case, paper), {"sha256": paper.sha256, "seen": "0"}, follow=True).content.decode()


@pytest.mark.norm("CONS-10-7")
@pytest.mark.parametrize(("first", "second"), [("secretary", "chair"), ("chair", "secretary")])
def test_the_second_signature_makes_the_move(place, desk, record, first, second):
    case, paper = record
    opening, closing = desk(place.staff[first]), desk(place.staff[second])
    for _ in range(2):
        assert AWAITED in press(opening, case, paper)
    case.refresh_from_db()
    assert case.state == "hearing_called"
    assert AWAITED in opening.get(sign_of(case, paper)).content.decode()
    assert sign_of(case, paper) in closing.get(page_of(case)).content.decode()
    assert sign_of(case, paper) not in opening.get(page_of(case)).content.decode()
    assert AWAITED not in press(closing, case, paper)
    for row in (case, paper):
        row.refresh_from_db()
    assert (case.state, paper.state) == ("heard", Paper.State.ISSUED)
    assert {paper.signature.user, paper.countersignature.user} == {place.chair, place.secretary}
    assert paper.signature.sha256 == paper.countersignature.sha256 == paper.sha256


def test_what_was_typed_leaves_the_session_with_the_signature(place, desk, record):
    case, paper = record
    client = desk(place.secretary)
    session = client.session
    session["papers-being-signed"] = {f"{case.pk}/record_hearing": {"explanations": ["…"]}, "9/refuse": {}}
    session.save()
    press(client, case, paper)
    assert client.session["papers-being-signed"] == {"9/refuse": {}}


def undrawn(case, **more):
    known = {"kind": "conclusion", "number": "x", "facts": {}, "facts_digest": "x", "created_at": case.submitted_at}
    return Paper.objects.create(case_id=case.pk, **known, **more)


@pytest.mark.parametrize("state", [Paper.State.VOID, Paper.State.WAITING])
def test_a_paper_that_was_never_drawn_is_no_page(place, desk, record, state):
    paper = undrawn(record[0], state=state)
    assert desk(place.chair).get(reverse("admin:paper", args=[record[0].ref, paper.pk])).status_code == 404


def test_the_operator_sees_which_paper_cannot_be_drawn(place, desk, record):
    undrawn(record[0], fault="no such glyph", attempts=3)
    page = desk(place.operator).get(reverse("admin:sweeps")).content.decode()
    assert record[0].number in page
    assert "no such glyph" in page


@pytest.mark.parametrize("why", ["²", "-1", "9" * 40, "x"])
def test_a_question_about_no_clock_is_ignored(place, desk, record, why):
    assert desk(place.chair).get(page_of(record[0]), {"why": why}).status_code == 200


@pytest.mark.parametrize(("language", "words"), [("kk", "шеттетілгенсіз"), ("ru", "Вы отведены")])
def test_whoever_is_recused_reads_neither_the_case_nor_its_files(place, desk, record, language, words):
    case, paper = record
    Recusal.objects.create(case_id=case.pk, user=place.member1, reason="Туысы", noted_at=case.submitted_at)
    pages = [page_of(case), reverse("admin:paper", args=[case.ref, paper.pk])]
    for address in [*pages, reverse("admin:file", args=[case.ref, case.attachments.first().pk])]:
        answer = desk(place.member1, language).get(address)
        assert answer.status_code == 403
        assert words in answer.content.decode()
    assert desk(place.member2).get(page_of(case)).status_code == 200
