"""What follows a round: notices, refusals, contract, order, a reopened case; each paper says what the law wants."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.offices.actors import SYSTEM
from schools.admission import orders, seats
from schools.admission.models import AdmissionApplication, Charter, LateEntry, Pool
from schools.admission.states import STAGES, State
from tests import world
from tests.documents.test_of_the_commission import text_of

from . import scene
from .test_rounds import day_of, states

pytestmark = pytest.mark.django_db


def admitted(school, pool, row="l"):
    cases = day_of(row, school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
    return [AdmissionApplication.objects.get(pk=case.pk) for case in cases]


def test_every_state_has_a_stage():
    assert set(STAGES) == set(State)


@pytest.mark.norm("ADM-9-4", "ADM-S5-2", "ADM-2")
def test_the_notice_says_from_when_and_links_the_charter(school, pool):
    Charter.objects.create(office=school.office, url="https://school.example/charter", approved="№ 1, 2020")
    (case,) = admitted(school, pool)
    notice = case.papers.get(kind="admission_notice")
    assert (notice.state, notice.facts["begins_on"], notice.facts["on_paper"]) == ("issued", "2026-09-01", False)
    assert (notice.facts.get("charter") or {}).get("url") == "https://school.example/charter"
    assert notice.signed_by == school.head
    letter = case.notices.get(letter="admitted", channel="cabinet")
    assert "1 қыркүйек" in letter.subject
    assert "(қазақ тілінде)" in letter.body


@pytest.mark.norm("ADM-9-6a", "ADM-S5-5")
def test_who_applied_on_paper_gets_the_receipt_on_paper_within_a_day(school, pool):
    with world.at("2026-04-01 10:00"):
        case = scene.apply_on_paper(school)
        assert case.deadlines.get(rule="admission.answer").due_on == date(2026, 4, 2)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
    notice = case.papers.get(kind="admission_notice")
    assert (notice.facts["on_paper"], notice.facts["begins_on"]) == (True, "2026-09-01")
    assert case.deadlines.get(rule="admission.answer").outcome == "met"


@pytest.mark.norm("ADM-8", "ADM-S5-4", "ADM-S9-3")
def test_a_refusal_prints_its_ground_its_motive_and_the_way_to_the_education_body(school, pool):
    case = admitted(school, pool, "lllll")[4]
    refusal = case.papers.get(kind="admission_refusal")
    assert case.state == State.LISTED
    assert [ground["code"] for ground in refusal.facts["grounds"]] == ["3"]
    assert "шамадан тыс толуы" in refusal.facts["grounds"][0]["text"]["kk"]
    assert "4" in refusal.facts["motive"]["kk"]
    assert refusal.facts["education_body"]["kk"] == "Қалалық білім басқармасы"
    assert case.notices.filter(letter="refused_full", channel="cabinet").exists()


@pytest.mark.norm("ADM-8")
@pytest.mark.drawn
def test_the_way_to_the_education_body_stands_on_the_drawn_paper(school, pool):
    case = admitted(school, pool, "lllll")[4]
    text = text_of(case.papers.get(kind="admission_refusal"))
    assert "білім беруді басқарудың жергілікті органдарына жүгінеді" in text
    assert "Қалалық білім басқармасы" in text


@pytest.mark.norm("ADM-S9-1", "ADM-S9-2", "ADM-S5-4")
@pytest.mark.parametrize("ground", ["1", "2"])
def test_grounds_one_and_two_are_decided_before_the_round_and_take_no_part_in_it(school, pool, ground):
    first, second = day_of("ll", school)
    with world.at("2026-04-02 09:30"):
        for grounds, motive in ((["3"], "Орын жоқ."), ([], "Себебі бар."), ([ground], " ")):
            with pytest.raises(ValidationError):
                world.make(first, "refuse", school.head, grounds=grounds, motive=motive)
        with pytest.raises(PermissionDenied):
            prepare(first, "refuse", by=school.clerk, grounds=[ground], motive="Анықтама жалған.")
        refused = world.make(first, "refuse", school.head, grounds=[ground], motive="Анықтама жалған.")
        scene.confirm(school, pool)
    assert (refused.state, refused.motive) == (State.REFUSED, "Анықтама жалған.")
    assert refused.notices.filter(letter="admission_refused", channel="cabinet").exists()
    assert states(second) == ["seated"]
    with world.at("2026-04-02 11:00"), pytest.raises(MoveNotAllowed):
        world.make(second, "refuse", school.head, grounds=[ground], motive="Кеш.")


@pytest.mark.norm("ADM-5")
def test_the_head_concludes_the_contract_once(school, pool):
    (case,) = admitted(school, pool)
    with world.at("2026-04-03 10:00"):
        with pytest.raises(PermissionDenied):
            prepare(case, "conclude_contract", by=school.clerk)
        case = world.make(case, "conclude_contract", school.head)
        with pytest.raises(MoveNotAllowed):
            prepare(case, "conclude_contract", by=school.head)
    contract = case.papers.get(kind="school_contract")
    assert (contract.state, contract.facts["child"]["full_name"]) == ("issued", case.child.full_name)


class TestOrder:
    @pytest.mark.norm("ADM-9-6c", "DATE-ADM-ORDER")
    @pytest.mark.parametrize(("moment", "open_"), [("2026-08-25 18:00", False), ("2026-08-26 09:00", True)])
    def test_the_order_on_the_first_class_is_signed_from_26_august(self, school, pool, moment, open_):
        admitted(school, pool)
        with world.at(moment):
            order = orders.draw_up(pool, by=school.academic)
            if not open_:
                with pytest.raises(MoveNotAllowed):
                    prepare(order, "sign_order", by=school.head, order_number="101")
                return
            assert world.make(order, "sign_order", school.head, order_number="101").state == "signed"

    @pytest.mark.norm("ADM-3", "ADM-S5-1", "ADM-9-6c")
    def test_only_by_the_heads_order_does_a_child_become_a_pupil(self, school, pool):
        case, other = admitted(school, pool, "lo")
        with world.at("2026-08-26 10:00"):
            sweeps.run("moves")
            assert states(case) == ["admitted"]
            order = orders.draw_up(pool, by=school.academic)
            with pytest.raises(PermissionDenied):
                prepare(order, "sign_order", by=school.academic, order_number="101")
            with pytest.raises(ValidationError):
                prepare(order, "sign_order", by=school.head, order_number=" ")
            order = world.make(order, "sign_order", school.head, order_number="101")
            sweeps.run("moves")
        assert states(case, other) == ["enrolled", "enrolled"]
        paper = order.papers.get(kind="enrolment_order")
        assert (paper.facts["order"]["number"], paper.facts["order"]["on"]) == ("101", "2026-08-26")
        assert {row["number"] for row in paper.facts["children"]} == {case.number, other.number}
        assert (order.order_number, order.order_date) == ("101", date(2026, 8, 26))
        assert case.notices.filter(letter="enrolled", channel="cabinet").exists()

    def test_one_order_of_a_grade_is_drawn_up_at_a_time_and_only_for_somebody(self, school, pool):
        with world.at("2026-08-26 10:00"), pytest.raises(ValidationError):
            orders.draw_up(pool, by=school.head)
        admitted(school, pool)
        with world.at("2026-08-26 10:00"):
            order = orders.draw_up(pool, by=school.head)
            with pytest.raises(ValidationError):
                orders.draw_up(pool, by=school.head)
            advance(order, "drop", by=school.head)
            with pytest.raises(PermissionDenied):
                orders.draw_up(pool, by=school.clerk)
            orders.draw_up(pool, by=school.head)


class TestLatePaper:
    """A paper that is entered after the day on which it came."""

    @pytest.fixture
    def late(self, school, pool):
        day_of("lll", school)
        with world.at("2026-04-02 09:10"):
            return scene.apply_on_paper(school)

    def test_it_takes_its_own_place_once_a_second_person_agrees(self, school, pool, late):
        said = {"received_at": world.local("2026-04-01 09:30"), "reason": "Кешке жиналыс болды."}
        with world.at("2026-04-02 09:20"):
            case = advance(late, "enter_late", by=school.clerk, **said)
            assert case.queue_day == date(2026, 4, 2)
            with pytest.raises(ValidationError) as told:
                advance(case, "confirm_late", by=school.clerk)
            assert told.value.code == "second_person"
            case = advance(case, "confirm_late", by=school.clerk2)
            assert case.queue_day == date(2026, 4, 1)
        with world.at("2026-04-02 10:00"):
            assert scene.confirm(school, pool).input["fresh"][0] == [case.pk, True]

    def test_it_never_displaces_an_answer_already_given(self, school, pool, late):
        said = {"received_at": world.local("2026-04-01 09:30"), "reason": "Кешке жиналыс болды."}
        with world.at("2026-04-02 09:20"):
            case = advance(late, "enter_late", by=school.clerk, **said)
        with world.at("2026-04-02 10:00"):
            scene.confirm(school, pool)
            with pytest.raises(ValidationError):
                advance(case, "confirm_late", by=school.head)
            with pytest.raises(ValidationError):
                advance(case, "enter_late", by=school.clerk, **said)
        assert LateEntry.objects.get().confirmed_by is None
        assert states(case) == ["submitted"]

    @pytest.mark.parametrize(("received_at", "reason"), [("2026-04-02 09:30", "Себеп"), ("2026-04-01 09:30", " ")])
    def test_it_wants_an_earlier_time_and_a_reason(self, school, pool, late, received_at, reason):
        with world.at("2026-04-02 09:40"), pytest.raises(ValidationError):
            advance(late, "enter_late", by=school.clerk, received_at=world.local(received_at), reason=reason)

    def test_what_came_through_the_portal_has_the_servers_instant(self, school, pool):
        (case,) = day_of("l", school)
        with world.at("2026-04-02 09:20"), pytest.raises(MoveNotAllowed):
            advance(case, "enter_late", by=school.clerk, received_at=world.local("2026-04-01 08:00"), reason="Себеп")


@pytest.mark.norm("ADM-4")
def test_nothing_that_is_stored_of_an_applicant_or_a_seat_knows_of_preparation_or_ability():
    names = {field.name for model in (AdmissionApplication, Pool) for field in model._meta.get_fields()}
    assert not {name for name in names if any(word in name for word in ("score", "ability", "level", "mark", "test"))}


@pytest.mark.norm("ADM-4")
def test_two_children_of_one_side_are_told_apart_by_the_instant_alone(school, pool):
    with world.at("2026-04-01 10:00"):
        first = scene.apply(school, answers={"special_needs": True})
    with world.at("2026-04-01 10:01"):
        second = scene.apply(school, child=scene.known_child(777, "2015-01-01"))
    with world.at("2026-04-02 10:00"):
        assert [child for child, _local in scene.confirm(school, pool).input["fresh"]] == [first.pk, second.pk]


@pytest.mark.norm("LAW-5-2-9")
def test_an_upheld_complaint_brings_the_case_into_the_next_round_by_its_old_place(school, pool):
    case = admitted(school, pool, "lllll")[4]
    with world.at("2026-04-06 10:00"):
        seats.set_seats(pool, 5, by=school.head, reason="Шағым")
        with pytest.raises(PermissionDenied):
            advance(case, "reopen", by=school.head, because="№ 3 шешім")
        case = advance(case, "reopen", by=SYSTEM, because="№ 3 шешім")
        assert (case.state, case.queue_day) == (State.SUBMITTED, date(2026, 4, 6))
        assert case.papers.get(kind="admission_refusal").state == "withdrawn"
    with world.at("2026-04-07 10:00"):
        scene.hold(school, pool)
    assert states(case) == ["admitted"]


def test_the_side_is_corrected_with_a_reason_until_the_round_is_confirmed(school, pool):
    (case,) = day_of("l", school)
    with world.at("2026-04-02 09:30"):
        with pytest.raises(ValidationError):
            advance(case, "correct_side", by=school.clerk, local=False, reason="")
        case = advance(case, "correct_side", by=school.clerk, local=False, reason="Үйдің нөмірі басқа.")
        assert (case.local, case.side_because) == (False, "Үйдің нөмірі басқа.")
        scene.confirm(school, pool)
        with pytest.raises(MoveNotAllowed):
            advance(case, "correct_side", by=school.clerk, local=True, reason="Қайта.")


def test_who_applied_on_paper_takes_back_or_takes_the_seat_at_the_counter(school, pool):
    with world.at("2026-04-01 10:00"):
        paper = [scene.apply_on_paper(school) for _n in range(5)]
        portal = scene.apply(school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        advance(paper[0], "record_withdrawal", by=school.clerk)
        with pytest.raises(MoveNotAllowed):
            advance(portal, "record_withdrawal", by=school.clerk)
    with world.at("2026-04-03 10:00"):
        scene.confirm(school, pool)
        case = advance(paper[4], "record_acceptance", by=school.clerk)
        assert world.make(case, "admit_from_list", school.head).state == State.ADMITTED
