"""A child applies for the contest: in time and complete, once; refused with a receipt, or taken in all the same."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kazservices.cases.models import Case, Draft
from kazservices.documents import papers
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import OutsideWindow
from kazservices.offices import absences
from kazservices.passports.models import Edition
from schools.contest.models import ContestApplication
from schools.contest.ranking import Olympiad
from schools.contest.states import State
from tests import world as common
from tests.schools.contest import world

pytestmark = pytest.mark.django_db

FOUR = ["birth_certificate", "school_certificate", "photos", "diploma"]


@pytest.fixture
def campaign(school):
    return world.to_intake(school, {"7": 20, "5": 10})


@pytest.mark.norm("ADM-C18")
@pytest.mark.parametrize("grade", [5, 6, 7])
def test_the_documents_of_the_rules_are_asked_and_no_others(grade):
    category = Edition.objects.get(code="contest-2020").categories.get(code=f"CLASS_{grade}")
    assert [row.code for row in category.requirements.all()] == FOUR
    assert [row.condition for row in category.requirements.all()] == ["", "", "", "has_diploma"]
    assert [row.code for row in category.questions.all()] == ["has_diploma"]


@pytest.mark.norm("ADM-C33")
def test_one_applies_for_a_class_with_a_test():
    edition = Edition.objects.get(code="contest-2020")
    assert [row.code for row in edition.categories.all()] == ["CLASS_7", "CLASS_6", "CLASS_5"]
    assert "75 сұрақтан" in edition.categories.get(code="CLASS_7").label_kk


@pytest.mark.norm("ADM-C17")
def test_the_form_asks_what_the_register_wants():
    edition = Edition.objects.get(code="contest-2020")
    assert list(edition.fields.values_list("code", flat=True)) == ["study_language", "email"]
    assert list(edition.register_items.values_list("register", flat=True)) == ["identity"]


@pytest.mark.norm("ADM-C18", "ADM-C17")
def test_a_complete_application_is_registered_and_becomes_a_row_of_the_register(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office, diploma=True)
        assert (case.state, case.grade, case.study_language) == (State.SUBMITTED, 7, "kk")
        assert case.email.endswith("@example.kz")
        assert case.child == case.applicant
        assert case.campaign_id == campaign.pk
        case = world.enter(case, school.clerk, olympiad=Olympiad.WINNER, in_quota=True)
    assert (case.state, case.olympiad, case.in_quota) == (State.CANDIDATE, Olympiad.WINNER, True)
    letters = case.notices.filter(recipient=parent, channel="cabinet").values_list("letter", flat=True)
    assert list(letters) == ["taken", "contest_entered"]
    due = case.deadlines.get(rule="contest_application.decide")
    assert f"{due.due_at.astimezone(common.ALMATY):%m-%d %H:%M}" == "05-04 18:30"


@pytest.mark.norm("ADM-C18")
def test_the_receipt_lists_the_documents(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office)
        papers.render_waiting()
    receipt = case.papers.get(kind="receipt")
    assert receipt.facts["count"] == 3
    assert receipt.state == "issued"


@pytest.mark.norm("ADM-C16", "WIN-SPEC")
@pytest.mark.parametrize("moment", ["2026-03-01 00:00", "2026-03-16 10:00", "2026-04-01 18:29"])
def test_documents_are_taken_from_the_first_minute_to_the_last(school, campaign, parent, moment):
    with common.at(moment):
        assert world.apply(parent, school.office).state == State.SUBMITTED


@pytest.mark.norm("ADM-C16", "WIN-SPEC")
def test_a_minute_too_early_is_told_and_the_draft_is_kept(school, campaign, parent):
    with common.at("2026-02-28 23:59"):
        early = world.filing(parent, school.office)
        with pytest.raises(OutsideWindow):
            world.take(early)
    assert not Case.objects.filter(service="contest_application").exists()
    assert Draft.objects.get(pk=early.draft.pk).attachments.count() == 3


@pytest.mark.norm("ADM-C16", "WIN-SPEC", "ADM-C19")
@pytest.mark.parametrize("moment", ["2026-04-01 18:30", "2026-04-02 10:00", "2026-11-05 10:00"])
def test_who_comes_late_gets_a_receipt_with_reason_and_moment_and_his_draft_is_kept(school, campaign, parent, moment):
    with common.at(moment):
        late = world.filing(parent, school.office)
        case = world.take(late)
        papers.render_waiting()
    assert case.state == State.NOT_TAKEN
    receipt = case.papers.get(kind="not_taken_receipt")
    assert receipt.state == "issued"
    said = receipt.facts.get("late") or {}
    assert said.get("ended_on") == "2026-04-01"
    assert said.get("opens_on") == "2027-03-01"
    assert "кеш беру" in said["grounds"][0]["text"]["kk"]
    assert receipt.facts["submitted_at"].startswith(moment.replace(" ", "T"))
    assert receipt.facts["missing"] == []
    assert list(case.notices.filter(channel="cabinet").values_list("letter", flat=True)) == ["not_taken"]
    assert not case.deadlines.exists()
    draft = Draft.objects.get(pk=late.draft.pk)
    assert (draft.case, draft.previous_id, draft.attachments.count()) == (None, case.pk, 3)


@pytest.mark.norm("ADM-C19")
def test_late_and_incomplete_is_told_as_both(school, campaign, parent):
    with common.at("2026-04-02 10:00"):
        case = world.apply(parent, school.office, papers_of=["birth_certificate", "photos"])
    facts = case.papers.get(kind="not_taken_receipt").facts
    assert len(facts["missing"]) == 1
    assert facts["late"]["ended_on"] == "2026-04-01"


@pytest.mark.norm("ADM-C19")
def test_one_receipt_of_a_period_is_enough_for_a_draft(school, campaign, parent):
    with common.at("2026-04-02 10:00"):
        late = world.filing(parent, school.office)
        world.take(late)
        draft = Draft.objects.get(pk=late.draft.pk)
        with pytest.raises(OutsideWindow):
            world.take(common.signed(replace(late, draft=draft)))
    assert ContestApplication.objects.count() == 1


@pytest.mark.norm("ADM-C19")
def test_where_the_school_has_no_contest_nobody_is_late_for_it(school, parent):
    with common.at("2026-04-02 10:00"), pytest.raises(OutsideWindow):
        world.apply(parent, school.office)


@pytest.mark.norm("ADM-C19")
def test_the_head_may_take_a_late_one_in_until_the_register_goes_out(school, campaign, parent):
    with common.at("2026-04-02 10:00"):
        case = world.apply(parent, school.office)
        case = advance(case, "take_all_the_same", by=school.head, motive="Пойыз кешікті.")
    assert case.state == State.SUBMITTED
    with common.at("2026-04-02 15:00"):
        world.enter(case, school.clerk)
        common.make(campaign, "send_register", school.clerk)
    with common.at("2026-04-03 10:00"):
        again = world.apply(parent, school.office)
        with pytest.raises(MoveNotAllowed):
            advance(again, "take_all_the_same", by=school.head, motive="Пойыз кешікті.")


@pytest.mark.norm("ADM-C19")
def test_an_incomplete_package_is_refused_with_a_receipt_that_names_what_is_missing(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office, papers_of=["birth_certificate", "photos"])
        papers.render_waiting()
    assert case.state == State.NOT_TAKEN
    receipt = case.papers.get(kind="not_taken_receipt")
    assert [row["document"]["kk"][:9] for row in receipt.facts["missing"]] == ["үміткерді"]
    assert list(case.notices.filter(channel="cabinet").values_list("letter", flat=True)) == ["not_taken"]
    assert not case.deadlines.exists()


@pytest.mark.norm("ADM-C19")
def test_the_rules_say_may_so_the_head_takes_it_in_all_the_same_with_a_reason(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office, papers_of=["birth_certificate", "photos"])
        with pytest.raises(PermissionDenied):
            advance(case, "take_all_the_same", by=school.clerk, motive="Анықтама кейін әкелінеді.")
        with pytest.raises(ValidationError):
            advance(case, "take_all_the_same", by=school.head, motive=" ")
        case = advance(case, "take_all_the_same", by=school.head, motive="Анықтама кейін әкелінеді.")
    assert case.state == State.SUBMITTED
    assert case.deadlines.running().filter(rule="contest_application.decide").exists()


@pytest.mark.norm("ADM-C19")
def test_a_clerk_refuses_in_words_and_the_draft_is_open_again(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office)
        with pytest.raises(ValidationError):
            advance(case, "refuse_acceptance", by=school.clerk, missing=[], motive="")
        case = advance(case, "refuse_acceptance", by=school.clerk, missing=[], motive="Анықтамада мөр жоқ.")
        papers.render_waiting()
    assert case.state == State.NOT_TAKEN
    assert case.papers.filter(kind="not_taken_receipt", state="issued").exists()
    assert Draft.objects.get(user=parent).case is None


@pytest.mark.norm("ADM-C16", "ADM-C17")
def test_the_same_child_applies_once(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        world.apply(parent, school.office, child_iin="140501500018")
        with pytest.raises(ValidationError) as told:
            world.apply(parent, school.office, child_iin="140501500018")
        assert told.value.code == "twice"
        world.apply(parent, school.office, child_iin="140501500026")
    assert ContestApplication.objects.count() == 2


def test_the_database_itself_knows_one_application_a_child(school, campaign):
    row, again = world.candidate(campaign, 1), world.candidate(campaign, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContestApplication.objects.filter(pk=again.pk).update(child=row.child)


@pytest.mark.norm("ADM-C17")
def test_nothing_is_taken_before_the_head_has_named_the_responsible_person(school, parent):
    world.begin_campaign(school)
    with common.at("2026-03-02 10:00"), pytest.raises(ValidationError) as told:
        world.apply(parent, school.office)
    assert "office" in told.value.message_dict


@pytest.mark.norm("ADM-C16")
def test_a_class_without_places_takes_no_applications(school, campaign, parent):
    with common.at("2026-03-16 10:00"), pytest.raises(ValidationError) as told:
        world.apply(parent, school.office, grade=6)
    assert "category" in told.value.message_dict


@pytest.mark.norm("ADM-C38", "ADM-C17")
def test_a_diploma_that_does_not_lie_there_is_no_diploma(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office)
        for claim in ({"olympiad": 0}, {"olympiad": 2, "in_quota": True}):
            with pytest.raises(ValidationError):
                advance(case, "enter_register", by=school.clerk, **claim)


@pytest.mark.norm("ADM-C17")
def test_only_the_person_of_the_order_enters_or_the_head_or_who_is_there_while_he_is_away(school, campaign, parent):
    other = common.build_staff(school.office, "second-clerk", "clerk")
    with common.at("2026-03-16 10:00"):
        first = world.apply(parent, school.office)
        second = world.apply(parent, school.office)
        with pytest.raises(ValidationError) as told:
            world.enter(first, other)
        assert told.value.code == "not_responsible"
        with pytest.raises(PermissionDenied):
            world.enter(first, school.chair)
        world.enter(first, school.head)
        absences.note_absence(
            user=school.clerk, office=school.office, since=first.accepted_on, until=first.accepted_on,
            reason="сырқат", by=school.operator,
        )  # fmt: skip
        world.enter(second, other)
    assert ContestApplication.objects.filter(state=State.CANDIDATE).count() == 2


@pytest.mark.norm("ADM-C20")
def test_nobody_enters_a_register_that_has_gone_out(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        refused = world.apply(parent, school.office, papers_of=["photos"])
    with common.at("2026-04-02 10:00"):
        common.make(campaign, "send_register", school.clerk)
        with pytest.raises(MoveNotAllowed):
            advance(refused, "take_all_the_same", by=school.head, motive="Кеш.")


def test_the_parent_takes_the_application_back_before_the_result(school, campaign, parent):
    with common.at("2026-03-16 10:00"):
        case = world.apply(parent, school.office)
        case = advance(case, "withdraw", by=parent)
    assert case.state == State.WITHDRAWN
    assert not case.deadlines.running().exists()


@pytest.mark.norm("ADM-C28", "ADM-C41", "ADM-C42")
def test_the_letters_of_a_candidate(school, parent):
    """From the register to the order, each once, and none before its day."""
    case = world.to_intake(school)
    with common.at("2026-03-16 10:00"):
        row = world.enter(world.apply(parent, school.office), school.clerk)
    with common.at("2026-04-02 10:00"):
        case = common.make(case, "send_register", school.clerk)
    sittings = [{"grade": 7, "at": common.local("2026-04-20 10:00"), "place": "12-кабинет"}]
    with common.at("2026-04-10 10:00"):
        case = common.make(case, "publish_schedule", school.clerk, sittings=sittings)
        world.sweeps.run("moves")
    case = world.prepared(school, case)
    with common.at("2026-04-20 14:00"):
        world.sweeps.run("moves")
    case = world.import_scores(school, case, {row.number: (50, 5)})
    with common.at("2026-04-21 10:00"):
        case = common.make(case, "issue_protocol", school.chair)
        world.sweeps.run("moves")
    with common.at("2026-04-28 10:00"):
        case = common.make(case, "order_enrolment", school.head)
        world.sweeps.run("moves")
    letters = list(row.notices.filter(recipient=parent, channel="cabinet").order_by("pk"))
    assert [letter.letter for letter in letters] == [
        "taken", "contest_entered", "contest_invited", "contest_result", "contest_enrolled",
    ]  # fmt: skip
    assert "12-кабинет" in letters[2].body
    assert "195" in letters[3].body


@pytest.mark.norm("ADM-C43", "ADM-C42")
def test_the_letters_of_the_reserve_and_of_who_is_left_out(school, parent):
    rows = [{} for _ in range(12)]
    case = world.to_published(school, rows, [(60 - n, 0) for n in range(12)], places={"7": 1})
    children = list(case.applications.order_by("pk"))
    for row in (children[1], children[11]):
        row.applicant.user = parent if row == children[1] else world.build_parent("860101300025")
        row.applicant.save()
    with common.at("2026-04-28 10:00"):
        world.sweeps.run("moves")
        common.make(common.make(case, "order_enrolment", school.head), "order_reserve", school.head)
        world.sweeps.run("moves")
    told = [row.notices.filter(channel="cabinet").values_list("letter", flat=True).last() for row in children]
    assert told[1] == "contest_reserve"
    assert told[11] == "contest_left_out"
