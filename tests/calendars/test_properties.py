"""What holds of every date: monotone, never on a day off, additive, the same under any time zone of the process."""

import os
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .conftest import OFFICES, SHIPPED

FIVE = SHIPPED["five"]
offices = st.sampled_from(list(OFFICES.values()))
dates = st.dates(date(2022, 6, 1), date(2025, 6, 1))
instants = st.datetimes(datetime(2022, 6, 1), datetime(2026, 6, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
terms = st.integers(0, 300)
minutes = st.integers(0, 10_000)


@given(offices, instants, instants, terms)
def test_a_later_submission_is_never_due_earlier(office, a, b, n):
    early, late = sorted((a, b))
    assert office.accepts(early) <= office.accepts(late)
    assert office.due_working_days(office.accepts(early), n) <= office.due_working_days(office.accepts(late), n)


@given(offices, instants, instants, minutes)
def test_a_later_start_of_minutes_never_ends_earlier(office, a, b, n):
    early, late = sorted((a, b))
    assert office.due_working_minutes(early, n) <= office.due_working_minutes(late, n)


@given(offices, instants, terms, minutes)
def test_no_term_of_working_time_ends_on_a_day_off(office, instant, n, m):
    assert office.days.is_working(office.accepts(instant))
    assert office.days.is_working(office.due_working_days(instant.date(), n).date())
    due = office.due_working_minutes(instant, m)
    assert office.is_open(due - timedelta(microseconds=1)) or office.is_open(due)


@given(offices, dates, terms, st.integers(1, 12))
def test_a_date_that_is_ours_is_never_a_day_off_nor_before_its_start(office, day, n, months):
    for due in (office.due_calendar_days(day, n), office.due_calendar_months(day, months)):
        assert office.days.is_working(due.date())
        assert due.date() >= day


@given(dates, terms, terms)
def test_working_days_are_additive(day, a, b):
    assert FIVE.add_working(FIVE.add_working(day, a), b) == FIVE.add_working(day, a + b)


@given(offices, instants, st.integers(1, 5000), st.integers(1, 5000))
def test_working_minutes_are_additive(office, start, a, b):
    assert office.due_working_minutes(office.due_working_minutes(start, a), b) == office.due_working_minutes(
        start, a + b
    )


@given(offices, instants, minutes)
def test_the_minutes_added_are_the_minutes_between(office, start, n):
    assert office.working_minutes_between(start, office.due_working_minutes(start, n)) == n


@given(dates, st.integers(-80, 300))
def test_forward_and_back_again(day, n):
    day = FIVE.next_working(day)
    assert FIVE.add_working(FIVE.add_working(day, n), -n) == day
    assert FIVE.working_between(day, FIVE.add_working(day, n)) == n


@given(offices, dates, terms)
def test_the_explanation_counts_what_the_term_counts(office, day, n):
    base = office.days.next_working(day)
    lines = office.explain(base, office.due_working_days(base, n).date())
    assert [line.ordinal for line in lines if line.counted] == list(range(1, n + 1))
    assert all(line.counted == office.days.is_working(line.date) for line in lines[1:])


@pytest.mark.parametrize("zone", ["UTC", "Asia/Almaty", "America/New_York", "Pacific/Kiritimati"])
def test_the_process_time_zone_changes_nothing(monkeypatch, zone):
    instants = [datetime(2024, 2, 29, 12, tzinfo=UTC) + timedelta(hours=7 * n) for n in range(200)]
    office = OFFICES["akimat"]
    expected = [(office.accepts(i), office.due_working_minutes(i, 700).isoformat()) for i in instants]
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert [(office.accepts(i), office.due_working_minutes(i, 700).isoformat()) for i in instants] == expected
        naive = datetime(2026, 3, 20, 17)
        assert office.local(naive).isoformat() == "2026-03-20T17:00:00+05:00"
    finally:
        monkeypatch.undo()
        assert os.environ.get("TZ") == before
        time.tzset()
