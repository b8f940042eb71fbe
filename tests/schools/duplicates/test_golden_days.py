"""The terms of duplicates and of originals on real days, one line a case.

2026: Nauryz 21-23 March, 24-25 given for the weekend; Mon 9 March given for Sunday the 8th; Thu 7, Sat 9, Mon 11 May
and Wed 27 May off; 31 August is worked.
"""

from datetime import date, datetime

import pytest

from calendars.rules import due_at, registry
from tests.calendars.conftest import OFFICES

SCHOOL, CORPORATION = OFFICES["duplicates"], OFFICES["state_corporation"]


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def ends(code, base, **more):
    """When a term ends that is counted from a day of acceptance."""
    office = OFFICES[registry[code].schedule]
    return due_at(registry[code], office, office.opening(base), base=base, **more)


@pytest.mark.norm("CLK-DUP-TOTAL", "DUP-8", "DUP-31")
@pytest.mark.parametrize(
    ("receiver", "at", "accepted", "first", "last"),
    [
        # who receives, when, accepted on, D1, D15
        (SCHOOL, "2026-08-28 12:00", date(2026, 8, 28), date(2026, 8, 31), date(2026, 9, 18)),  # Fri; Mon 31 Aug counts
        (SCHOOL, "2026-05-06 18:05", date(2026, 5, 8), date(2026, 5, 12), date(2026, 6, 2)),  # Wed late -> Fri; Tue
        (SCHOOL, "2026-03-13 17:59", date(2026, 3, 13), date(2026, 3, 16), date(2026, 4, 8)),  # Fri -> Mon, Wed
        (SCHOOL, "2026-03-13 18:00", date(2026, 3, 16), date(2026, 3, 17), date(2026, 4, 9)),  # Fri late -> Mon
        (CORPORATION, "2026-03-13 19:59", date(2026, 3, 13), date(2026, 3, 16), date(2026, 4, 8)),  # Fri, still open
        (CORPORATION, "2026-03-14 11:00", date(2026, 3, 14), date(2026, 3, 16), date(2026, 4, 8)),  # Sat -> D1 Mon
        (CORPORATION, "2026-03-14 20:00", date(2026, 3, 16), date(2026, 3, 17), date(2026, 4, 9)),  # Sat closed -> Mon
        (CORPORATION, "2026-03-15 11:00", date(2026, 3, 16), date(2026, 3, 17), date(2026, 4, 9)),  # Sun -> Mon
        (CORPORATION, "2026-03-09 10:00", date(2026, 3, 10), date(2026, 3, 11), date(2026, 4, 3)),  # Mon off -> Tue
    ],
)
def test_fifteen_working_days_of_the_school_from_the_day_on_which_somebody_accepted(
    receiver, at, accepted, first, last
):
    assert receiver.accepts(moment(at)) == accepted
    assert SCHOOL.days.add_working(accepted, 1) == first
    assert ends("duplicates.issue", accepted) == SCHOOL.closing(last)


@pytest.mark.norm("CLK-DUP-SC", "DUP-26-2", "DUP-27")
@pytest.mark.parametrize(
    ("accepted", "day_before"),
    [
        (date(2026, 3, 14), date(2026, 4, 7)),  # Sat; D15 Wed 8 April, D14 Tue 7
        (date(2026, 3, 13), date(2026, 4, 7)),  # Fri; the same
        (date(2026, 4, 16), date(2026, 5, 8)),  # Thu; D15 Tue 12 May, D14 Fri 8: Sat 9, Sun 10, Mon 11 are off
    ],
)
def test_the_state_corporation_has_the_result_a_working_day_before_the_end(accepted, day_before):
    whole = ends("duplicates.issue", accepted)
    assert ends("duplicates.dispatch", accepted, named_due=whole) == SCHOOL.closing(day_before)


@pytest.mark.norm("CLK-DUP-PREP", "DUP-26-1")
@pytest.mark.parametrize(
    ("registered", "prepared"),
    [
        (date(2026, 3, 16), date(2026, 3, 26)),  # Mon: 17, 18, 19, 20, then Thu 26 after Nauryz
        (date(2026, 4, 6), date(2026, 4, 13)),  # Mon -> Mon
    ],
)
def test_five_working_days_to_prepare_from_the_registration(registered, prepared):
    assert ends("duplicates.prepare", registered) == SCHOOL.closing(prepared)


@pytest.mark.norm("CLK-DUP-STORE", "DUP-30")
@pytest.mark.parametrize(
    ("arrived", "kept_until"),
    [
        (date(2026, 4, 7), date(2026, 5, 7)),  # Tue -> Thu, a holiday: the person's month is not made shorter
        (date(2026, 1, 31), date(2026, 2, 28)),  # Sat -> Sat: no 31 February
        (date(2026, 3, 30), date(2026, 4, 30)),  # Mon -> Thu
    ],
)
def test_a_month_in_store_is_a_month_of_the_calendar(arrived, kept_until):
    assert ends("duplicates.store", arrived) == CORPORATION.closing(kept_until)


@pytest.mark.norm("CLK-DUP-RESEND", "DUP-S5-4")
@pytest.mark.parametrize(
    ("asked", "sent_again"),
    [
        ("2026-05-08 10:00", date(2026, 5, 12)),  # Fri -> Tue: Mon 11 May is off
        ("2026-06-10 17:59", date(2026, 6, 11)),  # Wed -> Thu
        ("2026-06-13 11:00", date(2026, 6, 16)),  # Sat: at the school on Mon 15, due Tue
    ],
)
def test_one_working_day_to_send_it_again(asked, sent_again):
    rule = registry["duplicates.resend"]
    assert due_at(rule, SCHOOL, moment(asked)) == SCHOOL.closing(sent_again)


@pytest.mark.norm("CLK-ORIG", "DUP-6")
@pytest.mark.parametrize(
    ("decided", "handed_over"),
    [
        (date(2026, 6, 12), date(2026, 7, 27)),  # Fri -> Mon: 6 July is off
        (date(2026, 5, 25), date(2026, 7, 8)),  # Mon -> Wed: 27 May and 6 July are off
    ],
)
def test_thirty_working_days_for_an_original_from_the_decision(decided, handed_over):
    assert ends("original.hand_over", decided) == SCHOOL.closing(handed_over)


@pytest.mark.norm("SCHED-3", "DUP-S7-1")
@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-16 08:59", False),  # Mon
        ("2026-03-16 09:00", True),
        ("2026-03-16 13:00", False),  # lunch of one hour: not that of the other services
        ("2026-03-16 14:00", True),
        ("2026-03-16 17:59", True),
        ("2026-03-16 18:00", False),
        ("2026-03-14 11:00", False),  # Sat
    ],
)
def test_the_school_keeps_its_own_hours_for_duplicates(at, is_open):
    assert SCHOOL.is_open(moment(at)) is is_open


@pytest.mark.norm("SCHED-4", "DUP-S7-2")
@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-14 09:00", True),  # Sat
        ("2026-03-14 13:30", True),  # no lunch
        ("2026-03-14 19:59", True),
        ("2026-03-14 20:00", False),
        ("2026-03-15 11:00", False),  # Sun
    ],
)
def test_the_state_corporation_works_six_days_without_lunch(at, is_open):
    assert CORPORATION.is_open(moment(at)) is is_open
