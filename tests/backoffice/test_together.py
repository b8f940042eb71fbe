"""One move in many cases: rehearsed, confirmed, a result for each; never one that asks for a form or a paper."""

import pytest

from kazservices.cases.models import Case
from tests import world
from tests.backoffice.test_queue import people

pytestmark = pytest.mark.set_ups

pytestmark = pytest.mark.django_db
TOGETHER = "/admin/together/"


@pytest.fixture
def three(place):
    """Three applications that wait for the chair to send them to the members."""
    with world.at("2026-03-26 10:00"):
        return [world.apply(user, place.office) for user in people(3)]


def chosen(cases, **more):
    return {"case": [str(case.ref) for case in cases], **more}


def sure(cases, move="send_to_members"):
    seen = {f"seen-{case.ref}": Case.objects.get(pk=case.pk).journal_count for case in cases}
    return chosen(cases, move=move, sure="1", **seen)


def states(cases):
    return [Case.objects.get(pk=case.pk).status for case in cases]


def test_the_queue_offers_boxes_to_whom_a_move_in_many_cases_is_open(place, desk, three):
    with world.at("2026-03-26 11:00"):
        assert TOGETHER in desk(place.chair).get("/admin/queue/").content.decode()
        assert TOGETHER not in desk(place.auditor).get("/admin/queue/").content.decode()


def test_only_moves_without_form_and_paper_are_offered(place, desk, three):
    with world.at("2026-03-26 11:00"):
        moves = desk(place.chair).post(TOGETHER, chosen(three)).context["moves"]
    assert [move.name for move in moves] == ["send_to_members"]


def test_a_rehearsal_keeps_nothing(place, desk, three):
    counts = [Case.objects.get(pk=case.pk).journal_count for case in three]
    with world.at("2026-03-26 11:00"):
        answer = desk(place.chair).post(TOGETHER, chosen(three, move="send_to_members"))
    assert [one.done for one in answer.context["results"]] == [True] * 3
    assert states(three) == ["with_chair"] * 3
    assert [Case.objects.get(pk=case.pk).journal_count for case in three] == counts


def test_one_that_was_overtaken_holds_up_no_other(place, desk, three):
    body = sure(three)
    with world.at("2026-03-26 11:00"):
        world.make(three[1], "send_to_members", place.chair)
        body[f"seen-{three[1].ref}"] = Case.objects.get(pk=three[1].pk).journal_count
        answer = desk(place.chair).post(TOGETHER, body)
    results = {one.case.pk: one for one in answer.context["results"]}
    assert [results[case.pk].done for case in three] == [True, False, True]
    assert results[three[1].pk].reason
    assert states(three) == ["with_members"] * 3


def test_the_same_confirmation_twice_writes_nothing_twice(place, desk, three):
    body = sure(three)
    client = desk(place.chair)
    with world.at("2026-03-26 11:00"):
        client.post(TOGETHER, body)
        again = client.post(TOGETHER, body)
    assert all(one.done and one.reason for one in again.context["results"])
    assert [case.journal.filter(move="send_to_members").count() for case in three] == [1, 1, 1]


def test_the_journal_says_that_it_was_one_of_many(place, desk, three):
    with world.at("2026-03-26 11:00"):
        desk(place.chair).post(TOGETHER, sure(three))
    assert {case.journal.get(move="send_to_members").kept.facts["through"] for case in three} == {"bulk"}


@pytest.mark.parametrize("move", ["refuse", "grant", "withdraw", "recuse", "no_such_move", "withdraw_result"])
def test_what_needs_a_form_or_a_paper_cannot_be_sent_by_hand(place, desk, three, move):
    with world.at("2026-03-26 11:00"):
        assert desk(place.chair).post(TOGETHER, sure(three, move)).status_code == 403
    assert states(three) == ["with_chair"] * 3


def test_who_lacks_the_role_gets_a_reason_for_each_case(place, desk, three):
    with world.at("2026-03-26 11:00"):
        answer = desk(place.member1).post(TOGETHER, sure(three))
    assert not any(one.done for one in answer.context["results"])
    assert states(three) == ["with_chair"] * 3


def test_a_case_of_another_office_is_403_and_nothing_is_done(place, desk, three):
    other = world.build_place("07", "Басқа аудан әкімдігі")
    with world.at("2026-03-26 11:00"):
        assert desk(other.chair).post(TOGETHER, sure(three)).status_code == 403
    assert states(three) == ["with_chair"] * 3


@pytest.mark.parametrize("body", [{}, {"case": ["x", "☺"]}, {"case": ["not-a-ref"] * 60}])
def test_without_a_case_the_page_says_what_to_do(place, desk, body):
    assert desk(place.chair).post(TOGETHER, body).status_code == 422


def test_more_than_fifty_are_refused(place, desk, three):
    many = [str(three[0].ref), *(f"00000000-0000-4000-8000-{n:012d}" for n in range(60))]
    with world.at("2026-03-26 11:00"):
        assert desk(place.chair).post(TOGETHER, {"case": many}).status_code == 422


def test_who_opens_its_address_as_after_a_change_of_the_language_comes_to_the_queue(place, desk):
    answer = desk(place.chair).get(TOGETHER)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/queue/")
