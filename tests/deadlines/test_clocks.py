"""The clocks of a case: started and ended by moves, breached once, warned of once, explained day by day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from calendars.rules import registry, rules_on
from kazservices import clock
from kazservices.deadlines import service as deadlines
from kazservices.deadlines.models import Cause, Deadline, SweepRun
from kazservices.flow import health, sweeps
from kazservices.notices.models import Notice
from tests import world

pytestmark = pytest.mark.django_db


def clock_of(case, rule):
    return case.deadlines.get(rule=f"deferral.{rule}")


def test_the_law_of_the_day_is_copied_onto_the_clock(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    decide = clock_of(case, "decide")
    assert (decide.norm, decide.length, decide.unit, decide.schedule) == ("CONS-8", 6, "working_days", "akimat")


def test_a_case_has_one_running_clock_of_a_rule(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    decide = clock_of(case, "decide")
    decide.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        decide.save(force_insert=True)


@pytest.mark.norm("CONS-8")
def test_a_clock_is_explained_day_by_day(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    days = deadlines.explain(clock_of(case, "decide"))
    counted = [day.date for day in days if day.counted]
    assert counted == [
        date(2026, 3, 26),
        date(2026, 3, 27),
        date(2026, 3, 30),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 4, 2),
    ]
    nauryz = [day for day in days if date(2026, 3, 21) <= day.date <= date(2026, 3, 25)]
    assert all(not day.counted and day.name and day.act for day in nauryz if day.date.day <= 23)


def test_each_step_shows_the_day_by_which_it_is_wanted_beside_its_own(user, place):
    case = world.to_opinions(user, place)
    wanted = {c.rule: case.time.local(c.needed_by).date() for c in case.deadlines.exclude(needed_by=None)}
    assert wanted == {
        "deferral.send": date(2026, 3, 26),
        "deferral.members": date(2026, 3, 27),
        "deferral.conclude": date(2026, 3, 30),
    }


def test_no_rule_can_be_suspended_and_none_extended_but_by_the_norm_that_allows_it():
    fields = {name for rule in registry.values() for name in rule.__slots__}
    assert not {name for name in (*fields, *dir(deadlines)) if "suspen" in name}
    extendable = {code: (rule.extendable, rule.extension_norm) for code, rule in registry.items() if rule.extendable}
    assert extendable == dict.fromkeys(("complaint.answer_5", "complaint.answer_15"), (10, "LAW-25-4a"))


def test_every_rule_of_ours_names_its_norm_and_both_languages():
    for rule in rules_on(date(2026, 3, 20)).values():
        assert rule.norm
        assert rule.label_kk
        assert rule.label_ru


def test_the_official_is_warned_on_the_morning_of_the_day_and_the_head_two_hours_before(user, place):
    case = world.to_members(user, place)  # opinions due Fri 27 March 18:30
    told = []
    for moment in ("2026-03-27 08:00", "2026-03-27 09:00", "2026-03-27 10:00", "2026-03-27 14:00", "2026-03-27 16:30"):
        with world.at(moment):
            sweeps.warn()
        letters = Notice.objects.filter(
            case=case.pk, channel="cabinet", letter__startswith="warning", body__contains="CONS-10-3"
        )
        told.append(sorted(f"{n.letter}:{n.recipient.username}" for n in letters))
    official = [f"warning_official:member{n}-03" for n in (1, 2, 3)]
    assert told == [[], official, official, official, ["warning_head:head-03", *official]]


def test_only_members_who_have_not_spoken_are_warned(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-26 15:00"):
        world.make(case, "give_opinion", place.member1, decision="approve")
    with world.at("2026-03-27 09:05"):
        sweeps.warn()
    warned = Notice.objects.filter(letter="warning_official", channel="cabinet", body__contains="CONS-10-3")
    assert {notice.recipient for notice in warned} == {place.member2, place.member3}


def test_the_last_day_for_the_notice_is_warned_of_a_day_before(user, place):
    case = world.to_opinions(user, place)  # the last day is D3, Mon 30 March
    with world.at("2026-03-27 16:30"):
        sweeps.warn()
    assert clock_of(case, "hearing_notice").warned_official_at is not None


def test_no_warning_comes_at_night_or_in_the_lunch_break(user, place):
    world.to_members(user, place)
    for moment in ("2026-03-27 07:00", "2026-03-27 13:30", "2026-03-27 23:00"):
        with world.at(moment):
            assert sweeps.warn()[1] == 0


def test_a_breach_found_after_the_sweeps_stood_still_says_so(user, place):
    with world.at("2026-03-20 18:40"):
        case = world.apply(user, place.office)  # handed over at the opening of Thu 26 March
    with world.at("2026-03-26 08:00"):
        sweeps.run("breaches")
    with world.at("2026-03-30 10:00"):  # nothing ran for two working days
        sweeps.run("breaches")
        sweeps.run("moves")
    hand_over = clock_of(case, "hand_over")
    assert hand_over.cause == Cause.SYSTEM_DOWN
    assert hand_over.cause_note.endswith("26.03.2026 08:00 – 30.03.2026 10:00")


def test_breaches_noted_together_keep_each_its_own_cause(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)  # handed over at once; sent to the members by Mon 23 March, a holiday
    with world.at("2026-03-26 18:40"):
        late = world.apply(world.build_recipient("000101100099"), place.office)
    for moment in ("2026-03-26 18:25", "2026-03-26 18:35", "2026-03-27 08:59"):  # then nothing until Wed 1 April
        with world.at(moment):
            SweepRun.objects.create(name="breaches", started_at=clock.now(), finished_at=clock.now())
    with world.at("2026-04-01 10:00"):
        assert deadlines.note_missed(clock.now()) == (2, 2)
        assert deadlines.note_missed(clock.now()) == (0, 0)
    sent, handed_over = clock_of(case, "send"), clock_of(late, "hand_over")
    assert (sent.cause, sent.cause_note) == (Cause.UNEXPLAINED, "")  # Thu 26 March, 18:30: the sweeps went
    assert handed_over.cause == Cause.SYSTEM_DOWN  # Fri 27 March, 18:30: they stood still, and it was theirs to do


def test_a_worker_dead_for_three_days_loses_and_doubles_nothing(user, place):
    case = world.to_members(user, place)
    with world.at("2026-04-01 10:00"):
        for _ in range(3):
            for name in ("moves", "breaches", "warnings"):
                sweeps.run(name)
    assert case.deadlines.breaches().filter(rule="deferral.members").count() == 1
    assert Notice.objects.filter(letter="breach", channel="cabinet", body__contains="CONS-10-3").count() == 1
    assert case.journal.filter(move="close_opinions").count() == 1
    # The round ended on Fri 27 March by its clock: the chair's day is Mon 30 March, however late the sweep was.
    conclude = clock_of(case, "conclude")
    assert case.time.local(conclude.due_at).date() == date(2026, 3, 30)


def test_every_sweep_leaves_a_row_and_a_late_one_turns_health_red(user, place):
    with world.at("2026-03-26 10:00"):
        assert health.health()["state"] == "red"
        for name in sweeps.SWEEPS:
            sweeps.run(name)
        assert health.health()["state"] == "green"
    assert SweepRun.objects.filter(finished_at__isnull=False).count() == len(sweeps.SWEEPS)
    with world.at("2026-03-26 10:10"):
        assert health.health()["state"] == "red"


def test_an_explained_breach_keeps_its_moment(user, place):
    world.to_members(user, place)
    with world.at("2026-03-30 10:00"):
        sweeps.make_due_moves()
    breach = Deadline.objects.breaches().get(rule="deferral.members")
    deadlines.explain_breach(breach, cause=Cause.OFFICIAL, note="Екі мүше іссапарда болды.")
    breach.refresh_from_db()
    assert breach.cause == Cause.OFFICIAL
    assert breach.ended_at - breach.due_at > timedelta(days=2)
