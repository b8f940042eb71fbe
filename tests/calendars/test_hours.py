from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from calendars.arithmetic import SCHEDULES
from calendars.words import explained_words

from .conftest import OFFICES


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.norm("SCHED-1", "CONS-S7-1")
def test_the_akimat_works_on_weekdays_from_nine_to_half_past_six_with_lunch(akimat):
    assert akimat.minutes_a_day == 480
    opened = [hour for hour in range(0, 24 * 60, 30) if akimat.is_open(at("2026-04-15") + timedelta(minutes=hour))]
    assert opened == [*range(9 * 60, 13 * 60, 30), *range(14 * 60 + 30, 18 * 60 + 30, 30)]
    week = [at("2026-04-13 10:00") + timedelta(days=n) for n in range(7)]
    assert [akimat.is_open(moment) for moment in week] == [True] * 5 + [False] * 2
    assert not akimat.is_open(at("2026-03-23 10:00"))


def test_each_schedule_has_its_own_hours():
    hours = {code: (f"{row.opens:%H:%M}-{row.closes:%H:%M}", row.week) for code, row in SCHEDULES.items()}
    assert hours == {
        "akimat": ("09:00-18:30", "five"),
        "school": ("09:00-18:30", "five"),
        "duplicates": ("09:00-18:00", "five"),
        "state_corporation": ("09:00-20:00", "six"),
    }
    assert [OFFICES[code].minutes_a_day for code in hours] == [480, 480, 480, 660]


@pytest.mark.norm("SCHED-5")
def test_the_portal_takes_in_at_every_hour_and_dates_it_to_a_working_day(akimat):
    for hour in range(24 * 31):
        submitted = at("2026-03-01 00:15") + timedelta(hours=hour)
        accepted = akimat.accepts(submitted)
        assert akimat.days.is_working(accepted)
        assert accepted >= submitted.date()


@pytest.mark.norm("CLK-0")
@pytest.mark.parametrize(
    ("submitted", "accepted"),
    [
        (datetime(2026, 3, 20, 13, 29, 59, 999999, tzinfo=UTC), date(2026, 3, 20)),  # 18:29:59.999999 in Almaty
        (datetime(2026, 3, 20, 13, 30, tzinfo=UTC), date(2026, 3, 26)),  # 18:30:00
        (datetime(2024, 2, 29, 12, 29, tzinfo=UTC), date(2024, 2, 29)),  # 18:29, still UTC+6
        (datetime(2024, 2, 29, 12, 30, tzinfo=UTC), date(2024, 3, 1)),
        (datetime(2024, 3, 1, 12, 30, tzinfo=UTC), date(2024, 3, 1)),  # 17:30, now UTC+5
        (datetime(2024, 3, 1, 19, 29, tzinfo=timezone(timedelta(hours=6))), date(2024, 3, 1)),  # 18:29 in Almaty
        (datetime(2024, 2, 29, 23, 30), date(2024, 3, 1)),  # an hour that came twice
        (datetime(2024, 2, 29, 23, 30, fold=1), date(2024, 3, 1)),
    ],
)
def test_acceptance_is_judged_on_the_clock_of_the_office(akimat, submitted, accepted):
    assert akimat.accepts(submitted) == accepted


def test_the_due_moment_carries_the_offset_of_its_day(akimat):
    assert akimat.due_working_days(date(2024, 2, 28), 1).isoformat() == "2024-02-29T18:30:00+06:00"
    assert akimat.due_working_days(date(2024, 2, 28), 2).isoformat() == "2024-03-01T18:30:00+05:00"


def test_minutes_keep_their_seconds(akimat):
    assert akimat.due_working_minutes(at("2026-04-15 12:59:30.5"), 1) == akimat.local(at("2026-04-15 14:30:30.5"))


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ("2026-04-15 12:50", "2026-04-15 14:50", 30),
        ("2026-04-15 18:20", "2026-04-16 09:20", 30),
        ("2026-04-17 18:20", "2026-04-20 09:20", 30),
        ("2026-04-18 03:00", "2026-04-19 23:00", 0),
        ("2026-04-15 09:00", "2026-04-17 09:00", 960),
        ("2026-04-16 09:20", "2026-04-15 18:20", -30),
        ("2026-04-15 10:00:30", "2026-04-15 10:01:20", 0),
    ],
)
def test_the_time_left_is_working_time(akimat, a, b, minutes):
    assert akimat.working_minutes_between(at(a), at(b)) == minutes


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (lambda office: office.due_calendar_days(date(2026, 3, 10), 10), date(2026, 3, 20)),
        (lambda office: office.due_calendar_days(date(2026, 3, 10), 13), date(2026, 3, 20)),  # Mon 23 March is off
        (lambda office: office.due_calendar_days(date(2026, 3, 10), 13, ours=False), date(2026, 3, 23)),
        (lambda office: office.due_calendar_days(date(2026, 3, 21), 1), date(2026, 3, 26)),  # never before its start
        (lambda office: office.due_calendar_months(date(2026, 1, 30), 1), date(2026, 2, 27)),  # Sat 28 February
        (lambda office: office.due_calendar_months(date(2023, 12, 31), 2), date(2024, 2, 29)),
        (lambda office: office.due_calendar_months(date(2026, 11, 16), 2), date(2027, 1, 15)),  # Sat 16 January
        (lambda office: office.fixed_date(date(2026, 4, 1), 8, 20), date(2026, 8, 20)),
        (lambda office: office.fixed_date(date(2026, 8, 21), 8, 20), date(2027, 8, 20)),
        (lambda office: office.fixed_date(date(2026, 4, 1), 5, 5, shift=-1), date(2026, 5, 4)),  # GAP-28
        (lambda office: office.fixed_date(date(2026, 2, 1), 4, 5), date(2026, 4, 3)),  # Sun 5 April
    ],
)
def test_a_date_of_ours_on_a_day_off_comes_forward(akimat, due, day):
    assert due(akimat) == akimat.closing(day)


def test_the_first_day_after_a_date_is_a_working_day(days):
    assert days.next_working(date(2026, 8, 26)) == date(2026, 8, 26)
    assert days.next_working(date(2023, 8, 26)) == date(2023, 8, 28)
    assert days.previous_working(date(2026, 3, 25)) == date(2026, 3, 20)


def test_every_day_of_a_term_is_explained(akimat):
    lines = akimat.explain(date(2026, 3, 20), date(2026, 4, 2))
    assert len(lines) == 14
    assert [line.ordinal for line in lines if line.counted] == [1, 2, 3, 4, 5, 6]
    assert explained_words(lines[0], "kk") == "20.03.2026, жм: есептелмейді: мерзім осы күннен кейін басталады"
    assert explained_words(lines[4], "ru") == (
        "24.03.2026, вт: не считается: Выходной за праздничный день: Наурыз мейрамы (21 марта)"
        " [Закон Республики Казахстан от 13.12.2001 № 267-II]"
    )
    assert explained_words(lines[-1], "en") == "02.04.2026, Thu: working day 6"


@pytest.mark.norm("CLK-HEAR-NOTICE")
def test_a_backward_term_is_explained_by_the_working_days_that_remain(akimat):
    third = akimat.days.add_working(date(2026, 4, 2), -3)
    assert third == date(2026, 3, 30)
    lines = akimat.explain(date(2026, 4, 2), third)
    assert [(line.date.day, line.ordinal) for line in lines] == [(30, None), (31, 3), (1, 2), (2, 1)]
    assert explained_words(lines[0], "en") == "30.03.2026, Mon: not counted: the last day"
