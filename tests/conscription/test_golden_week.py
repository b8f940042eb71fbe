"""Filed Fri 20 March 2026, 17:00. Nauryz 21-23 March, 24-25 given for the weekend.

D1 Thu 26 March, D2 Fri 27, D3 Mon 30, D4 Tue 31, D5 Wed 1 April, D6 Thu 2 April.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from conscription.states import State
from kazservices.deadlines.models import Cause, Outcome
from kazservices.flow import sweeps
from kazservices.flow.door import advance, options
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from tests import world


def clock_of(case, rule):
    return case.deadlines.filter(rule=f"{case.service}.{rule}").latest("started_at")


def due(case, rule):
    return f"{case.time.local(clock_of(case, rule).due_at):%a %d %b %H:%M}"


@pytest.mark.norm("CONS-8", "CLK-CONS-TOTAL", "CONS-S3")
def test_the_answer_is_due_at_the_close_of_the_sixth_working_day(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    assert case.accepted_on == date(2026, 3, 20)
    assert due(case, "decide") == "Thu 02 Apr 18:30"


@pytest.mark.norm("CONS-10-1", "CLK-CONS-REG")
def test_an_application_is_registered_and_with_the_chair_at_the_moment_of_submission(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    assert case.state == State.WITH_CHAIR
    assert case.number == "КҚ-03-2026-000001"
    assert [(party.office, party.part) for party in case.parties.all()] == [(place.office, "provider")]
    assert due(case, "hand_over") == "Fri 20 Mar 18:30"
    assert clock_of(case, "hand_over").outcome == Outcome.MET


@pytest.mark.norm("CLK-0", "CONS-S7-2", "CONS-10-1")
def test_after_hours_it_is_dated_to_the_next_working_day_and_handed_over_at_its_opening(user, place):
    with world.at("2026-03-20 18:30"):
        case = world.apply(user, place.office)
    assert (case.accepted_on, case.state) == (date(2026, 3, 26), State.SUBMITTED)
    assert due(case, "decide") == "Fri 03 Apr 18:30"
    with world.at("2026-03-26 08:59"):
        assert sweeps.make_due_moves() == (0, 0)
    with world.at("2026-03-26 09:00"):
        assert sweeps.make_due_moves() == (1, 1)
    case.refresh_from_db()
    assert case.state == State.WITH_CHAIR


@pytest.mark.norm("CONS-10-2", "CLK-CONS-CHAIR1")
def test_the_chair_sends_it_on_by_the_next_working_day(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    assert due(case, "send") == "Thu 26 Mar 18:30"
    with world.at("2026-03-26 18:31"):
        world.make(case, "send_to_members", place.chair)
    assert clock_of(case, "send").breach_noted_at is not None


@pytest.mark.norm("CONS-10-3", "CLK-CONS-MEMB")
def test_members_have_one_working_day_from_the_sending_and_the_round_ends_by_itself(user, place):
    case = world.to_members(user, place)
    assert due(case, "members") == "Fri 27 Mar 18:30"
    with world.at("2026-03-27 15:00"):
        world.make(case, "give_opinion", place.member1, decision="approve")
    with world.at("2026-03-27 18:31"):
        sweeps.make_due_moves()
        with pytest.raises(MoveNotAllowed):
            world.make(case, "give_opinion", place.member2, decision="approve")
    case.refresh_from_db()
    assert case.state == State.OPINIONS_IN
    assert clock_of(case, "members").breach_noted_at is not None
    assert due(case, "conclude") == "Mon 30 Mar 18:30"


def test_the_round_ends_with_the_last_opinion(user, place):
    case = world.to_opinions(user, place)
    assert case.state == State.OPINIONS_IN
    assert clock_of(case, "members").outcome == Outcome.MET
    assert clock_of(case, "members").breach_noted_at is None


@pytest.mark.norm("CONS-10-4", "CLK-CONS-CHAIR2")
def test_the_chair_concludes_by_the_next_working_day_by_either_outcome(user, place):
    case = world.to_opinions(user, place)
    assert due(case, "conclude") == "Mon 30 Mar 18:30"
    with world.at("2026-03-30 12:00"):
        case = world.make(case, "grant", place.chair, motive="Көпшілікпен келіспеймін: анықтама жарамды.")
    assert case.state == State.GRANTED
    assert clock_of(case, "conclude").outcome == Outcome.MET
    assert not case.deadlines.running().exists()


@pytest.mark.norm("CONS-10-5")
def test_preliminary_decision_and_notice_are_one_move_and_lie_in_the_cabinet_at_once(user, place):
    case = world.to_hearing(user, place)
    assert case.state == State.HEARING_CALLED
    notice = Notice.objects.get(case=case.pk, letter="hearing_notice", channel="cabinet")
    assert notice.served_at == case.hearings.get().served_at
    paper = case.papers.get(kind="preliminary_decision")
    assert paper.state == "issued"


@pytest.mark.norm("CONS-10-6", "CLK-HEAR-NOTICE")
def test_the_notice_leaves_while_three_working_days_of_the_term_remain(user, place):
    case = world.to_opinions(user, place)
    assert due(case, "hearing_notice") == "Mon 30 Mar 18:30"
    with world.at("2026-03-30 18:31"), pytest.raises(MoveNotAllowed):  # D3, one minute after closing
        world.make(
            case,
            "call_hearing",
            place.chair,
            grounds=["2"],
            motive="…",
            held_at=world.local("2026-04-01 11:00"),
            place="…",
            way="phone",
        )


@pytest.mark.norm("CONS-10-7", "CLK-HEAR-HELD")
def test_the_hearing_is_held_within_two_working_days_of_the_notice(user, place):
    case = world.to_hearing(user, place)
    assert due(case, "hearing") == "Wed 01 Apr 18:30"
    with world.at("2026-03-31 10:00"):  # only his own written wish leads beyond the two days; the term runs on
        world.make(case, "ask_postponement", user, wish="Емтихан", wished_at=world.local("2026-04-02 11:00"))
        moved = {"held_at": world.local("2026-04-02 11:00"), "place": "…", "way": "phone", "reason": "Емтихан"}
        world.make(case, "postpone_hearing", place.secretary, **moved, asked_by="applicant")
    with world.at("2026-04-02 12:00"):
        times = {"started_at": world.local("2026-04-02 11:00"), "ended_at": world.local("2026-04-02 11:20")}
        case = world.make(case, "record_hearing", place.secretary, **world.RECORD, **times)
    assert clock_of(case, "hearing").breach_noted_at is not None


@pytest.mark.norm("CONS-10-7")
def test_a_hearing_held_in_time_is_no_breach_though_its_record_is_signed_the_next_day(user, place):
    case = world.to_hearing(user, place, held_at="2026-04-01 17:30")
    with world.at("2026-04-02 09:30"):
        times = {"started_at": world.local("2026-04-01 17:30"), "ended_at": world.local("2026-04-01 18:20")}
        case = world.make(case, "record_hearing", place.secretary, **world.RECORD, **times)
    assert case.time.local(clock_of(case, "hearing").ended_at).isoformat() == "2026-04-01T18:20:00+05:00"
    assert clock_of(case, "hearing").breach_noted_at is None


@pytest.mark.norm("CONS-10-8")
def test_a_late_notice_needs_the_heads_override_and_is_a_breach_noted_at_once(user, place):
    case = world.to_opinions(user, place)
    call = {
        "grounds": ["2"],
        "motive": "…",
        "held_at": world.local("2026-04-02 11:00"),
        "place": "…",
        "way": "phone",
    }
    with world.at("2026-03-31 10:00"):  # D4
        with pytest.raises(MoveNotAllowed):
            world.make(case, "call_hearing", place.chair, **call)
        world.make(case, "permit_hearing", place.head, reason="Төраға ауырып қалды.")
        case = world.make(case, "call_hearing", place.chair, **call)
    breach = clock_of(case, "hearing_notice")
    assert breach.breach_noted_at == breach.ended_at
    with world.at("2026-04-02 11:30"):
        case = world.make(
            case,
            "record_hearing",
            place.secretary,
            **world.RECORD,
            started_at=world.local("2026-04-02 11:00"),
            ended_at=world.local("2026-04-02 11:20"),
        )
    with world.at("2026-04-03 10:00"):  # the third working day after service, after D6
        case = world.make(case, "refuse", place.chair, grounds=["2"], motive="…")
    assert case.state == State.REFUSED
    assert clock_of(case, "decide").breach_noted_at is not None


def test_a_grant_stays_open_after_the_last_day_for_the_notice(user, place):
    case = world.to_opinions(user, place, votes=("approve", "approve", "refuse"))
    with world.at("2026-04-07 10:00"):
        case = world.make(case, "grant", place.chair)
        sweeps.note_breaches()
    assert case.state == State.GRANTED
    assert clock_of(case, "hearing_notice").breach_noted_at is None  # no refusal was wanted: no notice was owed
    assert clock_of(case, "decide").breach_noted_at is not None


@pytest.mark.norm("LAW-19-1-1", "CONS-S5")
def test_a_refusal_on_the_sixth_day_carries_ground_and_motive(user, place):
    case = world.to_refused(user, place)
    assert (case.state, case.refusal_grounds) == (State.REFUSED, ["2"])
    assert case.motive
    assert clock_of(case, "decide").breach_noted_at is None
    assert case.papers.get(kind="refusal").state == "issued"


@pytest.mark.norm("CONS-10-5")
def test_no_one_is_refused_unheard(user, place):
    for case in (world.to_opinions(user, place), world.to_hearing(world.build_recipient("000101100006"), place)):
        with world.at("2026-04-02 15:00"), pytest.raises(MoveNotAllowed):
            world.make(case, "refuse", place.chair, grounds=["2"], motive="…")


def test_a_refusal_waits_for_the_third_working_day_after_service(user, place):
    case = world.to_heard(user, place, waived=True)
    refusal = {"grounds": ["2"], "motive": "…"}
    with world.at("2026-04-01 15:00"), pytest.raises(MoveNotAllowed):  # D5: second working day after service
        world.make(case, "refuse", place.chair, **refusal)
    with world.at("2026-04-02 09:00"):  # D6
        assert world.make(case, "refuse", place.chair, **refusal).state == State.REFUSED


def test_an_appointed_hearing_is_not_a_hearing(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-04-01 10:59"), pytest.raises(MoveNotAllowed):
        world.make(case, "record_no_show", place.secretary, note="…")


@pytest.mark.parametrize(
    ("held_at", "code"),
    [
        ("2026-03-30 11:00", "past"),  # an hour ago
        ("2026-03-28 11:00", "past"),  # Sat
        ("2026-04-01 13:30", "hours"),  # lunch
        ("2026-04-01 18:30", "hours"),  # closed
        ("2026-04-02 11:00", "too_late"),  # third working day after service
        ("2026-03-30 15:00", "too_late"),  # the day of service itself
        ("2026-04-04 11:00", "day_off"),  # Sat
    ],
)
def test_a_hearing_is_set_within_two_working_days_and_working_hours(user, place, held_at, code):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 12:00"), pytest.raises(ValidationError) as refusal:
        world.make(
            case,
            "call_hearing",
            place.chair,
            grounds=["2"],
            motive="…",
            held_at=world.local(held_at),
            place="…",
            way="phone",
        )
    assert refusal.value.error_dict["held_at"][0].code == code


def test_withdrawn_on_the_third_day_and_swept_on_the_ninth_is_no_breach(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 10:00"):
        case = world.make(case, "withdraw", user)
    with world.at("2026-04-07 10:00"):
        sweeps.note_breaches()
    assert case.state == State.WITHDRAWN
    assert not case.deadlines.breaches().exists()
    assert {d.outcome for d in case.deadlines.filter(rule="deferral.decide")} == {Outcome.CANCELLED}


def test_a_decision_one_minute_late_with_the_worker_down_is_a_breach(user, place):
    case = world.to_opinions(user, place, votes=("approve", "approve", "approve"))
    with world.at("2026-04-02 18:31"):
        case = world.make(case, "grant", place.chair)
    late = clock_of(case, "decide")
    assert (late.breach_noted_at, late.cause) == (late.ended_at, Cause.UNEXPLAINED)


def test_breaches_are_noted_and_escalated_once(user, place):
    case = world.to_opinions(user, place)
    for _ in range(3):
        with world.at("2026-04-06 10:00"):
            sweeps.note_breaches()
    assert case.deadlines.breaches().count() == 2  # the chair's day D3, the whole term D6
    assert Notice.objects.filter(letter="breach", channel="cabinet", recipient=place.head).count() == 2


def test_a_majority_may_be_overruled_only_with_a_written_motive(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 12:00"), pytest.raises(ValidationError) as refusal:
        advance(case, "grant", by=place.chair)
    assert refusal.value


def test_options_name_the_reason_of_a_closed_move(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-03-30 13:00"):
        refuse = next(o for o in options(case, place.chair) if o.move.name == "refuse")
    assert not refuse.is_open
    assert refuse.reason
