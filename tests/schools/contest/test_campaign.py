"""The campaign of a year: it begins by itself, its dates are clocks, and each step waits for what the rules want."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.deadlines.models import Deadline
from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from schools.contest.models import ContestCampaign, Publication
from schools.contest.states import CAMPAIGN_STAGES, STAGES, CampaignState, State
from tests import world as common
from tests.schools.contest import world

pytestmark = pytest.mark.django_db


def due(case, rule):
    clock = Deadline.objects.get(case=case.pk, rule=f"contest.{rule}")
    return f"{clock.due_at.astimezone(common.ALMATY):%m-%d %H:%M}", clock.length


def test_every_state_has_a_stage():
    assert set(CAMPAIGN_STAGES) == set(CampaignState)
    assert set(STAGES) == set(State)


@pytest.mark.norm("ADM-C17")
def test_a_specialised_school_has_one_campaign_a_year_and_its_head_is_told(school):
    case = world.begin_campaign(school)
    with common.at("2026-02-03 09:00"):
        sweeps.run("moves")
    assert ContestCampaign.objects.get() == case
    assert case.applicant is None
    assert case.number
    assert list(case.notices.filter(channel="cabinet").values_list("letter", "recipient")) == [
        ("staff_contest_begins", school.head.pk)
    ]


def test_no_campaign_begins_before_february_or_once_the_intake_should_run(school):
    for moment in ("2026-01-31 12:00", "2026-03-01 00:01"):
        with common.at(moment):
            sweeps.run("moves")
    assert not ContestCampaign.objects.exists()


@pytest.mark.norm("WIN-SPEC", "ADM-C17", "ADM-C20")
def test_the_dates_before_the_contest(school):
    case = world.begin_campaign(school)
    assert due(case, "responsible") == ("02-27 18:30", -1)  # Fri: 1 March is a Sunday
    assert due(case, "register") == ("04-02 18:30", -1)  # Thu


@pytest.mark.norm("WIN-SPEC", "ADM-C28", "ADM-C27")
def test_the_dates_of_the_contest(school):
    case = world.begin_campaign(school)
    assert due(case, "schedule") == ("04-14 18:30", -1)  # Tue: before 15 April
    assert due(case, "hold") == ("04-30 18:30", 0)  # Thu: the last day itself


@pytest.mark.norm("WIN-SPEC", "ADM-C42", "ADM-C16")
def test_the_dates_of_the_orders_and_of_the_intake(school):
    case = world.to_intake(school)
    assert due(case, "enrolment") == due(case, "reserve") == ("05-04 18:30", -1)  # Mon: before 5 May
    assert due(case, "intake") == ("04-01 18:30", 0)
    assert not Deadline.objects.get(case=case.pk, rule="contest.intake").ours


@pytest.mark.norm("ADM-C25")
def test_no_intake_before_the_places_and_the_quota_are_set(school):
    case = world.begin_campaign(school)
    with common.at("2026-02-20 10:00"):
        with pytest.raises(MoveNotAllowed):
            prepare(case, "appoint_responsible", by=school.head, person=school.clerk.pk)
        common.make(case, "set_places", school.head, places={"7": 25, "5": 24})
    assert list(case.places.values_list("grade", "places", "quota")) == [(5, 24, 0), (7, 25, 2)]


@pytest.mark.norm("ADM-C25")
def test_only_the_head_sets_places_and_only_of_classes_with_a_test(school):
    case = world.begin_campaign(school)
    with common.at("2026-02-20 10:00"):
        with pytest.raises(PermissionDenied):
            advance(case, "set_places", by=school.clerk, places={"7": 25})
        for places in ({}, {"7": 0}, {"8": 10}):
            with pytest.raises(ValidationError):
                advance(case, "set_places", by=school.head, places=places)


@pytest.mark.norm("ADM-C17")
def test_the_responsible_person_is_named_by_a_signed_order_of_the_head(school):
    case = world.to_intake(school)
    assert case.responsible == school.clerk
    paper = case.papers.get(kind="contest_appointment")
    assert (paper.state, paper.signed_by) == ("issued", school.head)
    assert paper.facts["person"] == school.clerk.full_name
    with common.at("2026-02-20 10:00"), pytest.raises(PermissionDenied):
        advance(case, "appoint_responsible", by=school.clerk)


@pytest.mark.norm("ADM-C17")
def test_only_a_clerk_of_the_school_can_be_responsible(school):
    case = world.begin_campaign(school)
    with common.at("2026-02-20 10:00"):
        common.make(case, "set_places", school.head, places={"7": 25})
        with pytest.raises(ValidationError) as told:
            prepare(case, "appoint_responsible", by=school.head, person=school.chair.pk)
    assert "person" in told.value.message_dict


@pytest.mark.norm("ADM-C20", "ADM-C16")
def test_the_register_goes_out_after_the_intake_and_by_the_second_of_april(school):
    case = world.to_intake(school)
    row = world.candidate(case, 1)
    with common.at("2026-04-01 18:45"):
        world.enter(row, school.clerk)
        with pytest.raises(MoveNotAllowed):
            advance(case, "send_register", by=school.clerk)
    with common.at("2026-04-02 18:29"):
        case = common.make(case, "send_register", school.clerk)
    clock = case.deadlines.get(rule="contest.register")
    assert (clock.outcome, clock.breach_noted_at) == ("met", None)
    file = case.attachments.get(requirement="register")
    assert file.sha256 == case.register_sha256


@pytest.mark.norm("ADM-C20")
def test_a_register_of_the_third_of_april_is_late_and_stands_in_the_register_of_breaches(school):
    case = world.to_intake(school)
    with common.at("2026-04-03 09:00"):
        case = common.make(case, "send_register", school.clerk)
    assert case.deadlines.get(rule="contest.register").breach_noted_at is not None


@pytest.mark.norm("ADM-C17", "ADM-C20")
def test_the_file_for_the_centre_has_the_fields_of_the_rules_and_no_formula(school):
    case = world.to_register(school, [{}, {"grade": 7}])
    row = case.applications.order_by("pk").first()
    text = case.attachments.get(requirement="register").file.read().decode("utf-8-sig")
    heading, first, *_rest = text.splitlines()
    for name in ("мамандандырылған білім беру ұйымының атауы", "аты-жөні", "ЖСН", "сыныбы", "оқыту тілі"):
        assert name in heading
    assert first.split(";")[1:5] == [row.number, "Үміткер 1", row.applicant.iin, "7"]
    assert "электрондық мекен-жайы" in heading
    assert "дипломдарының көшірмелері" in heading


def test_a_name_that_looks_like_a_formula_stays_a_name(school):
    case = world.to_intake(school)
    row = world.candidate(case, 1)
    row.applicant.full_name = "=HYPERLINK(1)"
    row.applicant.save()
    with common.at("2026-03-20 12:00"):
        world.enter(row, school.clerk)
    with common.at("2026-04-02 10:00"):
        case = common.make(case, "send_register", school.clerk)
    assert ";'=HYPERLINK(1);" in case.attachments.get(requirement="register").file.read().decode("utf-8-sig")


@pytest.mark.norm("ADM-C17")
def test_the_register_waits_for_whoever_applied_in_time(school):
    case = world.to_intake(school)
    world.candidate(case, 1)
    with common.at("2026-04-02 10:00"), pytest.raises(MoveNotAllowed):
        advance(case, "send_register", by=school.clerk)


@pytest.mark.norm("ADM-C28", "ADM-C27")
def test_the_schedule_is_published_from_the_fifth_of_april_and_kept_in_its_words(school):
    case = world.to_register(school, [{}])
    sittings = [{"grade": 7, "at": common.local("2026-04-20 10:00"), "place": "12-кабинет"}]
    with common.at("2026-04-04 12:00"), pytest.raises(MoveNotAllowed):
        advance(case, "publish_schedule", by=school.clerk, sittings=sittings)
    with common.at("2026-04-06 12:00"):
        case = advance(case, "publish_schedule", by=school.clerk, sittings=sittings)
    published = case.publications.get(kind=Publication.Kind.SCHEDULE)
    assert published.content == {"sittings": sittings}
    assert published.by == school.clerk


@pytest.mark.norm("ADM-C28")
def test_every_candidate_is_told_his_day_once(school):
    case = world.to_scheduled(school, [{}, {}])
    with common.at("2026-04-10 11:00"):
        sweeps.run("moves")
        sweeps.run("moves")
    row = case.applications.first()
    assert row.state == State.INVITED
    assert row.journal.filter(move="invite").count() == 1


@pytest.mark.norm("ADM-C27")
@pytest.mark.parametrize("day", ["2026-04-14 10:00", "2026-05-01 10:00"])
def test_the_contest_is_held_from_the_fifteenth_to_the_thirtieth_of_april(school, day):
    case = world.to_register(school, [{}])
    with common.at("2026-04-10 12:00"), pytest.raises(ValidationError) as told:
        advance(
            case, "publish_schedule", by=school.clerk,
            sittings=[{"grade": 7, "at": common.local(day), "place": "12"}],
        )  # fmt: skip
    assert "day_7" in told.value.message_dict


@pytest.mark.norm("ADM-C27")
def test_each_class_with_candidates_has_its_day(school):
    case = world.to_register(school, [{}, {"grade": 5}], places={"7": 10, "5": 10})
    sittings = [{"grade": 7, "at": common.local("2026-04-20 10:00"), "place": "12"}]
    with common.at("2026-04-10 12:00"), pytest.raises(ValidationError) as told:
        advance(case, "publish_schedule", by=school.clerk, sittings=sittings)
    assert "day_5" in told.value.message_dict


@pytest.mark.norm("ADM-C27", "ADM-C32", "ADM-C29")
def test_the_contest_waits_for_its_day_the_materials_and_the_cameras(school):
    case = world.to_scheduled(school, [{}])
    with common.at("2026-04-20 12:00"), pytest.raises(MoveNotAllowed):
        advance(case, "hold_contest", by=school.clerk)
    with common.at("2026-04-19 16:00"):
        case = common.make(
            case, "receive_materials", school.clerk, received_at=common.local("2026-04-19 15:00"), **world.MATERIALS
        )
    with common.at("2026-04-20 12:00"), pytest.raises(MoveNotAllowed):
        advance(case, "hold_contest", by=school.clerk)
    with common.at("2026-04-19 16:30"):
        case = common.make(case, "check_rooms", school.clerk, **world.ROOMS)
        with pytest.raises(MoveNotAllowed):
            advance(case, "hold_contest", by=school.clerk)
    with common.at("2026-04-20 14:00"):
        sweeps.run("moves")
    case.refresh_from_db()
    assert case.state == CampaignState.HELD
    assert case.sittings.get().place  # off-line: in a room


@pytest.mark.norm("ADM-C32")
@pytest.mark.parametrize("lacking", list(world.ROOMS))
def test_a_camera_or_the_sound_that_is_missing_is_told(school, lacking):
    case = world.to_scheduled(school, [{}])
    with common.at("2026-04-19 16:00"), pytest.raises(ValidationError) as told:
        advance(case, "check_rooms", by=school.clerk, **world.ROOMS | {lacking: False})
    assert list(told.value.message_dict) == [lacking]


@pytest.mark.parametrize(
    ("came", "whole", "told"), [("2026-04-19 15:00", False, "remark"), ("2026-04-18 15:00", True, "remark"),
                                ("2026-04-20 15:00", True, "received_at")],
)  # fmt: skip
def test_broken_seals_or_another_day_are_written_down_in_words(school, came, whole, told):
    case = world.to_scheduled(school, [{}])
    how = world.MATERIALS | {"seals_whole": whole}
    with common.at("2026-04-19 16:00"):
        with pytest.raises(ValidationError) as error:
            prepare(case, "receive_materials", by=school.clerk, received_at=common.local(came), **how)
        assert list(error.value.message_dict) == [told]
        if told == "remark":
            how["remark"] = "Бір пломба жыртылған, акт жасалды."
            common.make(case, "receive_materials", school.clerk, received_at=common.local(came), **how)


@pytest.mark.norm("ADM-C41")
def test_the_results_are_due_on_the_day_after_the_contest(school):
    case = world.to_held(school, [{}])  # Mon 20 April
    assert due(case, "results") == ("04-21 18:30", 1)


@pytest.mark.norm("ADM-C39", "ADM-C46")
def test_one_round_unless_the_charter_has_a_second_one(school):
    case = world.prepared(school, world.to_scheduled(school, [{}]))
    with common.at("2026-04-20 14:00"), pytest.raises(MoveNotAllowed):
        advance(case, "hold_first_round", by=school.clerk)


@pytest.mark.norm("ADM-C46")
def test_where_the_charter_has_a_second_round_only_who_passes_it_is_ranked(school):
    case = world.to_held(school, [{}, {}, {}], second_round=True)
    assert case.state == CampaignState.FIRST_ROUND_HELD
    assert not case.deadlines.filter(rule="contest.results").exists()
    numbers = list(case.applications.order_by("pk").values_list("number", flat=True))
    case = world.import_scores(school, case, {number: (40 - n, 0) for n, number in enumerate(numbers)})
    with common.at("2026-04-22 12:00"):
        passed = world.kept(case, ("number\n" + "\n".join(numbers[1:])).encode(), school.secretary)
        case = advance(case, "hold_second_round", by=school.secretary, file=passed)
        assert case.deadlines.running().filter(rule="contest.results").exists()
        case = common.make(case, "issue_protocol", school.chair)
    assert list(case.standings.values_list("application__number", flat=True)) == numbers[1:]
