from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.windows import ROLL, STRICT, SUBMISSION, Window, window_at

from .conftest import OFFICES

SPRING, AUTUMN = Window((3, 1), (6, 30)), Window((9, 1), (12, 30))
CALL_UP = (SPRING, AUTUMN)
FIRST_CLASS = (Window((4, 1), (8, 1)),)
AKIMAT = OFFICES["akimat"]


@pytest.mark.norm("WIN-CONS", "CONS-S10-1")
@pytest.mark.parametrize(
    ("windows", "submitted", "in_time"),
    [
        (CALL_UP, "2026-03-01 00:00", True),  # Sunday, from the first minute
        (CALL_UP, "2026-02-28 23:59", False),  # Saturday: its acceptance date, 2 March, does not help
        (CALL_UP, "2026-06-30 18:29", True),  # Tuesday
        (CALL_UP, "2026-06-30 18:31", False),
        (CALL_UP, "2024-06-30 12:00", True),  # Sunday, accepted on 1 July
        (CALL_UP, "2024-06-30 23:59", True),
        (CALL_UP, "2024-06-29 12:00", True),  # the Saturday before it cannot be worse than the Sunday
        (CALL_UP, "2024-07-01 10:00", False),  # Monday
        (CALL_UP, "2023-12-30 12:00", True),  # Saturday, accepted on 3 January
        (CALL_UP, "2023-12-31 12:00", False),
        (CALL_UP, "2026-07-15 12:00", False),
        (CALL_UP, "2026-09-01 00:00", True),
        (FIRST_CLASS, "2026-08-01 12:00", True),  # Saturday, accepted on 3 August
        (FIRST_CLASS, "2026-08-02 12:00", False),
    ],
)
def test_an_application_is_in_time_as_the_edition_decides(windows, submitted, in_time):
    assert window_at(windows, datetime.fromisoformat(submitted), AKIMAT).open is in_time


@pytest.mark.parametrize(
    ("treatment", "saturday", "monday"),
    [(SUBMISSION, True, False), (ROLL, True, True), (STRICT, False, False)],
)
def test_a_last_day_off_is_treated_as_the_edition_says(treatment, saturday, monday):
    windows = (Window((4, 1), (8, 1), treatment),)
    assert window_at(windows, datetime(2026, 8, 1, 12), AKIMAT).open is saturday
    assert window_at(windows, datetime(2026, 8, 3, 12), AKIMAT).open is monday
    assert not window_at(windows, datetime(2026, 8, 4, 12), AKIMAT).open


@pytest.mark.parametrize(
    ("submitted", "opens"),
    [("2026-02-10 12:00", "2026-03-01"), ("2026-06-30 18:31", "2026-09-01"), ("2026-12-30 19:00", "2027-03-01")],
)
def test_outside_a_window_the_next_one_is_named(submitted, opens):
    status = window_at(CALL_UP, datetime.fromisoformat(submitted), AKIMAT)
    assert (status.open, status.opens.isoformat()) == (False, opens)


def test_without_windows_nothing_opens():
    status = window_at((), datetime(2026, 4, 1, 12), AKIMAT)
    assert (status.open, status.opens, status.closes) == (False, None, None)


moments = st.datetimes(datetime(2022, 1, 10), datetime(2026, 12, 20))


@given(moments, moments, st.sampled_from([SUBMISSION, ROLL, STRICT]))
def test_an_earlier_submission_of_the_same_period_is_never_worse(a, b, treatment):
    windows = (Window((3, 1), (6, 30), treatment),)
    early, late = sorted((a, b))
    status = window_at(windows, late, AKIMAT)
    if status.open and early.date() >= status.opens:
        assert window_at(windows, early, AKIMAT).open
