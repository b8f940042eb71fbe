"""Each move of the contest by its own hand alone, each condition by itself, and each letter that the rules want."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.manifest import manifest_of
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Role
from schools.contest.models import ContestCampaign
from schools.contest.states import CampaignState
from tests import world as common
from tests.schools.contest import world

pytestmark = pytest.mark.django_db


def of(norm, *case):
    return pytest.param(*case, marks=pytest.mark.norm(norm), id="-".join(case))


#: A hand that has no right to the move, whatever the state.
NOT_THEIRS = [
    of("ADM-C20", "send_register", "chair"),
    of("ADM-C28", "publish_schedule", "secretary"),
    of("ADM-C30", "receive_materials", "member1"),
    of("ADM-C32", "check_rooms", "chair"),
    of("ADM-C27", "hold_contest", "auditor"),
    of("ADM-C46", "hold_first_round", "auditor"),
    of("ADM-C46", "hold_second_round", "clerk"),
    of("ADM-C36", "import_scores", "clerk"),
    of("ADM-C38", "decide_tie", "head"),
    of("ADM-C41", "issue_protocol", "member1"),
    of("ADM-C42", "order_enrolment", "clerk"),
    of("ADM-C42", "order_reserve", "chair"),
    of("ADM-C44", "free_place", "chair"),
    of("ADM-C44", "promote", "clerk"),
    of("ADM-C45", "select_own", "clerk"),
    of("ADM-C17", "appoint_responsible", "clerk"),
    of("ADM-C25", "set_places", "clerk"),
]
NOT_THEIRS_OF_AN_APPLICATION = [
    of("ADM-C19", "refuse_acceptance", "chair"),
    of("ADM-C19", "take_all_the_same", "clerk"),
    of("ADM-C17", "enter_register", "member1"),
    of("ADM-C28", "invite", "head"),
    of("ADM-C41", "tell_result", "head"),
    of("ADM-C42", "enrol", "head"),
    of("ADM-C43", "put_in_reserve", "head"),
    of("ADM-C42", "leave_out", "head"),
    of("ADM-C44", "give_up", "head"),
]


@pytest.mark.parametrize(("move", "who"), NOT_THEIRS)
def test_a_move_of_a_campaign_is_not_everybody_s(school, move, who):
    case = world.begin_campaign(school)
    with common.at("2026-02-20 10:00"), pytest.raises(PermissionDenied):
        advance(case, move, by=school.staff[who])


@pytest.mark.parametrize(("move", "who"), NOT_THEIRS_OF_AN_APPLICATION)
def test_a_move_of_an_application_is_not_everybody_s(school, move, who):
    row = world.candidate(world.to_intake(school), 1)
    with common.at("2026-03-20 10:00"), pytest.raises(PermissionDenied):
        advance(row, move, by=school.staff[who])


def test_every_move_of_the_contest_has_a_hand_that_lacks_it():
    told = {case.values[0] for case in (*NOT_THEIRS, *NOT_THEIRS_OF_AN_APPLICATION)}
    known = {m.name for service in ("contest", "contest_application") for m in manifest_of(service).moves if m.norm}
    assert known == told


@pytest.mark.norm("ADM-C39", "ADM-C46")
def test_a_contest_of_two_rounds_is_not_over_after_one(school):
    case = world.prepared(school, world.to_scheduled(school, [{}], second_round=True))
    with common.at("2026-04-20 14:00"), pytest.raises(MoveNotAllowed):
        advance(case, "hold_contest", by=school.clerk)


@pytest.mark.norm("ADM-C27", "ADM-C32")
def test_a_first_round_too_waits_for_its_day_and_the_cameras(school):
    case = world.to_scheduled(school, [{}], second_round=True)
    with common.at("2026-04-19 16:00"):
        case = common.make(
            case, "receive_materials", school.clerk, received_at=common.local("2026-04-19 15:00"), **world.MATERIALS
        )
    with common.at("2026-04-20 14:00"), pytest.raises(MoveNotAllowed):
        advance(case, "hold_first_round", by=school.clerk)
    with common.at("2026-04-19 17:00"):
        case = common.make(case, "check_rooms", school.clerk, **world.ROOMS)
        with pytest.raises(MoveNotAllowed):
            advance(case, "hold_first_round", by=school.clerk)


@pytest.mark.norm("ADM-C36")
def test_a_second_round_waits_for_the_scores_of_the_first(school):
    case = world.to_held(school, [{}], second_round=True)
    file = world.kept(case, b"number\n", school.secretary)
    with common.at("2026-04-22 10:00"), pytest.raises(MoveNotAllowed):
        advance(case, "hold_second_round", by=school.secretary, file=file)


@pytest.mark.norm("ADM-C20")
def test_a_register_that_has_gone_out_takes_nobody(school):
    case = world.to_register(school, [{}])
    late = world.candidate(case, 50, day="2026-04-03")
    with common.at("2026-04-03 12:00"), pytest.raises(MoveNotAllowed):
        world.enter(late, school.clerk)


@pytest.mark.norm("ADM-C41")
def test_no_result_is_told_before_the_protocol(school):
    case = world.to_held(school, [{}])
    with common.at("2026-04-20 15:00"), pytest.raises(MoveNotAllowed):
        advance(case.applications.get(), "tell_result", by=SYSTEM)


@pytest.mark.norm("ADM-C44")
def test_a_free_place_of_one_class_is_nobody_s_of_another(school):
    rows = [{}, {}, {"grade": 5}]
    case = world.to_ordered(school, rows, [(9, 0), (8, 0), (7, 0)], places={"7": 1, "5": 5})
    with common.at("2026-10-05 10:00"):
        case = common.make(case, "free_place", school.clerk, grade=7, reason="Көшіп кетті.")
        with pytest.raises(ValidationError):
            prepare(case, "promote", by=school.head, grade=5)


@pytest.mark.norm("ADM-C42", "WIN-SPEC")
def test_a_candidate_s_own_term_ends_before_the_fifth_of_may(school):
    row = world.candidate(world.to_intake(school), 1)
    clock = row.deadlines.get(rule="contest_application.decide")
    assert (f"{clock.due_on:%m-%d}", clock.length) == ("05-04", -1)


@pytest.mark.norm("ADM-C19")
def test_the_passport_says_why_acceptance_may_be_refused(db):
    with common.at("2026-03-16 10:00"):
        edition = world.passports.edition_on("contest_application", common.date(2026, 3, 16))
    assert [ground.code for ground in edition.grounds.all()] == ["1"]
    assert "негіз бола алады" in edition.grounds.get().text_kk


@pytest.mark.norm("ADM-C18")
def test_the_candidate_s_electronic_address_is_asked(db):
    edition = world.passports.edition_on("contest_application", common.date(2026, 3, 16))
    assert edition.fields.get(code="email").required


@pytest.mark.norm("ADM-C25")
def test_a_class_for_which_children_have_applied_keeps_its_places(school):
    case = world.to_intake(school, {"7": 20, "5": 10})
    world.candidate(case, 1)
    with common.at("2026-03-20 10:00"), pytest.raises(ValidationError) as error:
        advance(case, "set_places", by=school.head, places={"5": 10})
    assert "places_7" in error.value.message_dict


@pytest.mark.norm("ADM-C27")
def test_a_contest_to_which_nobody_has_come_is_not_scheduled(school):
    case = world.to_register(school, [])
    with common.at("2026-04-10 10:00"), pytest.raises(ValidationError):
        advance(case, "publish_schedule", by=school.clerk, sittings=[])


@pytest.mark.norm("ADM-C46")
@pytest.mark.parametrize("line", ["МБҰ-99", "{known}\n{known}"])
def test_a_wrong_list_of_the_second_round_changes_nothing(school, line):
    case = world.to_held(school, [{}], second_round=True)
    number = case.applications.get().number
    case = world.import_scores(school, case, {number: (9, 0)})
    file = world.kept(case, f"number\n{line.format(known=number)}\n".encode(), school.secretary)
    with common.at("2026-04-22 12:00"), pytest.raises(ValidationError) as error:
        advance(case, "hold_second_round", by=school.secretary, file=file)
    assert "file" in error.value.message_dict
    assert case.scores.get().passed is None


# --- letters ---


def told(case, letter) -> set:
    return set(case.notices.filter(letter=letter, channel="cabinet").values_list("recipient", flat=True))


@pytest.mark.norm("ADM-C17")
def test_the_responsible_person_is_told_that_the_intake_begins(school):
    case = world.to_intake(school)
    assert told(case, "staff_contest_intake") == {school.clerk.pk}


@pytest.mark.norm("ADM-C41", "ADM-C42")
def test_the_chair_is_told_of_the_day_and_the_head_of_the_orders(school):
    case = world.to_published(school, [{}], [(9, 0)])
    assert told(case, "staff_contest_held") == {school.chair.pk}
    assert told(case, "staff_contest_results") == {school.head.pk}


@pytest.mark.norm("ADM-C41")
def test_the_chair_is_told_of_the_day_after_a_second_round_too(school):
    case = world.to_held(school, [{}], second_round=True)
    number = case.applications.get().number
    case = world.import_scores(school, case, {number: (9, 0)})
    assert told(case, "staff_contest_held") == set()
    with common.at("2026-04-22 12:00"):
        file = world.kept(case, f"number\n{number}".encode(), school.secretary)
        case = advance(case, "hold_second_round", by=school.secretary, file=file)
    assert told(case, "staff_contest_held") == {school.chair.pk}


@pytest.mark.norm("ADM-C44")
def test_the_head_is_told_of_a_free_place(school):
    case = world.to_ordered(school, [{}], [(9, 0)])
    with common.at("2026-10-05 10:00"):
        case = common.make(case, "free_place", school.clerk, grade=7, reason="Көшіп кетті.")
    assert told(case, "staff_contest_free") == {school.head.pk}


@pytest.mark.norm("ADM-C19")
def test_the_parent_is_told_that_it_was_taken_all_the_same(school, parent):
    world.to_intake(school)
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office, papers_of=["photos"])
        case = advance(case, "take_all_the_same", by=school.head, motive="Анықтама кейін әкелінеді.")
    assert told(case, "taken") == {parent.pk}


@pytest.mark.norm("ADM-C27", "ADM-C41")
def test_the_contest_is_over_by_itself_on_its_last_day(school):
    case = world.prepared(school, world.to_scheduled(school, [{}]))
    with common.at("2026-04-19 20:00"):
        sweeps.run("moves")
    assert ContestCampaign.objects.get(pk=case.pk).state == CampaignState.SCHEDULED
    with common.at("2026-04-20 09:00"):
        sweeps.run("moves")
    assert ContestCampaign.objects.get(pk=case.pk).state == CampaignState.HELD


@pytest.mark.norm("ADM-C24")
def test_the_chair_is_one_of_the_members(school):
    case = world.to_held(school, [{}])
    world.import_scores(school, case, dict.fromkeys(case.applications.values_list("number", flat=True), (9, 0)))
    second = school.chair.posts.get().commission
    common.build_staff(school.office, "chair2", Role.CHAIR, second)
    common.build_staff(school.office, "member9", Role.MEMBER, second)
    with common.at("2026-04-21 10:00"), pytest.raises(MoveNotAllowed):
        prepare(case, "issue_protocol", by=school.chair)
