"""Scores, order, ties, protocol, orders, reserve: nothing is counted by hand, nothing is drawn by lot."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed, PaperMissing
from kazservices.flow.making import form_for
from kazservices.flow.manifest import manifest_of
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role
from schools.contest.models import ClassPlaces, ContestApplication, Publication, Score, Standing
from schools.contest.ranking import Olympiad
from schools.contest.states import CampaignState, State
from tests import world as common
from tests.schools.contest import world

pytestmark = pytest.mark.django_db


def numbers(case):
    return list(case.applications.order_by("pk").values_list("number", flat=True))


def outcomes(case):
    return list(case.standings.order_by("grade", "rank").values_list("application__number", "outcome", "reserve_place"))


# --- the file of scores ---


@pytest.mark.norm("ADM-C35", "ADM-C36")
def test_a_file_with_a_wrong_total_an_unknown_candidate_or_a_duplicate_row_changes_nothing(school):
    case = world.to_held(school, [{}, {}])
    first, second = numbers(case)
    world.import_scores(school, case, {first: (40, 5), second: (30, 0)})
    for lines in ([f"{first};40;5;160"], ["МБҰ-99;40;5;155"], [f"{first};40;5;155", f"{first};40;5;155"]):
        file = world.kept(case, "\n".join(["number;right;wrong;total", *lines]).encode(), school.secretary)
        with common.at("2026-04-20 17:00"), pytest.raises(ValidationError) as told:
            advance(case, "import_scores", by=school.secretary, file=file)
        assert len(told.value.message_dict["file"]) == 1
    assert list(case.scores.order_by("pk").values_list("total", flat=True)) == [155, 120]


@pytest.mark.norm("ADM-C36")
def test_the_form_tells_every_wrong_line_and_keeps_no_wrong_file(school):
    case = world.to_held(school, [{}])
    content = b"number;right;wrong;total\nx;1;0;4\ny;1;0;4\n"
    move = manifest_of("contest").move("import_scores")
    with common.at("2026-04-20 17:00"):
        form = form_for(case, move, school.secretary, data={}, files={"file": world.upload(content)})
        assert len(form.errors["file"]) == 2
    assert not case.attachments.filter(requirement="scores").exists()


@pytest.mark.norm("ADM-C36")
def test_the_same_file_may_come_again_and_a_corrected_one_replaces_its_class(school):
    case = world.to_held(school, [{}, {}])
    first, second = numbers(case)
    for scores in ({first: (40, 5), second: (30, 0)},) * 2 + ({second: (31, 0)},):
        case = world.import_scores(school, case, scores)
    assert list(case.scores.values_list("application__number", "total")) == [(second, 124)]
    assert case.attachments.filter(requirement="scores").count() == 3


def test_the_clerk_does_not_take_scores_in(school):
    case = world.to_held(school, [{}])
    with common.at("2026-04-20 17:00"), pytest.raises(PermissionDenied):
        advance(case, "import_scores", by=school.clerk, file=0)


@pytest.mark.norm("ADM-C35")
def test_the_database_itself_knows_the_score(school):
    case = world.to_held(school, [{}])
    row = case.applications.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(campaign=case, application=row, right=40, wrong=5, total=160)


@pytest.mark.norm("ADM-C25")
def test_the_database_itself_keeps_the_quota_at_a_tenth(school):
    case = world.to_intake(school)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassPlaces.objects.create(campaign=case, grade=6, places=19, quota=2)


# --- the commission ---


@pytest.mark.norm("ADM-C24")
@pytest.mark.parametrize("left", [1, 2])
def test_a_commission_of_six_or_of_five_signs_no_protocol(school, left):
    case = world.to_held(school, [{}])
    world.import_scores(school, case, dict.fromkeys(numbers(case), (40, 0)))
    seats = Staff.objects.filter(role=Role.MEMBER).order_by("-pk").values_list("pk", flat=True)[:left]
    Staff.objects.filter(pk__in=list(seats)).update(until="2026-04-01")
    with common.at("2026-04-21 10:00"), pytest.raises(MoveNotAllowed):
        prepare(case, "issue_protocol", by=school.chair)


@pytest.mark.norm("ADM-C24")
@pytest.mark.parametrize(("members", "lawful"), [(6, True), (7, False), (8, True)])
def test_seven_and_nine_are_lawful_eight_is_even(db, settings, tmp_path, members, lawful):
    settings.MEDIA_ROOT = tmp_path
    place = world.build_school(members=members)
    case = world.to_held(place, [{}])
    world.import_scores(place, case, dict.fromkeys(numbers(case), (40, 0)))
    with common.at("2026-04-21 10:00"):
        if lawful:
            assert common.make(case, "issue_protocol", place.chair).state == CampaignState.PUBLISHED
        else:
            with pytest.raises(MoveNotAllowed):
                prepare(case, "issue_protocol", by=place.chair)


# --- the order ---


@pytest.mark.norm("ADM-C36")
def test_no_protocol_without_scores(school):
    case = world.to_held(school, [{}])
    with common.at("2026-04-21 10:00"), pytest.raises(MoveNotAllowed):
        prepare(case, "issue_protocol", by=school.chair)


@pytest.mark.norm("ADM-C40", "ADM-C38", "ADM-C25")
def test_the_order_of_the_protocol(school):
    rows = [
        {},  # 100
        {"olympiad": Olympiad.PRIZE},  # 100, before the one above
        {"olympiad": Olympiad.WINNER},  # 100, before both
        {"in_quota": True},  # the only place of the quota
        {},
    ]
    case = world.to_published(school, rows, [(25, 0), (25, 0), (25, 0), (1, 4), (10, 0)], places={"7": 10})
    one, two, three, four, five = numbers(case)
    assert [row[0] for row in outcomes(case)] == [three, two, one, five, four]
    assert {row[1] for row in outcomes(case)} == {"general"}


@pytest.mark.norm("ADM-C25", "ADM-C40")
def test_a_winner_of_the_rural_olympiad_takes_the_place_of_the_quota_past_better_scores(school):
    rows = [{} for _ in range(11)] + [{"in_quota": True}, {"in_quota": True}]
    scores = [(60 - n, 0) for n in range(11)] + [(2, 0), (1, 0)]
    case = world.to_published(school, rows, scores, places={"7": 10})
    known = numbers(case)
    found = {number: (outcome, place) for number, outcome, place in outcomes(case)}
    assert [found[number][0] for number in known[:9]] == ["general"] * 9
    assert found[known[9]] == ("reserve", 1)
    assert found[known[11]] == ("quota", 0)
    assert found[known[12]] == ("reserve", 3)


@pytest.mark.norm("ADM-C38")
def test_equals_at_the_last_place_wait_for_the_commission_and_its_word_stands_in_the_protocol(school):
    rows = [{"minute": 1}, {"minute": 1}, {"minute": 1}]
    case = world.to_held(school, rows, places={"7": 1})
    first, second, third = numbers(case)
    case = world.import_scores(school, case, dict.fromkeys((first, second, third), (20, 0)))
    with common.at("2026-04-21 10:00"):
        with pytest.raises(MoveNotAllowed):
            prepare(case, "issue_protocol", by=school.chair)
        for order in ([second, first], [second, second, first], [first, second, third, "x"]):
            with pytest.raises(ValidationError):
                advance(case, "decide_tie", by=school.chair, grade=7, order=order, motive="Портфолио.")
        with pytest.raises(ValidationError):
            advance(case, "decide_tie", by=school.chair, grade=7, order=[second, first, third], motive=" ")
        case = advance(case, "decide_tie", by=school.chair, grade=7, order=[second, third, first], motive="Портфолио.")
        with pytest.raises(MoveNotAllowed):
            advance(case, "decide_tie", by=school.chair, grade=7, order=[first, second, third], motive="…")
        case = common.make(case, "issue_protocol", school.chair)
    assert [row[0] for row in outcomes(case)] == [second, third, first]
    assert case.papers.get(kind="contest_protocol").facts["ties"][0]["motive"] == "Портфолио."


@pytest.mark.norm("ADM-C36")
def test_new_scores_forget_the_word_on_equals(school):
    case = world.to_held(school, [{"minute": 1}, {"minute": 1}], places={"7": 1})
    first, second = numbers(case)
    case = world.import_scores(school, case, {first: (20, 0), second: (20, 0)})
    with common.at("2026-04-20 17:00"):
        case = advance(case, "decide_tie", by=school.chair, grade=7, order=[second, first], motive="Портфолио.")
    case = world.import_scores(school, case, {first: (21, 0), second: (21, 0)}, when="2026-04-20 18:00")
    assert case.ties == {}


@pytest.mark.norm("ADM-C40")
def test_each_school_ranks_its_own(school, parent):
    other = world.build_school("22", "№ 2 лицей")
    here = world.to_published(school, [{}, {}], [(10, 0), (20, 0)], places={"7": 1})
    assert not other.office.cases.filter(service="contest").exclude(status="planned").exists()
    assert [row[1] for row in outcomes(here)] == ["general", "reserve"]


# --- protocol, publication, orders ---


@pytest.mark.norm("ADM-C41")
def test_the_protocol_is_published_with_numbers_and_scores_and_without_names(school):
    case = world.to_published(school, [{}, {}], [(10, 2), (20, 0)])
    content = case.publications.get(kind=Publication.Kind.RESULTS).content
    first, second = numbers(case)
    assert [(row["number"], row["total"]) for row in content["classes"][0]["rows"]] == [(second, 80), (first, 38)]
    for row in case.applications.select_related("applicant"):
        assert row.applicant.full_name not in str(content)
        assert row.applicant.iin not in str(content)
    clock = case.deadlines.get(rule="contest.results")
    assert (clock.outcome, clock.breach_noted_at) == ("met", None)


@pytest.mark.norm("ADM-C41")
def test_results_a_day_late_are_a_breach(school):
    case = world.to_published(school, [{}], [(10, 2)], when="2026-04-22 09:00")
    assert case.deadlines.get(rule="contest.results").breach_noted_at is not None


@pytest.mark.norm("ADM-C41")
def test_only_the_chair_signs_and_nothing_is_published_unsigned(school):
    case = world.to_held(school, [{}])
    world.import_scores(school, case, dict.fromkeys(numbers(case), (40, 0)))
    with common.at("2026-04-21 10:00"):
        with pytest.raises(PermissionDenied):
            advance(case, "issue_protocol", by=school.head)
        with pytest.raises(PaperMissing):
            advance(case, "issue_protocol", by=school.chair)
    assert not Standing.objects.exists()


@pytest.mark.norm("ADM-C41")
def test_every_candidate_is_told_his_score_and_what_it_gives_once(school):
    case = world.to_published(school, [{}, {}], [(10, 2), None])
    with common.at("2026-04-21 10:01"):
        sweeps.run("moves")
        sweeps.run("moves")
    rows = list(case.applications.order_by("pk"))
    assert [row.state for row in rows] == [State.RESULT_KNOWN] * 2
    assert rows[0].journal.filter(move="tell_result").count() == 1


@pytest.mark.norm("ADM-C42", "ADM-C43")
def test_two_orders_of_the_head_enrol_and_reserve(school):
    rows, scores = [{} for _ in range(14)], [(60 - n, 0) for n in range(13)] + [None]
    case = world.to_published(school, rows, scores, places={"7": 2})
    with common.at("2026-04-28 10:00"):
        sweeps.run("moves")
        with pytest.raises(PermissionDenied):
            advance(case, "order_enrolment", by=school.chair)
        case = common.make(case, "order_enrolment", school.head)
        sweeps.run("moves")
        assert case.applications.filter(state=State.ENROLLED).count() == 2
        assert not case.applications.filter(state=State.IN_RESERVE).exists()
        with pytest.raises(PermissionDenied):
            advance(case, "order_reserve", by=school.clerk)
        case = common.make(case, "order_reserve", school.head)
        sweeps.run("moves")
    states = list(case.applications.order_by("pk").values_list("state", flat=True))
    assert states == [State.ENROLLED] * 2 + [State.IN_RESERVE] * 10 + [State.NOT_SELECTED] * 2
    order = case.papers.get(kind="contest_enrolment")
    assert order.facts["enrolled_from"] == "2026-09-01"
    assert [row[1] for row in order.facts["classes"][0]["rows"]] == ["Үміткер 1", "Үміткер 2"]
    assert len(case.papers.get(kind="contest_reserve").facts["classes"][0]["rows"]) == 10
    published = case.publications.get(kind=Publication.Kind.RESERVE).content["classes"][0]["rows"]
    assert [row["reserve_place"] for row in published] == list(range(1, 11))
    assert not case.deadlines.running().exists()
    assert not case.deadlines.breaches().exists()


@pytest.mark.norm("ADM-C42")
def test_nobody_is_enrolled_before_the_order(school):
    case = world.to_published(school, [{}], [(10, 0)])
    with common.at("2026-04-22 10:00"):
        sweeps.run("moves")
        sweeps.run("moves")
    row = case.applications.get()
    assert row.state == State.RESULT_KNOWN
    for move in ("enrol", "put_in_reserve", "leave_out"):
        with pytest.raises(MoveNotAllowed):
            advance(row, move, by=SYSTEM)


@pytest.mark.norm("ADM-C42")
def test_orders_of_the_fifth_of_may_are_late(school):
    case = world.to_published(school, [{}], [(10, 0)])
    with common.at("2026-05-05 09:00"):
        case = common.make(case, "order_enrolment", school.head)
        case = common.make(case, "order_reserve", school.head)
    assert set(case.deadlines.breaches().values_list("rule", flat=True)) >= {"contest.enrolment", "contest.reserve"}


# --- the year after ---


@pytest.fixture
def ordered(school):
    rows, scores = [{} for _ in range(5)], [(60 - n, 0) for n in range(5)]
    return world.to_ordered(school, rows, scores, places={"7": 2})


@pytest.mark.norm("ADM-C44")
def test_a_freed_place_is_published_and_goes_to_the_first_of_the_reserve(school, ordered):
    known = numbers(ordered)
    with common.at("2026-10-05 10:00"):
        with pytest.raises(MoveNotAllowed):
            prepare(ordered, "promote", by=school.head, grade=7)
        case = common.make(ordered, "free_place", school.clerk, grade=7, reason="Көшіп кетті.", left=known[0])
        with pytest.raises(ValidationError):
            advance(case, "free_place", by=school.clerk, grade=7, reason="Тағы да.", left=known[0])
        assert case.publications.filter(kind="vacancies").last().content == {"free": [{"grade": 7, "places": 1}]}
        case = common.make(case, "promote", school.head, grade=7)
        sweeps.run("moves")
    third = ContestApplication.objects.get(number=known[2])
    assert third.state == State.ENROLLED
    assert case.publications.filter(kind="vacancies").last().content == {"free": []}
    assert case.papers.get(kind="contest_promotion").facts["row"][0] == known[2]
    with common.at("2026-10-06 10:00"), pytest.raises(MoveNotAllowed):
        prepare(case, "promote", by=school.head, grade=7)


@pytest.mark.norm("ADM-C44")
def test_whoever_gives_his_reserve_place_up_is_passed_over(school, ordered, parent):
    known = numbers(ordered)
    third = ContestApplication.objects.get(number=known[2])
    third.applicant.user = parent
    third.applicant.save()
    with common.at("2026-10-05 10:00"):
        advance(third, "give_up", by=parent)
        case = common.make(ordered, "free_place", school.clerk, grade=7, reason="Жаңа орын.")
        common.make(case, "promote", school.head, grade=7)
        sweeps.run("moves")
    assert ContestApplication.objects.get(number=known[3]).state == State.ENROLLED


@pytest.mark.norm("ADM-C44")
def test_a_place_of_nobody_and_a_class_without_a_contest_are_told(school, ordered):
    for how in ({"grade": 7, "left": "МБҰ-0"}, {"grade": 5, "left": ""}):
        with common.at("2026-10-05 10:00"), pytest.raises(ValidationError):
            advance(ordered, "free_place", by=school.clerk, reason="…", **how)


@pytest.mark.norm("ADM-C44")
def test_the_reserve_lives_through_the_school_year(school, ordered):
    with common.at("2027-05-31 12:00"), pytest.raises(MoveNotAllowed):
        advance(ordered, "close", by=school.head)
    with common.at("2027-06-01 12:00"):
        assert advance(ordered, "close", by=school.head).state == CampaignState.CLOSED


@pytest.mark.norm("ADM-C45")
def test_the_school_selects_by_itself_for_classes_8_to_11_within_the_sanitary_capacity(school, ordered):
    content = "number;name;points\nA-1;Әли А.;70\nA-2;Болат Б.;90\nA-3;Дана Д.;80\n".encode()
    with common.at("2026-08-20 10:00"):
        file = world.kept(ordered, content, school.head)
        how = {"grade": 9, "capacity": 25, "studying": 24, "file": file}
        with pytest.raises(ValidationError) as told:
            prepare(ordered, "select_own", by=school.head, places=2, **how)
        assert "places" in told.value.message_dict
        with pytest.raises(ValidationError):
            prepare(ordered, "select_own", by=school.head, **how | {"grade": 7, "places": 1})
        case = common.make(ordered, "select_own", school.head, places=1, **how)
    selection = case.own_selections.get()
    assert list(selection.results.values_list("number", "is_taken")) == [("A-2", True), ("A-3", False), ("A-1", False)]
    assert "Болат" not in str(case.publications.get(kind="own").content)
    assert case.papers.get(kind="contest_own").signed_by == school.head


@pytest.mark.parametrize("line", [";Әли;70", "A-1;;70", "A-1;Әли;көп", "A-2;Болат;1"])
def test_a_wrong_line_of_an_own_selection_is_told(school, ordered, line):
    file = world.kept(ordered, f"number;name;points\nA-2;Болат;90\n{line}\n".encode(), school.head)
    how = {"grade": 9, "capacity": 25, "studying": 20, "places": 1, "file": file}
    with common.at("2026-08-20 10:00"), pytest.raises(ValidationError) as told:
        prepare(ordered, "select_own", by=school.head, **how)
    assert "3" in told.value.message_dict["file"][0]


# --- what does not exist ---


@pytest.mark.norm("ADM-C37")
def test_there_is_no_move_of_appeal_in_a_campaign_or_an_application():
    for service in ("contest", "contest_application"):
        manifest = manifest_of(service)
        assert not [move.name for move in manifest.moves if "appeal" in move.name]
        assert not manifest.reopen
