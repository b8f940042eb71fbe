"""An answer put right, or taken out of force: two people, a new paper; the seat goes to the waiting list."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.documents import papers
from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import HandMissing, MoveNotAllowed
from schools.admission import orders
from schools.admission.models import AdmissionApplication, Pool
from schools.admission.states import State
from tests import world
from tests.schools.admission import scene

BECAUSE = "Анықтама жалған болып шықты: № 3 акт."


@pytest.fixture
def answered(school):
    """Two seats and three children: two are admitted, the third is on the waiting list."""
    pool = scene.pool(school, seats=2)
    with world.at("2026-04-01 10:00"):
        cases = [scene.apply(school) for _n in range(3)]
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
    return pool, [AdmissionApplication.objects.get(pk=case.pk) for case in cases]


def of_two(case, move, school, second="academic", **facts):
    paper = prepare(case, move, by=school.head, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    for person in (school.head, school.staff[second]):
        papers.sign(paper, by=person, sha256=paper.sha256)
    return advance(case, move, by=school.head, document=paper)


def states(*cases):
    return [type(case).objects.get(pk=case.pk).state for case in cases]


def taken(pool):
    return Pool.objects.get(pk=pool.pk).taken


@pytest.mark.norm("LAW-5-2-9")
def test_the_seat_of_a_withdrawn_answer_is_offered_to_the_waiting_list_in_the_next_round(school, answered):
    pool, (first, second, third) = answered
    assert states(first, second, third) == ["admitted", "admitted", "listed"]
    with world.at("2026-04-03 10:00"):
        first = of_two(first, "withdraw_result", school, because=BECAUSE)
        assert (first.state, taken(pool), str(first.queue_day)) == (State.SUBMITTED, 1, "2026-04-03")
        assert first.papers.get(kind="admission_notice").state == "withdrawn"
        assert first.papers.get(kind="withdrawal").state == "issued"
        letters = first.notices.filter(letter="result_withdrawn", channel="cabinet")
        assert BECAUSE in letters.get().body
        assert first.deadlines.running().filter(rule="admission.answer").exists()
    with world.at("2026-04-06 10:00"):
        scene.confirm(school, pool)
    assert states(first, second, third) == ["no_seat", "admitted", "offered"]
    assert taken(pool) == 2


@pytest.mark.norm("LAW-5-2-9")
def test_whose_refusal_is_withdrawn_takes_part_in_the_next_round_by_his_old_place(school, answered):
    pool, (first, _second, third) = answered
    with world.at("2026-04-03 10:00"):
        third = of_two(third, "withdraw_result", school, because=BECAUSE)
        assert (third.state, third.refusal_grounds, taken(pool)) == (State.SUBMITTED, [], 2)
        assert third.papers.get(kind="admission_refusal").state == "withdrawn"
        advance(first, "withdraw", by=first.applicant.user)
    with world.at("2026-04-06 10:00"):
        scene.hold(school, pool)
    assert states(third) == ["admitted"]


@pytest.mark.norm("LAW-5-2-9")
def test_who_may_withdraw_an_answer_by_two_and_with_its_reason(school, answered):
    _pool, (first, *_others) = answered
    with world.at("2026-04-03 10:00"):
        for person in (school.auditor, school.operator, first.applicant.user):
            with pytest.raises(PermissionDenied):
                prepare(first, "withdraw_result", by=person, because=BECAUSE)
        with pytest.raises(ValidationError):
            prepare(first, "withdraw_result", by=school.head, because=" ")
        paper = prepare(first, "withdraw_result", by=school.academic, because=BECAUSE)
        papers.render(paper.pk)
        paper.refresh_from_db()
        for person in (school.academic, school.clerk):
            papers.sign(paper, by=person, sha256=paper.sha256)
        with pytest.raises(HandMissing):
            advance(first, "withdraw_result", by=school.academic, document=paper)


@pytest.mark.norm("ADM-3")
def test_after_the_order_no_answer_is_withdrawn(school, answered):
    pool, (first, *_others) = answered
    with world.at("2026-08-26 10:00"):
        order = orders.draw_up(pool, by=school.academic)
        world.make(order, "sign_order", school.head, order_number="101")
        first = AdmissionApplication.objects.get(pk=first.pk)
        assert first.state == State.ADMITTED  # named by the order, and not entered yet
        with pytest.raises(MoveNotAllowed):
            prepare(first, "withdraw_result", by=school.head, because=BECAUSE)
        sweeps.run("moves")
        with pytest.raises(MoveNotAllowed):
            prepare(first, "withdraw_result", by=school.head, because=BECAUSE)


def test_a_name_in_a_notice_is_put_right_by_two_and_the_answer_stays(school, answered):
    pool, (first, *_others) = answered
    old = first.papers.get(kind="admission_notice")
    wrong = old.facts["child"]["full_name"]
    slip = {"paper": old.pk, "wrong": wrong[:3], "right": "Баа", "reason": "Әріп қатесі."}
    with world.at("2026-04-03 10:00"):
        with pytest.raises(PermissionDenied):
            prepare(first, "correct", by=school.auditor, **slip)
        first = of_two(first, "correct", school, "clerk", **slip)
    new = first.papers.issued().get(kind="admission_notice")
    old.refresh_from_db()
    assert (first.state, taken(pool)) == (State.ADMITTED, 2)
    assert (old.state, old.replaced_by, new.corrects) == ("replaced", new, old)
    assert new.facts["child"]["full_name"] == wrong.replace(wrong[:3], "Баа")
    assert first.notices.filter(letter="corrected", channel="cabinet").exists()
