"""The day's round over the real cases: who confirms it, when, in what order, and what it leaves."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kazservices.flow import sweeps
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from schools.admission import rounds, seats
from schools.admission.models import AdmissionApplication, Pool, Round
from schools.admission.states import HOLDING, State
from tests import world

from . import scene

pytestmark = pytest.mark.django_db


def states(*cases):
    return [AdmissionApplication.objects.get(pk=case.pk).state for case in cases]


def day_of(letters, school, day="2026-04-01", hour=10):
    """«llo»: children filed a minute apart on one day, of the area and from outside."""
    made = []
    for minute, letter in enumerate(letters):
        with world.at(f"{day} {hour}:{minute:02d}"):
            made.append(scene.apply(school, at_home=scene.INSIDE if letter == "l" else scene.OUTSIDE))
    return made


@pytest.mark.norm("ADM-9-5", "ADM-S5-3")
def test_three_of_the_area_then_one_from_outside(school, pool):
    cases = day_of("ollll", school)
    with world.at("2026-04-02 10:00"):
        round_ = scene.confirm(school, pool)
    assert states(*cases) == ["seated", "seated", "seated", "seated", "no_seat"]
    pool.refresh_from_db()
    assert (pool.taken, pool.counter, round_.counter_after, round_.seats_after) == (4, 0, 0, 0)


@pytest.mark.norm("ADM-9-6b")
def test_paper_and_portal_stand_in_one_queue_by_the_instant(school, pool):
    with world.at("2026-04-01 10:00"):
        paper = scene.apply_on_paper(school)
    with world.at("2026-04-01 10:01"):
        portal = scene.apply(school)
    with world.at("2026-04-02 10:00"):
        assert [answer.key for answer in rounds.proposed(pool).outcome.answers] == [paper.pk, portal.pk]


@pytest.mark.norm("ADM-9-5", "ADM-S7-2")
def test_the_list_is_final_at_the_closing_hour_and_confirmed_from_the_next_opening(school, pool):
    day_of("l", school)
    for moment in ("2026-04-01 17:00", "2026-04-01 18:40", "2026-04-02 08:59"):
        with world.at(moment), pytest.raises(ValidationError) as told:
            scene.confirm(school, pool)
        assert told.value.code == "not_final"
    with world.at("2026-04-02 09:00"):
        scene.confirm(school, pool)


@pytest.mark.norm("ADM-9-6b", "ADM-9-6a")
def test_a_paper_application_too_waits_for_the_round_of_its_day(school, pool):
    with world.at("2026-04-01 10:00"):
        paper = scene.apply_on_paper(school)
    with world.at("2026-04-01 18:31"), pytest.raises(ValidationError) as told:
        scene.confirm(school, pool)
    assert (told.value.code, states(paper)) == ("not_final", ["submitted"])
    with world.at("2026-04-02 09:00"):
        scene.hold(school, pool)
    assert states(paper) == ["admitted"]


@pytest.mark.norm("ADM-9-5")
def test_only_the_head_of_the_school_confirms(school, pool):
    day_of("l", school)
    other = scene.build_school("52", "№ 6 мектеп", area="")
    with world.at("2026-04-02 10:00"):
        for person in (school.clerk, school.auditor, other.head):
            with pytest.raises(PermissionDenied):
                scene.confirm(school, pool, by=person)


@pytest.mark.norm("ADM-9-5")
def test_the_head_confirms_exactly_what_he_was_shown(school, pool):
    cases = day_of("ll", school)
    with world.at("2026-04-02 10:00"):
        shown = rounds.proposed(pool)
        advance(cases[0], "correct_side", by=school.clerk, local=False, reason="Көшенің екінші беті.")
        with pytest.raises(rounds.RoundChanged):
            rounds.confirm(pool, by=school.head, sha256=shown.sha256)
    assert not Round.objects.exists()


@pytest.mark.norm("ADM-9-5")
def test_rounds_run_in_the_order_of_days_and_the_counter_is_kept(school, pool):
    day_of("ll", school, "2026-04-01")
    day_of("lo", school, "2026-04-02")
    with world.at("2026-04-03 10:00"):
        assert scene.confirm(school, pool).day == date(2026, 4, 1)
        with pytest.raises(ValidationError) as told:
            scene.confirm(school, pool)
        assert told.value.code == "unsigned"
        scene.answer(school, pool)
        second = scene.confirm(school, pool)
    assert (second.day, second.input["counter"], second.counter_after) == (date(2026, 4, 2), 2, 0)


def test_filed_after_hours_takes_part_in_the_next_days_round(school, pool):
    with world.at("2026-04-01 18:45"):
        case = scene.apply(school)
    assert case.queue_day == date(2026, 4, 2)


def test_who_withdraws_after_the_list_is_final_still_takes_his_turn_and_his_seat_is_free_next_time(school, pool):
    cases = day_of("llll", school)
    with world.at("2026-04-02 09:30"):
        advance(cases[0], "withdraw", by=cases[0].applicant.user)
    with world.at("2026-04-02 10:00"):
        round_ = scene.confirm(school, pool)
    assert states(*cases) == ["withdrawn", "seated", "seated", "seated"]
    pool.refresh_from_db()
    assert (pool.taken, round_.counter_after) == (3, 3)
    day_of("l", school, "2026-04-02", hour=15)
    with world.at("2026-04-03 10:00"):
        scene.answer(school, pool)
        assert rounds.proposed(pool).input.seats == 1


def test_a_freed_seat_goes_to_the_waiting_list_at_the_next_round_as_an_offer_of_one_working_day(school, pool):
    cases = day_of("llllll", school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
    assert states(*cases) == ["admitted"] * 4 + ["listed"] * 2
    with world.at("2026-04-02 15:00"):
        advance(cases[1], "withdraw", by=cases[1].applicant.user)
    with world.at("2026-04-02 16:00"):
        assert rounds.proposed(pool) is None
    with world.at("2026-04-03 09:30"):
        scene.confirm(school, pool)
        assert states(*cases[4:]) == ["offered", "listed"]
        offer = cases[4].deadlines.get(rule="admission.offer")
    assert offer.due_at == world.datetime(2026, 4, 6, 18, 30, tzinfo=world.ALMATY)


def offered(school, pool):
    cases = day_of("lllll", school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
    with world.at("2026-04-02 15:00"):
        advance(cases[1], "withdraw", by=cases[1].applicant.user)
    with world.at("2026-04-03 09:30"):
        scene.confirm(school, pool)
    return cases


@pytest.mark.norm("ADM-9-4", "ADM-S3-1")
def test_the_accepted_offer_makes_a_new_decision_linked_to_the_refusal(school, pool):
    case = offered(school, pool)[4]
    with world.at("2026-04-06 12:00"):
        case = advance(case, "accept_offer", by=case.applicant.user)
        new = case.deadlines.get(rule="admission.offer_answer")
        assert new.due_at == world.datetime(2026, 4, 7, 18, 30, tzinfo=world.ALMATY)  # Tue: one working day
        case = world.make(case, "admit_from_list", school.head)
    assert (case.state, case.refusal_grounds, case.motive) == (State.ADMITTED, [], "")
    assert case.notices.filter(letter="admitted", channel="cabinet").count() == 1
    refusal, notice = case.papers.get(kind="admission_refusal"), case.papers.get(kind="admission_notice")
    assert (refusal.state, refusal.withdrawn_by, notice.state) == ("withdrawn", notice, "issued")
    assert notice.facts["replaces"]["number"] == refusal.number


def test_an_offer_that_nobody_answers_lapses_and_its_seat_is_offered_on(school, pool):
    case = offered(school, pool)[4]
    with world.at("2026-04-06 18:31"):
        sweeps.run("moves")
    assert states(case) == ["refused"]
    pool.refresh_from_db()
    assert pool.free == 1


@pytest.mark.norm("ADM-9-5")
def test_a_round_that_was_shown_before_an_offer_lapsed_is_shown_again(school, pool):
    case = offered(school, pool)[4]
    day_of("l", school, "2026-04-06")
    with world.at("2026-04-07 09:10"):  # the sweep that lets offers lapse has not come by since Monday, 18:30
        shown = rounds.proposed(pool)
        assert shown.input.seats == 0
        with pytest.raises(rounds.RoundChanged):
            rounds.confirm(pool, by=school.head, sha256=shown.sha256)
        sweeps.run("moves")
        assert scene.confirm(school, pool).input["seats"] == 1
    assert states(case) == ["refused"]


def test_nobody_takes_an_offer_while_another_application_of_the_child_lives(school, pool):
    case = offered(school, pool)[4]
    other = scene.build_school("52", "№ 6 мектеп", area="")
    scene.pool(other)
    with world.at("2026-04-03 12:00"):
        said = {"iin": case.child.iin, "relation": "parent", "found": "found", "kin": "confirmed",
                "full_name": "Бала", "born": "2020-03-01"}  # fmt: skip
        elsewhere = scene.apply(other, user=case.applicant.user, child=said)
        with pytest.raises(MoveNotAllowed):
            advance(case, "accept_offer", by=case.applicant.user)
        advance(elsewhere, "withdraw", by=case.applicant.user)
        advance(case, "accept_offer", by=case.applicant.user)
    assert states(case) == ["accepted"]


def test_capacity_is_never_set_below_the_seats_given_and_offered(school, pool):
    day_of("lll", school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        with pytest.raises(ValidationError) as told:
            seats.set_seats(pool, 2, by=school.head, reason="Сынып жабылды")
        assert told.value.error_dict["seats"][0].params == {"taken": 3}
        assert seats.set_seats(pool, 3, by=school.head, reason="Сынып жабылды").free == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(seats=2)


def test_new_seats_count_from_the_round_of_the_day_on_which_they_were_set(school, pool):
    day_of("lllll", school)
    with world.at("2026-04-02 09:30"):
        seats.set_seats(pool, 9, by=school.head, reason="Жаңа сынып")
        assert rounds.proposed(pool).input.seats == 4


def test_any_round_can_be_replayed(school, pool):
    day_of("olllol", school)
    with world.at("2026-04-02 10:00"):
        round_ = scene.confirm(school, pool)
    assert rounds.is_true(round_)
    round_.answers[0][1] = "refuse"
    assert not rounds.is_true(round_)


def test_the_pool_counts_exactly_those_who_hold_a_seat(school, pool):
    offered(school, pool)
    pool.refresh_from_db()
    assert pool.taken == AdmissionApplication.objects.filter(pool=pool, state__in=HOLDING).count()


def test_the_order_of_saving_changes_no_answer(school):
    children = [True, False, True, True, False, True, True]
    told = []
    for code, street, order in (("61", "Жеңіс", list), ("62", "Бәйтерек", lambda rows: rows[::-1])):
        other = scene.build_school(code, f"№ {code} мектеп", area=f"street;from;to;side;border\n{street};;;;\n")
        pool = scene.pool(other, seats=4)
        for minute, local in order(list(enumerate(children))):
            with world.at(f"2026-04-01 10:{minute:02d}"):
                scene.apply(other, at_home=(street, "1") if local else scene.OUTSIDE)
        with world.at("2026-04-02 10:00"):
            round_ = scene.confirm(other, pool)
        minutes = {case.pk: case.received_at.minute for case in AdmissionApplication.objects.filter(pool=pool)}
        told.append([(minutes[row[0]], row[1]) for row in round_.answers])
    assert told[0] == told[1]
