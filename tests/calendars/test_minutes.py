"""The half hour of the transfer: which minutes count, when the clock stands still, what stands before its end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.minutes import Rest, earlier, standstill, stretches
from calendars.words import standstill_words, stretch_words

from .conftest import OFFICES

SCHOOL = OFFICES["school"]
offices = st.sampled_from(list(OFFICES.values()))
instants = st.datetimes(datetime(2022, 6, 1), datetime(2026, 6, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
lengths = st.integers(1, 1500)


def at(text: str) -> datetime:
    return SCHOOL.local(datetime.fromisoformat(text))


@pytest.mark.norm("CLK-TRN", "SCHED-2")
@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-04-15 09:00", "2026-04-15 09:30"),  # Wed
        ("2026-04-15 12:30", "2026-04-15 13:00"),  # Wed: ends exactly as lunch begins
        ("2026-04-15 12:50", "2026-04-15 14:50"),  # Wed: lunch 13:00-14:30 stands still
        ("2026-04-15 13:00", "2026-04-15 15:00"),  # Wed, in lunch: counted from its end
        ("2026-04-15 14:29", "2026-04-15 15:00"),  # Wed
        ("2026-04-15 18:00", "2026-04-15 18:30"),  # Wed: ends exactly at closing
        ("2026-04-15 18:20", "2026-04-16 09:20"),  # Wed -> Thu: the night stands still
        ("2026-04-17 18:20", "2026-04-20 09:20"),  # Fri -> Mon
        ("2026-04-17 19:00", "2026-04-20 09:30"),  # Fri after closing -> Mon from opening
        ("2026-04-18 11:00", "2026-04-20 09:30"),  # Sat -> Mon
        ("2026-03-20 18:20", "2026-03-26 09:20"),  # Fri -> Thu: Nauryz, and 24 and 25 March given for it
        ("2025-01-03 12:00", "2025-01-05 09:30"),  # Fri moved off -> the worked Sunday
        ("2024-02-29 18:20", "2024-03-01 09:20"),  # Thu -> Fri: the office's clock was set back an hour in the night
    ],
)
def test_thirty_working_minutes_of_a_school(accepted, due):
    assert SCHOOL.due_working_minutes(at(accepted), 30) == at(due)


@pytest.mark.norm("CLK-TRN", "SCHED-2")
@pytest.mark.parametrize(
    ("moment", "rest", "until"),
    [
        ("2026-04-15 12:59", None, None),  # Wed
        ("2026-04-15 13:00", Rest.LUNCH, "2026-04-15 14:30"),
        ("2026-04-15 14:29", Rest.LUNCH, "2026-04-15 14:30"),
        ("2026-04-15 14:30", None, None),
        ("2026-04-15 18:30", Rest.NIGHT, "2026-04-16 09:00"),  # Wed -> Thu
        ("2026-04-16 08:59", Rest.NIGHT, "2026-04-16 09:00"),
        ("2026-04-17 20:00", Rest.NIGHT, "2026-04-20 09:00"),  # Fri -> Mon
        ("2026-04-18 12:00", Rest.DAY_OFF, "2026-04-20 09:00"),  # Sat
        ("2026-03-23 12:00", Rest.DAY_OFF, "2026-03-26 09:00"),  # Nauryz, Mon -> Thu
    ],
)
def test_when_the_clock_stands_still_and_from_when_it_goes_on(moment, rest, until):
    still = standstill(SCHOOL, at(moment))
    assert (still and still.rest, still and still.until) == (rest, until and at(until))


def test_an_office_without_lunch_rests_at_night_alone():
    corporation = OFFICES["state_corporation"]
    assert standstill(corporation, at("2026-04-15 13:30")) is None
    assert standstill(corporation, at("2026-04-18 13:30")) is None  # Sat is worked there
    assert standstill(corporation, at("2026-04-19 13:30")).rest is Rest.DAY_OFF


@pytest.mark.parametrize(
    ("end", "minutes", "begun"),
    [
        ("2026-04-15 14:50", 30, "2026-04-15 12:50"),
        ("2026-04-15 14:50", 10, "2026-04-15 14:40"),
        ("2026-04-15 15:00", 30, "2026-04-15 14:30"),  # not 13:00: no minute of work lies there
        ("2026-04-16 09:05", 10, "2026-04-15 18:25"),  # Thu -> Wed
        ("2026-04-20 09:20", 30, "2026-04-17 18:20"),  # Mon -> Fri
    ],
)
def test_some_working_minutes_before_an_end(end, minutes, begun):
    assert earlier(SCHOOL, at(end), minutes) == at(begun)


@given(offices, instants, lengths)
def test_there_and_back_again(office, start, n):
    due = office.due_working_minutes(start, n)
    begun = earlier(office, due, n)
    assert office.is_open(begun)
    assert begun >= office.local(start)
    assert office.due_working_minutes(begun, n) == due


@given(offices, instants, st.integers(1, 5000))
def test_the_clock_stands_still_exactly_outside_working_time(office, instant, n):
    still = standstill(office, instant)
    assert (still is None) == office.is_open(instant)
    if still:
        assert office.is_open(still.until)
        assert office.working_minutes_between(instant, still.until) == 0
        assert office.due_working_minutes(instant, n) == office.due_working_minutes(still.until, n)


@given(offices, instants, st.integers(1, 1500))
def test_the_stretches_of_a_term_count_its_minutes_and_nothing_else(office, start, n):
    due = office.due_working_minutes(start, n)
    found = stretches(office, start, due)
    assert found[0].begins == office.local(start)
    assert found[-1].ends == due
    assert all(a.ends == b.begins for a, b in zip(found, found[1:], strict=False))
    worked = sum(((one.ends - one.begins) for one in found if one.rest is None), timedelta())
    assert worked == timedelta(minutes=n)
    assert sum(one.minutes for one in found) == n


@pytest.mark.norm("CLK-TRN")
def test_why_ten_to_three():
    found = stretches(SCHOOL, at("2026-04-15 12:50"), at("2026-04-15 14:50"))
    assert [stretch_words(one, "kk") for one in found] == [
        "12:50–13:00: 10 мин",
        "13:00–14:30: есептелмейді, түскі үзіліс",
        "14:30–14:50: 20 мин",
    ]
    assert stretch_words(found[1], "ru") == "13:00–14:30: не считается, обеденный перерыв"


def test_the_minutes_agree_with_the_hours_that_are_printed():
    begun = at("2026-04-15 12:50").replace(second=31)
    found = stretches(SCHOOL, begun, SCHOOL.due_working_minutes(begun, 30))
    assert [stretch_words(one, "kk") for one in (found[0], found[-1])] == ["12:50–13:00: 10 мин", "14:30–14:50: 20 мин"]


def test_the_standstill_in_words():
    noon = at("2026-04-15 13:10")
    assert standstill_words(standstill(SCHOOL, noon), noon, "kk") == (
        "Уақыт тоқтап тұр: түскі үзіліс. Жалғасады: 14:30"
    )
    friday = at("2026-04-17 19:00")
    assert standstill_words(standstill(SCHOOL, friday), friday, "ru") == (
        "Время стоит: нерабочее время. Продолжится: 20 апреля, 09:00"
    )
    assert standstill_words(standstill(SCHOOL, friday), friday, "en") == (
        "The clock stands still: outside working hours. It goes on: 20 April, 09:00"
    )
