"""A move at the desk: its form, its paper, its errors; one move however often the button is pressed."""

import re

import pytest
from django.urls import reverse

from conscription.models import Opinion
from kazservices.cases.models import Applicant
from kazservices.documents import papers
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role
from tests import world
from tests.backoffice.conftest import move_of, page_of


def seen(case):
    return str(type(case).objects.get(pk=case.pk).journal_count)


def render_all(case):
    for paper in case.papers.filter(state="waiting"):
        papers.render(paper.pk)


def hearing(case, **other):
    facts = {
        "seen": seen(case),
        "day": "2026-04-01",
        "hour": "11:00",
        "place": "214-кабинет",
        "method": "in_person",
        "way": "in_person",
        "grounds": ["2"],
        "motive": "Оқу мерзімі аяқталған.",
    }
    return {**facts, **other}


@pytest.mark.norm("CONS-10-2")
def test_the_chair_sends_an_application_to_the_members(place, recipient, desk):
    with world.at("2026-03-20 17:00"):
        case = world.apply(recipient, place.office)
    with world.at("2026-03-26 10:00"):
        answer = desk(place.chair).post(move_of(case, "send_to_members"), {"seen": seen(case)})
    assert (answer.status_code, answer.url) == (302, page_of(case))
    case.refresh_from_db()
    assert case.state == "with_members"


def test_a_double_click_makes_one_move(place, recipient, desk):
    case = world.to_members(recipient, place)
    client, form = desk(place.member1), {"seen": seen(case), "decision": "approve"}
    with world.at("2026-03-27 10:00"):
        first = client.post(move_of(case, "give_opinion"), form)
        second = client.post(move_of(case, "give_opinion"), form)
        said = client.get(second.url).content.decode()
    assert (first.status_code, second.status_code) == (302, 302)
    assert Opinion.objects.filter(case_id=case.pk, member=place.member1).count() == 1
    assert case.journal.filter(move="give_opinion").count() == 1
    assert "ничего не записано дважды" in said


def test_a_changed_opinion_sent_twice_is_written_once(place, recipient, desk):
    case = world.to_heard(recipient, place)
    client, form = desk(place.member1), {"seen": seen(case), "decision": "approve"}
    with world.at("2026-04-01 15:00"):
        for _ in range(2):
            assert client.post(move_of(case, "revise_opinion"), form).status_code == 302
    assert Opinion.objects.filter(case_id=case.pk, member=place.member1, round=2).count() == 1


@pytest.mark.norm("CONS-10-3")
@pytest.mark.parametrize(("language", "words"), [("kk", "пікір беріп қойдыңыз"), ("ru", "уже")])
def test_a_member_who_votes_twice_is_told_so(place, recipient, desk, language, words):
    case = world.to_members(recipient, place)
    with world.at("2026-03-27 10:00"):
        world.make(case, "give_opinion", place.member1, decision="approve")
        answer = desk(place.member1, language).post(
            move_of(case, "give_opinion"),
            {"seen": seen(case), "decision": "refuse", "ground": "2", "motive": "Ойландым"},
        )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Ойландым" in answer.content.decode()
    assert Opinion.objects.get(case_id=case.pk).decision == "approve"


@pytest.mark.norm("CONS-10-3")
def test_an_opinion_after_the_clock_is_not_taken_and_not_lost(place, recipient, desk):
    case = world.to_members(recipient, place)
    with world.at("2026-03-27 18:31"):
        answer = desk(place.member1).post(
            move_of(case, "give_opinion"),
            {"seen": seen(case), "decision": "refuse", "ground": "2", "motive": "Кешіктім"},
        )
    assert answer.status_code == 409
    assert "Кешіктім" in answer.content.decode()
    assert not Opinion.objects.filter(case_id=case.pk).exists()


