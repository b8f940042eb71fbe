"""The hearing and all that may come in its way. Norms: CONS-10-5 to CONS-10-7, GAP-35, GAP-40."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from conscription import hearings
from conscription.models import Hearing
from conscription.states import State
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from tests import world

pytestmark = pytest.mark.django_db
MOVED = {"place": "214-кабинет", "way": "video", "reason": "Өтініш беруші ауырды."}
REFUSAL = {"grounds": ["2"], "motive": "…"}


def test_a_hearing_is_postponed_once_and_within_the_same_two_days(user, place):
    case = world.to_hearing(user, place, held_at="2026-03-31 11:00")
    with world.at("2026-03-31 10:00"):
        with pytest.raises(ValidationError):  # Thu 2 April is the third day
            advance(case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-04-02 11:00"), **MOVED)
        case = advance(case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-04-01 16:00"), **MOVED)
        with pytest.raises(ValidationError) as told:
            advance(case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-04-01 17:00"), **MOVED)
    assert told.value.code == "postponed"
    assert [h.status for h in case.hearings.all()] == [Hearing.Status.POSTPONED, Hearing.Status.APPOINTED]
    assert Notice.objects.filter(letter="hearing_moved", recipient=user, channel="cabinet").exists()


def test_later_than_two_days_only_at_the_applicants_own_wish_and_the_terms_run_on(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-03-31 10:00"):
        case = advance(case, "ask_postponement", by=user, wish="Емтихан", wished_at=world.local("2026-04-02 11:00"))
        wished = {"held_at": world.local("2026-04-02 11:00"), "asked_by": "applicant"}
        case = advance(case, "postpone_hearing", by=place.secretary, **wished, **MOVED)
    assert case.state == State.HEARING_CALLED
    hearing_clock = case.deadlines.running().get(rule="deferral.hearing")
    assert case.time.local(hearing_clock.due_at).date() == date(2026, 4, 1)


def test_who_does_not_come_may_be_refused_when_the_notice_was_served_and_the_time_to_object_is_over(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-04-01 11:20"):
        case = advance(case, "record_no_show", by=place.secretary, note="Келмеді, себебі белгісіз.")
    with world.at("2026-04-01 18:29"), pytest.raises(MoveNotAllowed):
        world.make(case, "refuse", place.chair, **REFUSAL)
    with world.at("2026-04-02 09:00"):
        assert world.make(case, "refuse", place.chair, **REFUSAL).state == State.REFUSED


@pytest.mark.norm("CONS-10-5")
def test_the_applicant_may_speak_in_writing_in_place_of_coming(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-03-31 12:00"):
        with pytest.raises(MoveNotAllowed):
            advance(case, "record_position", by=place.secretary)
        case = advance(case, "give_position", by=user, position="Оқуым жалғасуда.", instead_of_coming=True)
        case = advance(case, "record_position", by=place.secretary)
    assert case.state == State.HEARD
    assert hearings.current(case).status == Hearing.Status.IN_WRITING


def test_objections_may_come_after_the_hearing_until_the_time_is_over(user, place):
    case = world.to_heard(user, place, when="2026-03-31 11:40", held_at="2026-03-31 11:00")
    with world.at("2026-04-01 17:00"):
        case = advance(case, "give_position", by=user, position="Қосымша құжат бар.")
    assert hearings.current(case).position


def test_notice_on_the_first_day_leaves_a_refusal_from_the_fourth(user, place):
    with world.at("2026-03-20 10:00"):
        case = world.apply(user, place.office)
        case = world.make(case, "send_to_members", place.chair)
    with world.at("2026-03-20 12:00"):
        for member in place.members:
            case = advance(case, "give_opinion", by=member, decision="refuse", ground="2", motive="…")
    with world.at("2026-03-26 12:00"):  # D1
        call = {"grounds": ["2"], "motive": "…", "place": "…", "way": "phone"}
        case = world.make(case, "call_hearing", place.chair, held_at=world.local("2026-03-27 11:00"), **call)
    with world.at("2026-03-27 11:30"):  # D2
        times = {"started_at": world.local("2026-03-27 11:00"), "ended_at": world.local("2026-03-27 11:20")}
        case = world.make(case, "record_hearing", place.secretary, **world.RECORD | {"objection_waived": True}, **times)
    with world.at("2026-03-30 17:00"), pytest.raises(MoveNotAllowed):  # D3
        world.make(case, "refuse", place.chair, **REFUSAL)
    with world.at("2026-03-31 09:00"):  # D4
        assert world.make(case, "refuse", place.chair, **REFUSAL).state == State.REFUSED


def test_a_notice_after_closing_counts_for_the_next_working_day(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-27 18:40"):  # Fri evening, D2
        case = world.make(
            case, "call_hearing", place.chair, grounds=["2"], motive="…", place="…", way="phone",
            held_at=world.local("2026-04-01 11:00"),
        )  # fmt: skip
    assert hearings.current(case).served_on == date(2026, 3, 30)


@pytest.mark.norm("CONS-10-7")
def test_the_record_says_when_it_was_and_cannot_lie_in_the_future(user, place):
    case = world.to_hearing(user, place)
    times = {"started_at": world.local("2026-04-01 11:00"), "ended_at": world.local("2026-04-01 12:00")}
    with world.at("2026-04-01 11:30"), pytest.raises(ValidationError):
        world.make(case, "record_hearing", place.secretary, **world.RECORD, **times)


def test_a_reopened_case_has_its_own_clocks(user, place):
    case = world.to_refused(user, place)
    with world.at("2026-04-20 10:00"):  # Mon
        case = world.make(case, "withdraw_result", place.head, because="Сот шешімі № 5, 17.04.2026")
    assert case.state == State.OPINIONS_IN
    decide = case.deadlines.running().get(rule="deferral.decide")
    assert case.time.local(decide.due_at).date() == date(2026, 4, 28)  # Tue, sixth working day
    with world.at("2026-04-21 10:00"):
        assert world.make(case, "grant", place.chair, motive="Сот шешімі бойынша.").state == State.GRANTED
