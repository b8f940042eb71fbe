"""Thirty working minutes from acceptance to the result: lunch, night and days off stand still."""

import pytest
from django.utils import translation

from kazservices.backoffice.desk import Desk
from kazservices.backoffice.queue import for_rows, rows
from kazservices.deadlines import service as deadlines
from kazservices.deadlines.models import Deadline
from kazservices.flow import sweeps
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from tests import world

from . import scene


def due(case) -> str:
    return f"{case.time.local(case.deadlines.get().due_at):%Y-%m-%d %H:%M}"


@pytest.mark.norm("TRN-S3", "CLK-TRN", "TRN-S10-2")
@pytest.mark.parametrize(
    ("moment", "accepted", "ends"),
    [
        ("2026-04-15 10:00", "2026-04-15", "2026-04-15 10:30"),  # Wed
        ("2026-04-15 12:50", "2026-04-15", "2026-04-15 14:50"),  # Wed: over lunch
        ("2026-04-15 18:20", "2026-04-15", "2026-04-16 09:20"),  # Wed -> Thu
        ("2026-04-17 18:30", "2026-04-20", "2026-04-20 09:30"),  # Fri at closing -> Mon
    ],
)
def test_the_half_hour_by_portal_and_on_paper(two_schools, parent, moment, accepted, ends):
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "coupon_number": "Т-7"}
    for case in (scene.filed(parent, two_schools[0], moment), scene.brought(two_schools[0], moment, **other)):
        assert (case.accepted_on.isoformat(), due(case)) == (accepted, ends)
        assert case.deadlines.get().rule == "transfer.decide"


@pytest.mark.norm("TRN-S7-2")
def test_what_came_after_hours_is_accepted_and_answered_on_the_next_working_day(school, leaving, parent):
    case = scene.filed(parent, school, "2026-04-17 19:00")  # Fri
    assert case.accepted_on.isoformat() == "2026-04-20"  # Mon
    for moment in ("2026-04-17 19:10", "2026-04-19 12:00", "2026-04-20 08:59"):
        with pytest.raises(MoveNotAllowed):
            scene.admit(case, school, moment)
        with pytest.raises(MoveNotAllowed):
            scene.refuse(case, school, moment)
    case = scene.admit(case, school, "2026-04-20 09:10")
    assert case.state == "admitted"
    assert case.deadlines.get().outcome == "met"
    assert case.deadlines.get().breach_noted_at is None


@pytest.mark.norm("TRN-S3")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_parent_is_told_the_hour_of_the_answer(school, leaving, parent, language):
    parent.language = language
    parent.save(update_fields=["language"])
    case = scene.filed(parent, school, "2026-04-15 12:50")
    told = Notice.objects.filter(case=case.pk, recipient=parent, channel="cabinet")
    assert ["14:50" in letter.subject and "14:50" in letter.body for letter in told] == [True]


@pytest.mark.norm("TRN-S10-2", "CLK-TRN", "TRN-S3")
def test_a_minute_late_is_a_breach_and_on_time_is_none(school, leaving, parent):
    late = scene.filed(parent, school, "2026-04-15 12:50")
    with world.at("2026-04-15 14:50:30"):
        sweeps.note_breaches()
    assert Deadline.objects.get(case=late).breach_noted_at is not None
    school_class = scene.free_class(school)
    assert scene.admit(late, school, "2026-04-15 14:51", into=school_class).state == "admitted"


@pytest.mark.norm("CLK-TRN", "TRN-S3")
def test_the_clerk_is_warned_ten_minutes_before_the_end_and_the_head_five(school, leaving, parent):
    scene.filed(parent, school, "2026-04-15 12:50")
    told = []
    for moment in ("13:05", "14:39", "14:40", "14:44", "14:45", "14:49"):
        with world.at(f"2026-04-15 {moment}"):
            sweeps.warn()
        told.append(sorted(set(Notice.objects.filter(letter__startswith="warning").values_list("letter", flat=True))))
    official, both = ["warning_official"], ["warning_head", "warning_official"]
    assert told == [[], [], official, official, both, both]
    warned = dict(Notice.objects.filter(letter__startswith="warning").values_list("letter", "recipient"))
    assert warned == {"warning_official": school.clerk.pk, "warning_head": school.head.pk}


@pytest.mark.norm("CLK-TRN")
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("12:50", ("warn", "Осталось 30 мин", "")),
        ("12:59", ("warn", "Осталось 21 мин", "")),
        ("13:30", ("wait", "Осталось 20 мин", "Время стоит: обеденный перерыв. Продолжится: 14:30")),
        ("14:30", ("warn", "Осталось 20 мин", "")),
        ("14:49", ("warn", "Осталось 1 мин", "")),
        ("14:52", ("bad", "Срок истёк 2 мин назад", "")),
    ],
)
def test_the_queue_counts_the_minutes_and_says_when_they_stand_still(two_schools, parent, moment, said):
    school = two_schools[0]
    scene.filed(parent, school, "2026-04-15 12:50")
    with world.at(f"2026-04-15 {moment}"), translation.override("ru"):
        desk = Desk(school.clerk)
        [row] = rows(for_rows(desk.cases().open()), desk, world.clock.now())
    assert (row.chip.kind, row.chip.words, row.still) == said
    assert row.move.url


def test_the_queue_sorts_by_the_minutes_that_are_left(school, leaving):
    first = scene.filed(world.build_recipient("750903105022"), school, "2026-04-15 10:00")
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "coupon_number": "Т-7"}
    second = scene.filed(world.build_recipient("860621105032"), school, "2026-04-15 09:50", **other)
    queue = Desk(school.clerk).cases().open().by_urgency()
    assert [case.pk for case in queue] == [second.pk, first.pk]


@pytest.mark.norm("CLK-TRN")
def test_why_ten_to_three_is_told_by_the_hours(school, leaving, parent):
    case = scene.filed(parent, school, "2026-04-15 12:50")
    told = [(one.minutes, one.rest) for one in deadlines.in_stretches(case.deadlines.get())]
    assert told == [(10, None), (0, "lunch"), (20, None)]


@pytest.mark.norm("SCHED-2", "TRN-S7-1")
def test_a_school_keeps_its_own_hours(school):
    time = school.office.time_for("transfer")
    opened = [
        hour / 2 for hour in range(48) if time.is_open(world.clock.datetime(2026, 4, 15, hour // 2, hour % 2 * 30))
    ]
    assert (opened[0], opened[-1], time.minutes_a_day) == (9.0, 18.0, 480)
    assert not {13.0, 13.5, 14.0} & set(opened)
    assert [time.days.is_working(world.clock.datetime(2026, 4, day).date()) for day in range(13, 20)] == [True] * 5 + [
        False, False,
    ]  # fmt: skip