@pytest.mark.norm("CONS-10-7")
@pytest.mark.parametrize(
    "wrong",
    [
        ({"hour": "13:30"}, "hour"),
        ({"hour": "19:00"}, "hour"),
        ({"day": "2026-03-28"}, "day"),
        ({"day": "2026-03-27"}, "day"),
        ({"day": "2026-04-03"}, "day"),
        ({"day": "30 ақпан"}, "day"),
        ({"hour": "25:61"}, "hour"),
        ({"motive": "   "}, "motive"),
        ({"grounds": []}, "grounds"),
        ({"grounds": ["9"]}, "grounds"),
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_wrong_hearing_is_refused_at_its_field_and_nothing_is_lost(place, recipient, desk, wrong, language):
    other, field = wrong
    case = world.to_opinions(recipient, place)
    with world.at("2026-03-30 10:00"):
        answer = desk(place.chair, language).post(move_of(case, "call_hearing"), hearing(case, **other))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="call_hearing_{field}-error"' in said
    assert ("Қате:" if language == "kk" else "Ошибка:") in said
    assert "214-кабинет" in said
    case.refresh_from_db()
    assert (case.state, case.hearings.count(), case.papers.exclude(kind="receipt").count()) == ("opinions_in", 0, 0)


@pytest.mark.norm("CONS-10-5", "CONS-10-6")
def test_the_chair_reads_the_paper_and_signs_exactly_these_bytes(place, recipient, desk):
    case = world.to_opinions(recipient, place)
    client = desk(place.chair)
    with world.at("2026-03-30 10:00"):
        address = client.post(move_of(case, "call_hearing"), hearing(case)).url
        case.refresh_from_db()
        assert case.state == "opinions_in"
        render_all(case)
        page = client.get(address).content.decode()
        sha256 = re.search(r'name="sha256" value="([0-9a-f]{64})"', page)[1]
        paper = case.papers.get(kind="preliminary_decision")
        pdf = client.get(reverse("admin:paper", args=[case.ref, paper.pk]))
        assert pdf.content.startswith(b"%PDF")
        wrong = client.post(address, {"sha256": "0" * 64})
        case.refresh_from_db()
        assert case.state == "opinions_in"
        assert wrong.status_code == 302
        right = client.post(address, {"sha256": sha256})
        again = client.post(address, {"sha256": sha256})
    case.refresh_from_db()
    assert right.url == again.url == page_of(case)
    assert case.state == "hearing_called"
    assert case.journal.filter(move="call_hearing").count() == 1


def test_a_paper_whose_facts_have_changed_is_not_issued_and_the_words_are_kept(place, recipient, desk):
    case = world.to_opinions(recipient, place)
    client = desk(place.chair)
    with world.at("2026-03-30 10:00"):
        address = client.post(move_of(case, "call_hearing"), hearing(case, motive="Менің дәлелім")).url
        render_all(case)
        paper = case.papers.get(kind="preliminary_decision")
        Applicant.objects.update(full_name="Басқа Аты")
        answer = client.post(address, {"sha256": paper.sha256})
        page = client.get(answer.url).content.decode()
    case.refresh_from_db()
    assert case.state == "opinions_in"
    assert "Менің дәлелім" in page
    assert 'value="11:00"' in page


def test_a_paper_that_is_still_being_drawn_is_waited_for(place, recipient, desk):
    case = world.to_opinions(recipient, place)
    client = desk(place.chair)
    with world.at("2026-03-30 10:00"):
        address = client.post(move_of(case, "call_hearing"), hearing(case)).url
        case.papers.filter(kind="preliminary_decision").update(state="waiting")
        page = client.get(address).content.decode()
        paper = case.papers.get(kind="preliminary_decision")
        assert client.get(reverse("admin:paper", args=[case.ref, paper.pk])).status_code == 404
    assert "data-look-again" in page
    assert "sha256" not in page


@pytest.mark.norm("CONS-10-4")
@pytest.mark.parametrize(("language", "words"), [("kk", "басқа маман"), ("ru", "другой сотрудник")])
def test_of_two_chairs_who_decide_at_once_one_wins_and_the_other_keeps_his_words(
    place, recipient, desk, language, words
):
    case = world.to_opinions(recipient, place)
    commission = Staff.objects.get(user=place.chair).commission
    second = world.build_staff(place.office, "chair2", Role.CHAIR, commission)
    opened = seen(case)
    with world.at("2026-03-30 10:00"):
        world.make(case, "grant", place.chair, motive="Келісемін")
        answer = desk(second, language).post(
            move_of(case, "call_hearing"), hearing(case, seen=opened, motive="Мен ойлаған дәлел")
        )
    said = answer.content.decode()
    assert answer.status_code == 409
    assert words in said
    assert "Chair 03" in said
    assert "Мен ойлаған дәлел" in said
    case.refresh_from_db()
    assert (case.state, case.decided_by) == ("granted", place.chair)


def test_a_second_chair_who_has_the_paper_open_is_told_that_the_case_was_decided(place, recipient, desk):
    case = world.to_opinions(recipient, place)
    commission = Staff.objects.get(user=place.chair).commission
    second = world.build_staff(place.office, "chair2", Role.CHAIR, commission)
    client = desk(second)
    with world.at("2026-03-30 10:00"):
        address = client.post(move_of(case, "call_hearing"), hearing(case)).url
        render_all(case)
        opened, paper = seen(case), case.papers.get(kind="preliminary_decision")
        world.make(case, "grant", place.chair, motive="Келісемін")
        answer = client.post(address, {"sha256": paper.sha256, "seen": opened})
    assert answer.status_code == 409
    assert "Chair 03" in answer.content.decode()
    case.refresh_from_db()
    assert (case.state, case.hearings.count()) == ("granted", 0)


def test_a_move_that_is_not_open_says_why(place, recipient, desk):
    case = world.to_hearing(recipient, place)
    with world.at("2026-03-31 10:00"):
        page = desk(place.secretary).get(move_of(case, "record_hearing"))
    assert page.status_code == 200
    assert "<form" in page.content.decode()  # the language, the search
    assert 'name="explanations"' not in page.content.decode()
    assert "заслушивание" in page.content.decode().lower()
