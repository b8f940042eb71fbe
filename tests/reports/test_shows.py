"""What the report says must not depend on whether the worker was there."""

import pytest

from kazservices.deadlines.models import Cause, Deadline, Outcome
from kazservices.flow import sweeps
from kazservices.notices.models import Notice
from kazservices.reports import clocks
from kazservices.reports.figures import ALL, timeliness
from tests import world
from tests.reports.conftest import local


def by_norm(report, norm):
    line = report[("norm", norm)]
    return line.on_time, line.late


@pytest.mark.norm("CONS-8")
def test_a_decision_one_minute_late_with_the_worker_down_is_a_breach(place, recipient, scope):
    case = world.to_opinions(recipient, place, votes=("approve", "approve", "approve"))
    with world.at("2026-04-02 18:31"):
        world.make(case, "grant", place.chair)
    report = timeliness(scope("2026-04-03 10:00"))
    assert by_norm(report, "CONS-8") == (0, 1)
    assert report[("official", str(place.chair.pk))].late == 2  # the conclusion of D3, and the whole term
    late = clocks.clocks(scope("2026-04-03 10:00")).get(rule="deferral.decide")
    assert late.breach_noted_at == late.ended_at
    assert late.cause == Cause.UNEXPLAINED


def test_a_running_clock_past_its_moment_is_late_though_no_sweep_has_noted_it(place, recipient, scope):
    world.to_opinions(recipient, place)
    report = timeliness(scope("2026-04-02 18:31"))
    assert by_norm(report, "CONS-8") == (0, 1)
    assert not Deadline.objects.breaches().exists()


def test_withdrawn_on_the_third_day_and_swept_on_the_ninth_is_no_breach(place, recipient, scope):
    case = world.to_opinions(recipient, place)
    with world.at("2026-03-30 11:00"):
        world.make(case, "withdraw", recipient)
    with world.at("2026-04-07 09:00"):
        sweeps.run("moves")
        sweeps.run("breaches")
    report = timeliness(scope("2026-04-07 10:00"))
    assert report[ALL].late == 0
    assert by_norm(report, "CONS-8") == (0, 0)
    assert not Deadline.objects.breaches().exists()
    assert Deadline.objects.get(rule="deferral.decide").outcome == Outcome.CANCELLED


@pytest.mark.norm("CONS-10-6")
def test_the_notice_is_served_on_the_third_day_with_the_worker_dead_from_the_second(place, recipient, scope):
    case = world.to_members(recipient, place)
    with world.at("2026-03-26 18:00"):
        sweeps.run("moves")  # the last sweep before the worker dies; it comes back on the evening of D6
    with world.at("2026-03-27 16:00"):
        for member in place.members:
            case = world.make(case, "give_opinion", member, decision="refuse", ground="2", motive="Мерзімі өткен.")
    case = called(case, place)
    served = Notice.objects.get(letter="hearing_notice", channel="cabinet")
    assert served.served_at == local("2026-03-30 12:00")
    with world.at("2026-04-02 18:45"):
        for name in ("moves", "breaches", "warnings"):
            sweeps.run(name)
    report = timeliness(scope("2026-04-02 18:45"))
    assert by_norm(report, "CONS-10-6") == (1, 0)
    assert Notice.objects.filter(letter="hearing_notice", channel="cabinet").count() == 1


def called(case, place):
    with world.at("2026-03-30 12:00"):
        return world.make(
            case, "call_hearing", place.chair, grounds=["2"], motive="Анықтаманың мерзімі өткен.",
            held_at=world.local("2026-04-01 11:00"), place="214-кабинет", way="in_person",
        )  # fmt: skip
