"""A ticket of the counter: waiting and service in working minutes, each within the minutes of its standard."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from calendars.minutes import worked
from kazservices.counter import service as counter
from kazservices.counter.models import Ticket
from kazservices.flow import counters
from kazservices.notices.models import Notice
from kazservices.reports.counter import figures
from tests import world
from tests.calendars.conftest import OFFICES


def issued(school, moment, service="transfer"):
    with world.at(moment):
        return counter.issue(school.office, service, by=school.clerk)


def called(school, ticket, moment):
    with world.at(moment):
        return counter.call(ticket, by=school.clerk)


def ended(school, ticket, moment, **how):
    with world.at(moment):
        return counter.end(ticket, by=school.clerk, **how)


def local(school, moment) -> str:
    return f"{school.office.time_for('transfer').local(moment):%Y-%m-%d %H:%M}"


def test_the_number_begins_anew_each_day(school):
    numbers = [issued(school, f"2026-04-15 09:0{n}").number for n in range(3)]  # Wed
    assert numbers == [1, 2, 3]
    assert issued(school, "2026-04-16 09:00").number == 1


@pytest.mark.norm("TRN-S10-1", "CLK-TRN-WAIT")
@pytest.mark.parametrize(
    ("came", "last"),
    [
        ("2026-04-15 09:00", "2026-04-15 09:15"),  # Wed
        ("2026-04-15 12:50", "2026-04-15 14:35"),  # Wed: ten minutes before lunch, five after it
        ("2026-04-15 13:20", "2026-04-15 14:45"),  # Wed, in lunch
        ("2026-04-15 18:20", "2026-04-16 09:05"),  # Wed -> Thu
        ("2026-03-20 18:25", "2026-03-26 09:10"),  # Fri -> Thu, over Nauryz
    ],
)
def test_a_transfer_waits_fifteen_working_minutes_at_most(school, came, last):
    ticket = issued(school, came)
    assert (local(school, ticket.promised_at), local(school, ticket.call_by)) == (last, last)


@pytest.mark.norm("ADM-S10-1", "CLK-ADM-CNT")
@pytest.mark.parametrize(
    ("called_at", "minutes", "beyond", "breach"),
    [
        ("2026-04-15 09:15", 15, False, False),  # Wed
        ("2026-04-15 09:16", 16, True, False),  # the alert: fifteen were promised
        ("2026-04-15 09:20", 20, True, False),
        ("2026-04-15 09:21", 21, True, True),  # above twenty there is no reading of the standard that allows it
    ],
)
def test_admission_alerts_at_fifteen_and_breaks_its_term_above_twenty(school, called_at, minutes, beyond, breach):
    ticket = called(school, issued(school, "2026-04-15 09:00", "admission"), called_at)
    assert ticket.waited == minutes
    assert (ticket.waited_beyond_the_promise, ticket.waited_too_long) == (beyond, breach)
    assert list(Ticket.objects.waited_too_long()) == [ticket] * breach
    assert list(Ticket.objects.waited_beyond_the_promise()) == [ticket] * beyond


@pytest.mark.norm("ADM-S10-2", "TRN-S10-2")
@pytest.mark.parametrize(
    ("service", "ended_at", "minutes", "late"),
    [
        ("admission", "2026-04-15 12:10", 15, False),  # Wed, called at 11:55
        ("admission", "2026-04-15 12:11", 16, True),
        ("transfer", "2026-04-15 12:25", 30, False),
        ("transfer", "2026-04-15 12:26", 31, True),
    ],
)
def test_service_takes_as_long_as_the_standard_says_at_most(school, service, ended_at, minutes, late):
    ticket = called(school, issued(school, "2026-04-15 11:50", service), "2026-04-15 11:55")
    ticket = ended(school, ticket, ended_at)
    assert (ticket.served, ticket.served_too_long) == (minutes, late)
    [(_key, waiting, serving)] = figures(Ticket.objects.all())
    assert (waiting.spent, waiting.late) == ([5], 0)
    assert (serving.spent, serving.late) == ([minutes], int(late))


@pytest.mark.norm("CLK-ADM-CNT", "CLK-TRN-WAIT")
@pytest.mark.parametrize(
    "moment",
    ["2026-04-15 08:59", "2026-04-15 18:30", "2026-04-18 11:00"],  # Wed before opening, at closing; Sat
)
def test_no_ticket_is_issued_while_the_office_is_closed(school, moment):
    with pytest.raises(ValidationError) as told:
        issued(school, moment)
    assert told.value.code == "closed"
    assert issued(school, "2026-04-15 13:10").number == 1  # in lunch people come, and wait for its end


def test_lunch_is_no_minute_of_service(school):
    ticket = called(school, issued(school, "2026-04-15 12:40"), "2026-04-15 12:50")
    ticket = ended(school, ticket, "2026-04-15 14:50")
    assert (ticket.served, ticket.served_too_long) == (30, False)


def test_a_begun_minute_is_counted_whole(school):
    ticket = issued(school, "2026-04-15 09:00")
    assert called(school, ticket, "2026-04-15 09:07:20").waited == 8


def test_a_ticket_is_called_once_and_ended_once(school):
    ticket = issued(school, "2026-04-15 09:00")
    with pytest.raises(ValidationError) as told:
        ended(school, ticket, "2026-04-15 09:05")
    assert told.value.code == "not_called"
    ticket = called(school, ticket, "2026-04-15 09:05")
    with pytest.raises(ValidationError):
        called(school, ticket, "2026-04-15 09:06")
    ticket = ended(school, ticket, "2026-04-15 09:20")
    with pytest.raises(ValidationError):
        ended(school, ticket, "2026-04-15 09:21")
    assert (ticket.waited, ticket.served, ticket.outcome) == (5, 15, "served")


def test_who_goes_away_unserved_has_waited_no_longer_than_he_was_there(school):
    ticket = ended(school, issued(school, "2026-04-15 09:00"), "2026-04-15 09:10", left=True)
    assert (ticket.outcome, ticket.waited_too_long) == ("left", False)
    late = ended(school, issued(school, "2026-04-15 10:00"), "2026-04-15 10:16", left=True)
    assert late.waited_too_long
    assert list(Ticket.objects.waited_too_long()) == [late]


def test_no_ticket_where_the_standard_sets_no_minutes(school):
    with pytest.raises(ValidationError) as told:
        issued(school, "2026-04-15 09:00", "deferral")
    assert told.value.code == "no_counter"


@pytest.mark.parametrize("who", ["chair", "auditor", "operator"])
def test_only_who_stands_behind_this_counter_issues_calls_and_ends(school, who):
    ticket, person = issued(school, "2026-04-15 09:00"), getattr(school, who)
    stranger = world.build_place("22", "№ 22 мектеп").clerk
    for hand in (person, stranger):
        with world.at("2026-04-15 09:05"):
            for act in (
                lambda hand=hand: counter.issue(school.office, "transfer", by=hand),
                lambda hand=hand: counter.call(ticket, by=hand),
                lambda hand=hand: counter.end(ticket, by=hand, left=True),
            ):
                with pytest.raises(PermissionDenied):
                    act()


@pytest.mark.norm("TRN-S10-1", "ADM-S10-1")
def test_the_clerks_are_told_at_the_alert_and_the_head_at_the_breach_each_once(school):
    issued(school, "2026-04-15 09:00", "admission")
    told = []
    for moment in ("09:14", "09:15", "09:16", "09:20", "09:21", "09:30"):
        with world.at(f"2026-04-15 {moment}"):
            counters.watch()
        letters = Notice.objects.filter(letter__startswith="counter_").values_list("letter", "recipient")
        told.append(sorted((letter, "clerk" if who == school.clerk.pk else "head") for letter, who in letters))
    alert, breach = ("counter_alert", "clerk"), ("counter_breach", "head")
    assert told == [[], [alert], [alert], [alert], [alert, breach], [alert, breach]]


@pytest.mark.norm("TRN-S10-1", "CLK-TRN-WAIT")
def test_nobody_is_told_at_lunch_of_who_waited_into_it(school):
    issued(school, "2026-04-15 12:44")  # promised for 12:59
    with world.at("2026-04-15 13:05"):
        counters.watch()
    assert not Notice.objects.exists()
    with world.at("2026-04-15 14:30"):
        counters.watch()
    assert set(Notice.objects.values_list("letter", flat=True)) == {"counter_alert", "counter_breach"}


@pytest.mark.norm("CLK-ADM-CNT", "CLK-TRN-WAIT", "TRN-S10-1")
def test_two_sweeps_that_meet_at_one_ticket_tell_of_it_once(school):
    ticket = issued(school, "2026-04-15 09:00")
    with world.at("2026-04-15 09:16"):
        at = world.clock.now()
        assert [counters._alert(ticket, at), counters._alert(ticket, at)] == [True, False]
        assert [counters._note(ticket, at), counters._note(ticket, at)] == [True, False]
    told = sorted(Notice.objects.filter(channel="cabinet").values_list("letter", flat=True))
    assert told == ["counter_alert", "counter_breach"]


def test_a_ticket_that_nobody_ended_ends_with_its_day(school):
    waiting = issued(school, "2026-04-15 18:00")
    there = called(school, issued(school, "2026-04-15 18:10"), "2026-04-15 18:20")
    with world.at("2026-04-15 23:00"):
        counters.watch()
    assert Ticket.objects.filter(ended_at=None).count() == 2
    with world.at("2026-04-16 00:05"):
        counters.watch()
        counters.watch()
    waiting.refresh_from_db()
    there.refresh_from_db()
    assert (waiting.outcome, local(school, waiting.ended_at)) == ("unserved", "2026-04-15 18:30")
    assert waiting.waited_too_long
    assert (there.outcome, there.served) == ("served", 10)


def test_the_database_keeps_a_ticket_whole(school):
    ticket = issued(school, "2026-04-15 09:00")
    for wrong in ({"outcome": "served"}, {"waited": 3}, {"ended_at": ticket.issued_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(**wrong)


@given(
    st.datetimes(datetime(2023, 1, 1), datetime(2026, 6, 1)).map(lambda m: m.replace(tzinfo=UTC)),
    st.integers(0, 3000), st.integers(0, 59),
)  # fmt: skip
def test_the_minutes_of_a_ticket_are_never_fewer_than_the_time_that_was_worked(start, minutes, seconds):
    time = OFFICES["school"]
    begins = time.due_working_minutes(start, 1)
    until = time.due_working_minutes(begins, minutes).replace(second=seconds) if minutes else begins
    spent = worked(time, begins, max(until, begins)).total_seconds()
    counted = counter.begun_minutes(time, begins, max(until, begins))
    assert 0 <= counted * 60 - spent < 60
    assert counted >= time.working_minutes_between(begins, max(until, begins))
