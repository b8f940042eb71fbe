"""Figures against a table made by hand.

The akimat works 480 minutes a day: 09:00-13:00 and 14:30-18:30. Filed Fri 20 March 2026 at 17:00, 90 minutes before
closing; after Nauryz D1 is Thu 26 March, D2 Fri 27, D3 Mon 30, D4 Tue 31, D5 Wed 1 April, D6 Thu 2 April, due 18:30.
"""

from datetime import date

import pytest

from kazservices.deadlines.models import Outcome
from kazservices.reports.clocks import theirs
from kazservices.reports.figures import ALL, Tally, share_of, timeliness
from tests import world

HAND_MADE = (
    # ended, outcome, stands as, working minutes used
    ("2026-03-26 10:00", Outcome.MET, "on_time", 150),  # 90 + 60
    ("2026-03-30 12:00", Outcome.MET, "on_time", 1230),  # 90 + 2 x 480 + 180
    ("2026-04-02 18:30", Outcome.MET, "on_time", 2970),  # 90 + 6 x 480: the last moment is in time
    ("2026-04-02 18:31", Outcome.MET, "late", 2970),  # one minute late, outside working time
    ("2026-04-03 09:20", Outcome.MET, "late", 2990),
    ("2026-03-30 11:00", Outcome.CANCELLED, None, None),  # withdrawn in time: of no account
    ("2026-04-03 11:00", Outcome.CANCELLED, "late", None),  # withdrawn when it was late already
    ("2026-03-30 11:00", Outcome.TRANSFERRED, None, None),
    (None, Outcome.RUNNING, "late", None),
)


@pytest.mark.parametrize("row", HAND_MADE, ids=lambda row: f"{row[0]} {row[1]}")
def test_each_clock_stands_as_counted_by_hand(lay, scope, row):
    ended, outcome, standing, minutes = row
    lay(ended=ended, outcome=outcome)
    whole = timeliness(scope())[ALL]
    assert (whole.on_time, whole.late, whole.running) == (standing == "on_time", standing == "late", 0)
    assert whole.spent == ([] if minutes is None else [minutes])


def test_all_of_them_together(lay, scope):
    for ended, outcome, *_ in HAND_MADE:
        lay(ended=ended, outcome=outcome)
    whole = timeliness(scope())[ALL]
    assert (whole.on_time, whole.late, whole.counted) == (3, 4, 7)
    assert round(whole.share, 1) == 42.9
    assert (whole.median, whole.percentile_90) == (2970, 2990)


def test_the_same_clock_as_it_stood_on_earlier_days(lay, scope):
    lay(ended="2026-04-03 09:20")
    before, between, after = (timeliness(scope(as_of=day))[ALL] for day in ("2026-04-01", "2026-04-02", "2026-04-03"))
    assert (before.running, before.late, before.spent) == (1, 0, [])
    assert (between.running, between.late, between.spent) == (0, 1, [])
    assert (after.running, after.late, after.spent) == (0, 1, [2990])


def test_a_clock_not_yet_started_does_not_stand_there(lay, scope):
    lay()
    assert timeliness(scope(as_of="2026-03-19"))[ALL].running == 0


@pytest.mark.norm("CONS-10-6")
def test_a_duty_that_never_arose_is_no_breach(lay, scope):
    """A notice of a hearing is owed only before a refusal: late when it was late, nothing when there was none."""
    notice = {"rule": "deferral.hearing_notice", "due": "2026-03-30 18:30"}
    lay(**notice)
    lay(**notice, ended="2026-04-02 12:00", outcome=Outcome.CANCELLED)
    assert timeliness(scope())[ALL].counted == 0
    lay(**notice, ended="2026-03-31 10:00")
    assert timeliness(scope())[ALL].late == 1


def test_the_applicants_own_term_is_no_breach_of_ours(lay, scope):
    lay("deferral.objection", due="2026-04-01 18:30", ended="2026-04-02 12:00")
    assert timeliness(scope())[ALL].counted == 0
    assert theirs(scope()).count() == 1


def test_a_clock_belongs_to_the_period_in_which_it_fell_due(lay, scope):
    lay(ended="2026-04-02 12:00")
    assert timeliness(scope(since="2026-03-01", until="2026-03-31"))[ALL].counted == 0
    assert timeliness(scope(since="2026-04-02", until="2026-04-02"))[ALL].counted == 1


def test_lines_by_norm_month_service_office_and_official(lay, scope, place):
    lay(ended="2026-03-30 12:00", ended_by=place.chair)
    lay(ended="2026-04-03 09:20", ended_by=place.deputy)
    lay("deferral.members", due="2026-03-27 18:30", started="2026-03-26 10:00", ended="2026-03-27 18:31")
    lay("deferral.hand_over", due="2026-03-20 18:30", ended="2026-03-20 17:00")
    report = timeliness(scope())
    assert report[("norm", "CONS-8")].late == 1
    assert report[("service", "deferral")].counted == report[("office", place.office.pk)].counted == 4
    assert report[("official", str(place.chair.pk))].on_time == 1
    assert report[("official", str(place.deputy.pk))].late == 1
    assert report[("official", "role:member")].late == 1  # three members: nobody alone
    assert report[("official", "role:")].on_time == 1  # handed over by the system itself
    assert report[("cell", "CONS-10-3", date(2026, 3, 1))].late == 1
    assert report[("week", date(2026, 3, 23))].late == 1


def test_a_running_clock_belongs_to_the_only_holder_of_its_role(lay, scope, place):
    lay()
    assert timeliness(scope())[("official", str(place.chair.pk))].late == 1
    assert timeliness(scope(official=str(place.chair.pk)))[ALL].late == 1
    assert timeliness(scope(official="role:member"))[ALL].late == 0


def test_a_withdrawal_never_makes_the_applicant_the_official(lay, scope, place, recipient):
    lay(ended="2026-04-03 11:00", outcome=Outcome.CANCELLED, ended_by=recipient)
    report = timeliness(scope())
    assert report[("official", str(place.chair.pk))].late == 1
    assert report[("official", str(recipient.pk))].counted == 0


def test_the_whole_term_is_measured_apart_from_its_steps(lay, scope):
    lay(ended="2026-03-30 12:00")
    lay("deferral.send", due="2026-03-26 18:30", ended="2026-03-26 10:00")
    report = timeliness(scope())
    assert report[ALL].spent == [1230]
    assert report[("norm", "CONS-10-2")].spent == [150]
    assert timeliness(scope(norm="CONS-10-2"))[ALL].spent == [150]


def test_another_office_stands_in_no_line(lay, scope, place):
    lay()
    other = world.build_place(code="07", name="Бестерек ауданының әкімдігі")
    assert timeliness(scope(by=other.auditor))[ALL].counted == 0
    assert timeliness(scope(by=other.head))[ALL].counted == 0
    assert timeliness(scope(by=place.head))[ALL].counted == 1


@pytest.mark.parametrize(("spent", "middle", "ninth"), [
    ([], None, None), ([5], 5, 5), ([1, 2], 1.5, 2), ([3, 1, 2], 2, 3), (list(range(1, 11)), 5.5, 9),
    (list(range(1, 21)), 10.5, 18),
])  # fmt: skip
def test_median_and_nearest_rank(spent, middle, ninth):
    tally = Tally(spent=spent)
    assert (tally.median, tally.percentile_90) == (middle, ninth)


def test_one_breach_never_rounds_up_to_a_hundred():
    assert share_of(99999, 100000) == 99.9
    assert share_of(3, 3) == 100
    assert share_of(0, 0) is None
