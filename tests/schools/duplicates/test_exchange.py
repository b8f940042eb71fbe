"""The registers of the State Corporation: a Saturday's application, a missing line, a month in store, a second trip."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.cases.models import Case, Channel
from kazservices.deadlines.models import Outcome
from kazservices.flow import sweeps
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from schools.duplicates import exchange
from schools.duplicates.models import Consignment, ConsignmentItem, Partner
from schools.duplicates.states import State
from tests.conftest import on

from . import counter
from .conftest import sign_and_issue
from .test_life import clock_of, due

Direction = Consignment.Direction


def accepted_by(corporation, school, name="Қасымов Айдар Маратұлы", iin="000101100024", **how):
    return counter.apply(
        corporation.clerk, school.office, channel=Channel.STATE_CORPORATION, recipient=counter.person(iin, name), **how
    )


def sent(direction, school, corporation, cases, by):
    return exchange.send(direction, school=school.office, corporation=corporation.office, cases=cases, by=by)


@pytest.fixture
def pair(school, corporation):
    return {"school": school.office, "corporation": corporation.office}


@pytest.fixture
def brought(school, corporation):
    """Accepted on Saturday the 14th, at the school on Monday the 16th, registered there."""
    with on("2026-03-14 11:00"):
        case = accepted_by(corporation, school)
    with on("2026-03-16 10:00"):
        register = sent(Direction.APPLICATIONS, school, corporation, [case], corporation.clerk)
        exchange.countersign(register, arrived=[1], by=school.clerk)
    case.refresh_from_db()
    return case


@pytest.fixture
def stored(brought, school, corporation, blanks):
    """Ready at the State Corporation since Tuesday 31 March."""
    with on("2026-03-26 10:00"):
        case = advance(brought, "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
    with on("2026-03-30 10:00"):
        register = sent(Direction.RESULTS, school, corporation, [case], school.clerk)
    with on("2026-03-31 11:00"):
        exchange.countersign(register, arrived=[1], by=corporation.clerk)
    case.refresh_from_db()
    return case


@pytest.mark.norm("DUP-24", "LAW-20-1")
def test_a_saturday_at_the_state_corporation_is_accepted_that_day_and_monday_is_the_first_of_the_term(
    school, corporation
):
    with on("2026-03-14 11:00"):
        case = accepted_by(corporation, school)
    assert case.accepted_on == date(2026, 3, 14)
    assert clock_of(case, "issue").base_on == date(2026, 3, 14)
    assert due(case, "issue") == "Wed 08 Apr 18:00"  # D1 Mon 16 March


@pytest.mark.norm("DUP-22", "DUP-25")
def test_it_is_registered_on_the_day_on_which_the_register_is_countersigned(brought):
    assert brought.state == State.REGISTERED
    assert due(brought, "register_delivered") == "Mon 16 Mar 18:00"
    assert clock_of(brought, "register_delivered").outcome == Outcome.MET
    assert not brought.deadlines.filter(rule="duplicates.register").exists()
    assert due(brought, "prepare") == "Thu 26 Mar 18:00"


@pytest.mark.norm("DUP-25")
def test_nothing_is_registered_before_its_papers_have_come(school, corporation):
    with on("2026-03-16 10:00"):
        case = accepted_by(corporation, school)
        with pytest.raises(MoveNotAllowed):
            advance(case, "register", by=school.clerk)


@pytest.mark.norm("SCHED-4", "DUP-S7-2")
@pytest.mark.parametrize(
    ("at", "accepted"), [("2026-03-14 19:59", 14), ("2026-03-14 20:00", 16), ("2026-03-15 11:00", 16)]
)
def test_the_day_of_acceptance_is_that_of_the_state_corporations_own_hours(school, corporation, at, accepted):
    with on(at):
        assert accepted_by(corporation, school).accepted_on == date(2026, 3, accepted)


@pytest.mark.norm("DUP-25", "DUP-21")
def test_what_the_courier_brings_after_hours_is_registered_in_the_morning(school, corporation):
    with on("2026-03-14 11:00"):
        case = accepted_by(corporation, school)
    with on("2026-03-16 18:10"):
        register = sent(Direction.APPLICATIONS, school, corporation, [case], corporation.clerk)
        exchange.countersign(register, arrived=[1], by=school.clerk)
        case.refresh_from_db()
        assert case.state == State.DELIVERED
    with on("2026-03-17 09:00"):
        sweeps.make_due_moves()
    case.refresh_from_db()
    assert case.state == State.REGISTERED


@pytest.mark.norm("DUP-22")
def test_a_missing_line_is_named_and_nothing_of_it_is_lost(school, corporation):
    with on("2026-03-16 10:00"):
        here = accepted_by(corporation, school)
        lost = accepted_by(corporation, school, "Ермекова Сәуле Нұрланқызы", "000101100032")
        register = sent(Direction.APPLICATIONS, school, corporation, [here, lost], corporation.clerk)
        exchange.countersign(register, arrived=[1], by=school.clerk)
    lost.refresh_from_db()
    here.refresh_from_db()
    assert (here.state, lost.state) == (State.REGISTERED, State.SUBMITTED)
    (line,) = exchange.missing(school.office)
    assert (line.full_name, line.place) == ("Ермекова Сәуле Нұрланқызы", 2)
    assert list(exchange.missing(corporation.office)) == [line]
    with on("2026-03-17 10:00"):
        with pytest.raises(PermissionDenied):
            exchange.found(line, by=corporation.clerk)
        exchange.found(line, by=school.clerk)
        with pytest.raises(ValidationError):
            exchange.found(line, by=school.clerk)
    lost.refresh_from_db()
    assert lost.state == State.REGISTERED
    assert not exchange.missing(school.office).exists()
    assert due(lost, "issue") == "Thu 09 Apr 18:00"  # the day of acceptance stays


@pytest.mark.norm("DUP-22")
def test_each_side_signs_for_itself_and_once(school, corporation):
    with on("2026-03-16 10:00"):
        case = accepted_by(corporation, school)
        with pytest.raises(PermissionDenied):
            sent(Direction.APPLICATIONS, school, corporation, [case], school.clerk)
        register = sent(Direction.APPLICATIONS, school, corporation, [case], corporation.clerk)
        for places in ([1], []):
            with pytest.raises(PermissionDenied):
                exchange.countersign(register, arrived=places, by=corporation.clerk)
        exchange.countersign(register, arrived=[1], by=school.clerk)
        with pytest.raises(ValidationError):
            exchange.countersign(register, arrived=[1], by=school.clerk)
        with pytest.raises(ValidationError):
            sent(Direction.APPLICATIONS, school, corporation, [], corporation.clerk)


@pytest.mark.norm("DUP-23", "CLK-DUP-SC-DELIV")
def test_two_runs_on_each_day_of_acceptance_or_the_day_is_short(school, corporation, pair):
    with on("2026-03-16 10:00"):
        case = accepted_by(corporation, school)
        sent(Direction.APPLICATIONS, school, corporation, [case], corporation.clerk)
        with pytest.raises(PermissionDenied):
            exchange.record_run(**pair, by=school.clerk)
        (day,) = exchange.days(**pair, since=date(2026, 3, 1))
        assert (day.accepted, len(day.runs), day.is_short) == (1, 1, True)
    with on("2026-03-16 16:00"):
        exchange.record_run(**pair, by=corporation.clerk)
    (day,) = exchange.days(**pair, since=date(2026, 3, 1))
    assert ([run.number for run in day.runs], day.is_short) == ([1, 2], False)


@pytest.mark.norm("DUP-26-2", "LAW-5-2-5", "CLK-DUP-SC")
def test_what_is_countersigned_by_the_day_before_the_end_is_in_time(stored):
    assert stored.state == State.WITH_CORPORATION
    assert due(stored, "dispatch") == "Tue 07 Apr 18:00"
    assert {clock_of(stored, rule).outcome for rule in ("dispatch", "issue")} == {Outcome.MET}
    assert not stored.deadlines.breaches().exists()


@pytest.mark.norm("DUP-26-2")
def test_what_reaches_the_state_corporation_on_the_last_day_is_late_for_it(brought, school, corporation, blanks):
    with on("2026-03-26 10:00"):
        case = advance(brought, "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
    with on("2026-04-08 10:00"):  # D15
        register = sent(Direction.RESULTS, school, corporation, [case], school.clerk)
        exchange.countersign(register, arrived=[1], by=corporation.clerk)
    assert [clock.rule for clock in case.deadlines.breaches()] == ["duplicates.dispatch"]


@pytest.mark.norm("DUP-27", "DUP-S5-3")
def test_a_portal_applicant_may_collect_at_the_state_corporation_and_the_same_day_before_holds(
    user, school, corporation
):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office, pick_up="state_corporation")
    assert case.corporation == corporation.office
    assert due(case, "dispatch") == "Wed 08 Apr 18:00"  # D14; D15 Thu 9 April
    letter = Notice.objects.filter(case=case, letter="duplicate_taken").first()
    assert "Орталық көше, 5" in letter.body


@pytest.mark.norm("DUP-26-3", "DUP-30")
def test_a_portal_applicant_is_told_when_it_lies_at_the_state_corporation_and_when_its_month_is_over(
    user, school, corporation, blanks
):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office, pick_up="state_corporation")
        case = sign_and_issue(advance(case, "write_out", by=school.clerk, blank=blanks[0].pk), school)
        register = sent(Direction.RESULTS, school, corporation, [case], school.clerk)
        assert not Notice.objects.filter(case=case, letter="duplicate_ready").exists()
        exchange.countersign(register, arrived=[1], by=corporation.clerk)
    ready = Notice.objects.filter(case=case, letter="duplicate_ready").first()
    assert "Орталық көше, 5" in ready.body
    assert "16 сәуір" in ready.body
    with on("2026-04-16 20:00"):
        sweeps.make_due_moves()
    assert Notice.objects.filter(case=case, letter="duplicate_month_over").exists()


@pytest.mark.norm("DUP-27")
def test_where_the_school_has_no_state_corporation_it_cannot_be_chosen(user, school):
    with on("2026-03-16 10:00"), pytest.raises(ValidationError) as said:
        counter.apply(user, school.office, pick_up="state_corporation")
    assert "pick_up" in said.value.error_dict


@pytest.mark.norm("DUP-29", "DUP-S5-2")
def test_the_state_corporation_hands_over_and_the_school_cannot(stored, school, corporation):
    received = {"received_by": "self", "identity": "ЖК 012345678"}
    with on("2026-04-03 10:00"):
        with pytest.raises(PermissionDenied):
            advance(stored, "hand_over_there", by=school.clerk, **received)
        case = advance(stored, "hand_over_there", by=corporation.clerk, **received)
    assert case.state == State.HANDED_OVER
    assert clock_of(case, "store").outcome == Outcome.MET


@pytest.mark.norm("DUP-30", "CLK-DUP-STORE")
def test_after_a_month_it_goes_back_to_the_school(stored, school, corporation):
    assert due(stored, "store") == "Thu 30 Apr 20:00"  # stored Tue 31 March: April has no 31st
    with on("2026-04-30 19:59"):
        assert sweeps.make_due_moves() == (0, 0)
        with pytest.raises(MoveNotAllowed):
            advance(stored, "end_storage", by=SYSTEM)
    with on("2026-04-30 20:00"):
        assert sweeps.make_due_moves() == (1, 1)
    stored.refresh_from_db()
    assert stored.state == State.MONTH_OVER
    assert Notice.objects.filter(case=stored, letter="staff_duplicate_to_return", recipient=corporation.clerk).exists()
    with on("2026-05-04 10:00"):
        register = sent(Direction.RETURNS, school, corporation, [stored], corporation.clerk)
        exchange.countersign(register, arrived=[1], by=school.clerk)
    stored.refresh_from_db()
    assert stored.state == State.RETURNED
    assert not stored.deadlines.breaches().exists()


@pytest.mark.norm("DUP-S5-4", "CLK-DUP-RESEND", "DUP-30")
def test_who_comes_after_a_month_and_two_days_gets_it_by_a_second_trip(stored, school, corporation):
    with on("2026-04-30 20:00"):
        sweeps.make_due_moves()
    stored.refresh_from_db()
    with on("2026-05-02 10:00"):  # Sat: a month and two days; it is not at the counter any more
        register = sent(Direction.RETURNS, school, corporation, [stored], corporation.clerk)
    with on("2026-05-04 09:30"):
        exchange.countersign(register, arrived=[1], by=school.clerk)
        stored.refresh_from_db()
        case = advance(stored, "ask_again", by=corporation.clerk)
    assert due(case, "resend") == "Tue 05 May 18:00"
    assert Notice.objects.filter(case=case, letter="staff_duplicate_asked", recipient=school.clerk).exists()
    with on("2026-05-05 12:00"):
        register = sent(Direction.RESULTS, school, corporation, [case], school.clerk)
    assert clock_of(case, "resend").outcome == Outcome.MET
    with on("2026-05-05 15:00"):
        exchange.countersign(register, arrived=[1], by=corporation.clerk)
        case.refresh_from_db()
        case = advance(case, "hand_over_there", by=corporation.clerk, received_by="self", identity="ЖК 012345678")
    assert case.state == State.HANDED_OVER
    assert case.decided_at.date() == date(2026, 3, 31)
    assert not case.deadlines.breaches().exists()


@pytest.mark.norm("DUP-S5-4")
def test_a_second_trip_that_sets_out_a_day_late_is_a_breach(stored, school, corporation):
    with on("2026-04-30 20:00"):
        sweeps.make_due_moves()
    stored.refresh_from_db()
    with on("2026-05-04 09:30"):
        register = sent(Direction.RETURNS, school, corporation, [stored], corporation.clerk)
        exchange.countersign(register, arrived=[1], by=school.clerk)
        stored.refresh_from_db()
        case = advance(stored, "ask_again", by=corporation.clerk)
    with on("2026-05-06 09:30"):
        sent(Direction.RESULTS, school, corporation, [case], school.clerk)
    assert [clock.rule for clock in case.deadlines.breaches()] == ["duplicates.resend"]


@pytest.mark.norm("DUP-22")
def test_the_state_corporation_sees_what_is_its_own_and_no_other_case(user, school, corporation):
    with on("2026-03-16 10:00"):
        own = accepted_by(corporation, school)
        counter.apply(user, school.office)
    assert [case.pk for case in Case.objects.visible_to(corporation.clerk)] == [own.pk]
    assert ConsignmentItem.objects.count() == 0
    assert Partner.objects.count() == 1
