"""Day zero: complete and in time, or not taken with a receipt; nothing is lost, nothing filed twice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conscription.states import State
from kazservices import clock
from kazservices.cases.models import Case, Draft, Representation
from kazservices.documents import papers
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import OutsideWindow
from kazservices.flow.taking import take as file_application
from kazservices.passports.models import CallUpAct
from tests import world

pytestmark = pytest.mark.django_db


@pytest.mark.norm("WIN-CONS", "CONS-S10-1")
@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        ("2026-03-01 10:00", date(2026, 3, 2)),  # Sun, the first day of the window
        ("2026-06-30 18:29", date(2026, 6, 30)),  # Tue, the last day
        ("2026-12-30 18:00", date(2026, 12, 30)),  # Wed, the last day
        ("2024-06-30 12:00", date(2024, 7, 1)),  # Sun: a last day off, submitted on it
        ("2023-12-30 12:00", date(2024, 1, 3)),  # Sat: likewise, across New Year
    ],
)
def test_in_time(user, place, moment, accepted):
    with world.at(moment):
        assert world.apply(user, place.office).accepted_on == accepted


@pytest.mark.norm("WIN-CONS")
@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-02-28 10:00", "01.03.2026"),  # Sat: the day before, whatever its acceptance date would be
        ("2026-06-30 18:31", "01.09.2026"),  # Tue, after closing
        ("2024-07-01 10:00", "01.09.2024"),  # Mon after a last day off
        ("2026-12-31 10:00", "01.03.2027"),  # Thu: 31 December is closed (GAP-24)
    ],
)
def test_out_of_time_says_when_the_next_period_opens_and_keeps_the_draft(user, place, moment, opens):
    with world.at(moment):
        filing = world.filing(user, place.office)
        with pytest.raises(OutsideWindow) as told:
            file_application(filing)
    assert opens in told.value.messages[0]
    filing.draft.refresh_from_db()
    assert filing.draft.attachments.count() == 1
    assert not Case.objects.exists()


@pytest.mark.norm("LAW-19", "CONS-S8-1")
def test_an_incomplete_package_is_not_taken_and_can_be_completed_and_sent_again(user, place):
    with world.at("2026-03-20 17:00"):
        filing = world.filing(user, place.office, papers_of=[])
        case = file_application(filing)
        papers.render_waiting()
    assert (case.state, case.number) == (State.NOT_TAKEN, "КҚ-Б-03-2026-000001")
    receipt = case.papers.get(kind="not_taken_receipt")
    assert receipt.state == "issued"
    assert not case.deadlines.exists()
    filing.draft.refresh_from_db()
    with world.at("2026-03-20 17:20"):
        world.attach(filing.draft, "study_certificate", world.picture(), by=user)
        needed = [r.code for r in world.passports.required_documents(filing.category, {})]
        filing.draft.attachments.update(requirement=needed[0])
        again = file_application(world.signed(world.replace(filing, draft=filing.draft)))
    assert again.state == State.WITH_CHAIR
    assert again.previous_id == case.pk
    assert again.number == "КҚ-03-2026-000001"


@pytest.mark.norm("LAW-19")
def test_an_expired_document_is_not_taken_by_the_acceptance_date(user, place):
    with world.at("2026-03-20 18:31"):  # accepted Thu 26 March
        filing = world.filing(user, place.office)
        filing.draft.attachments.update(valid_until=date(2026, 3, 25))
        assert file_application(filing).state == State.NOT_TAKEN


@pytest.mark.norm("LAW-19-1-3")
def test_who_was_refused_may_apply_again_and_the_new_case_names_the_old_one(user, place):
    refused = world.to_refused(user, place)
    with world.at("2026-04-06 10:00"):
        filing = world.filing(user, place.office)
        filing.draft.previous = refused.case_ptr
        filing.draft.save()
        case = file_application(filing)
    assert case.state == State.WITH_CHAIR
    assert list(refused.case_ptr.re_applications.all()) == [case.case_ptr]


@pytest.mark.norm("CONS-10-1")
def test_a_second_press_files_nothing_again(user, place):
    with world.at("2026-03-20 17:00"):
        filing = world.filing(user, place.office)
        first, second = file_application(filing), file_application(filing)
    assert first.pk == second.pk
    assert Case.objects.count() == 1


def test_a_second_press_on_an_incomplete_package_makes_no_second_receipt(user, place):
    with world.at("2026-03-20 17:00"):
        filing = world.filing(user, place.office, papers_of=[])
        first, second = file_application(filing), file_application(filing)
    assert first.pk == second.pk
    assert Case.objects.count() == 1


@pytest.mark.norm("CONS-S8-0")
def test_an_application_is_signed_by_its_applicant_over_what_it_says_now(user, place):
    stranger = world.build_recipient("000101100006")
    with world.at("2026-03-20 17:00"):
        filing = world.filing(user, place.office)
        unsigned = world.replace(filing, signature=None)
        foreign = world.replace(filing, signature=world.filing(stranger, place.office).signature)
        for wrong in (unsigned, foreign):
            with pytest.raises(ValidationError):
                file_application(wrong)
        world.attach(filing.draft, "study_certificate", world.picture("b.png"), by=user)
        with pytest.raises(ValidationError) as told:
            file_application(filing)
    assert told.value.code == "changed"
    assert not Case.objects.exists()


@pytest.mark.norm("CONS-S8-0")
def test_a_draft_changed_in_another_window_is_signed_again(user, place):
    other = world.build_place("07", "Басқа аудан әкімдігі").office
    with world.at("2026-03-20 17:00"):
        filing = world.filing(user, place.office)
        Draft.objects.filter(pk=filing.draft.pk).update(office=other)
        with pytest.raises(ValidationError) as told:
            file_application(filing)
    assert told.value.code == "changed"


@pytest.mark.norm("CONS-E-C5", "CONS-S8-1")
def test_a_category_that_the_answer_closes_is_not_filed(user, place):
    answers = {"excluded_51_9": True}
    with world.at("2026-03-20 17:00"), pytest.raises(ValidationError) as told:
        world.apply(user, place.office, service="exemption", category="SPECIAL_BODIES", answers=answers)
    assert told.value.code == "closed"


@pytest.mark.norm("CONS-S8-0")
def test_nobody_files_for_another_by_a_power_that_has_ended(user, place):
    with world.at("2026-03-20 17:00"):
        filing = world.filing(user, place.office)
        Representation.objects.create(
            draft=filing.draft, representative=user, basis="parent", proof="confirmed", iin="000202200027",
            full_name="Сейітов Асан", birth_date=date(2000, 2, 2), since=date(2026, 1, 1), until=date(2026, 3, 19),
            stated_at=clock.now(),
        )  # fmt: skip
        with pytest.raises(ValidationError) as told:
            file_application(world.signed(filing))
    assert told.value.code == "power_ended"


@pytest.mark.norm("CONS-D-C1", "CONS-S8-1")
def test_a_category_with_an_open_question_is_not_filed(user, place):
    with world.at("2026-03-20 17:00"), pytest.raises(ValidationError) as told:
        world.apply(user, place.office, category="FAMILY_CARE")
    assert told.value.code == "unanswered"


@pytest.mark.norm("CONS-S1")
def test_an_office_that_does_not_provide_the_service_takes_nothing(user, place):
    place.office.hours.filter(service="deferral").delete()
    with world.at("2026-03-20 17:00"), pytest.raises(ValidationError) as told:
        world.apply(user, place.office)
    assert "office" in told.value.error_dict


@pytest.mark.norm("LAW-19")
def test_a_clerk_may_still_refuse_to_accept_on_the_day_of_arrival_and_not_after(user, place):
    with world.at("2026-03-20 10:00"):
        case = world.apply(user, place.office)
    with world.at("2026-03-20 16:00"):
        taken = world.make(case, "refuse_acceptance", place.clerk, missing=[], motive="Анықтама басқа адамға берілген.")
    assert taken.state == State.NOT_TAKEN
    assert not taken.deadlines.running().exists()
    with world.at("2026-03-23 10:00"):  # a holiday: the next case is dated Thu 26
        other = world.apply(world.build_recipient("000101100006"), place.office)
    with world.at("2026-03-26 18:30"), pytest.raises(MoveNotAllowed):
        advance(other, "refuse_acceptance", by=place.clerk, missing=[], motive="…")


def test_once_the_chair_has_sent_it_on_acceptance_is_refused_no_more(user, place):
    with world.at("2026-03-26 10:00"):
        case = world.apply(user, place.office)
        world.make(case, "send_to_members", place.chair)
        with pytest.raises(MoveNotAllowed):
            advance(case, "refuse_acceptance", by=place.clerk, missing=[], motive="…")


@pytest.mark.norm("CONS-S8-4")
def test_the_receipt_tells_number_acceptance_and_result_date(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        papers.render_waiting()
    receipt = case.papers.get(kind="receipt")
    assert receipt.state == "issued"
    assert receipt.facts["result_at"] == world.local("2026-04-02 18:30")


@pytest.mark.norm("LAW-5-2-8")
def test_the_applicant_sees_his_case_and_nobody_elses(user, place):
    stranger = world.build_recipient("000101100006")
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        assert list(Case.objects.visible_to(user)) == [case.case_ptr]
        assert not Case.objects.visible_to(stranger).exists()
        assert not Case.objects.visible_to(world.build_place("07", "Басқа").chair).exists()
        assert Case.objects.visible_to(place.member1).exists()


@pytest.mark.norm("LAW-5-1-2", "LAW-19-1-2")
def test_a_refusal_names_only_a_ground_of_the_closed_list(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        for ground in ("law-4", "9", ""):
            with pytest.raises(ValidationError) as told:
                advance(case, "give_opinion", by=place.member1, decision="refuse", ground=ground, motive="…")
            assert "ground" in told.value.error_dict


@pytest.mark.norm("CONS-S9-3")
def test_ground_three_is_there_only_without_a_call_up_act(user, place):
    case = world.to_members(user, place)
    third = {"decision": "refuse", "ground": "3", "motive": "Шақыру туралы акт жоқ."}
    with world.at("2026-03-27 10:00"):
        with pytest.raises(ValidationError):
            advance(case, "give_opinion", by=place.member1, **third)
        CallUpAct.objects.all().delete()
        advance(case, "give_opinion", by=place.member1, **third)


@pytest.mark.norm("LAW-5-2-12")
def test_a_refused_consent_fetches_nothing_and_opens_the_laws_sixth_ground(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office, given=False)
    assert not case.register_requests.exists()
    with world.at("2026-03-26 10:00"):
        case = world.make(case, "send_to_members", place.chair)
        world.make(case, "give_opinion", place.member1, decision="refuse", ground="law-6", motive="Келісім берілмеді.")


def test_the_registration_number_goes_up_by_one_for_each_office_and_year(user, place):
    other = world.build_place("07", "Басқа")
    numbers = []
    for moment, office in (
        ("2025-12-22 10:00", place.office),
        ("2026-03-20 10:00", place.office),
        ("2026-03-20 10:05", place.office),
        ("2026-03-20 10:10", other.office),
    ):
        with world.at(moment):
            numbers.append(world.apply(user, office).number)
    assert numbers == ["КҚ-03-2025-000001", "КҚ-03-2026-000001", "КҚ-03-2026-000002", "КҚ-07-2026-000001"]


def test_only_the_applicant_withdraws(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        for person in (place.chair, place.clerk, world.build_recipient("000101100006")):
            with pytest.raises(PermissionDenied):
                advance(case, "withdraw", by=person)
        assert advance(case, "withdraw", by=user).state == State.WITHDRAWN
