from datetime import date, datetime, timedelta

import holidays
import pytest

from calendars.arithmetic import DayKind, OutOfCalendar
from calendars.comparison import differences
from calendars.kazakhstan import CONSTITUTION_DAY_MOVED, KazakhstanCalendar, statute_days, working_days

from . import table, walk
from .conftest import SHIPPED

EVERY_DAY = [table.FIRST + timedelta(days=n) for n in range((table.LAST - table.FIRST).days + 1)]


def test_the_years_are_those_that_the_acts_print(days):
    assert [day for day in EVERY_DAY if days.is_working(day) != walk.works(day, six_days=False)] == []


def test_the_six_day_week_has_its_own_shifts_and_no_moved_days():
    assert [day for day in EVERY_DAY if SHIPPED["six"].is_working(day) != walk.works(day, six_days=True)] == []


@pytest.mark.parametrize("year", range(2022, 2027))
def test_the_whole_year_agrees_with_holidays(days, year):
    vacanza = holidays.country_holidays("KZ", years=range(year - 1, year + 2))
    of_year = [day for day in EVERY_DAY if day.year == year]
    assert [day for day in of_year if days.is_working(day) != vacanza.is_working_day(day)] == []


@pytest.mark.parametrize(
    ("day", "kind", "name", "exchanged_with"),
    [
        (date(2026, 3, 8), DayKind.HOLIDAY, "womens_day", None),
        (date(2026, 3, 9), DayKind.HOLIDAY_SHIFTED, "womens_day", date(2026, 3, 8)),
        (date(2022, 5, 10), DayKind.HOLIDAY_SHIFTED, "defender_day", date(2022, 5, 7)),
        (date(2022, 1, 4), DayKind.HOLIDAY_SHIFTED, "new_year", date(2022, 1, 2)),
        (date(2024, 5, 8), DayKind.DAY_OFF_MOVED, "", date(2024, 5, 4)),
        (date(2025, 1, 5), DayKind.WORKING_WEEKEND, "", date(2025, 1, 3)),
        (date(2023, 1, 7), DayKind.HOLIDAY, "orthodox_christmas", None),
        (date(2023, 1, 9), DayKind.WORKING, "", None),
        (date(2024, 6, 17), DayKind.WORKING, "", None),
        (date(2026, 4, 18), DayKind.WEEKEND, "", None),
        (date(2027, 3, 15), DayKind.HOLIDAY, "constitution_day", None),
    ],
)
def test_a_day_says_what_it_is_and_by_which_act(days, day, kind, name, exchanged_with):
    told = days.day(day)
    assert (told.kind, told.name, told.exchanged_with) == (kind, name, exchanged_with)
    assert bool(told.act) == (kind not in (DayKind.WORKING, DayKind.WEEKEND))


def test_the_thirtieth_of_august_was_a_holiday_of_2026_until_it_was_known_otherwise():
    before = statute_days([2026], known_on=CONSTITUTION_DAY_MOVED - timedelta(days=1))
    assert before[date(2026, 8, 31)].exchanged_with == date(2026, 8, 30)
    assert date(2026, 8, 30) not in statute_days([2026], known_on=CONSTITUTION_DAY_MOVED)


def test_the_year_to_come_is_provisional_and_what_lies_beyond_is_an_error(days):
    assert (days.covered_from, days.covered_until) == (table.FIRST, table.LAST)
    assert days.day(date(2027, 4, 1)).provisional
    assert not days.day(date(2026, 12, 31)).provisional
    for outside in (date(2021, 12, 31), date(2028, 1, 1)):
        with pytest.raises(OutOfCalendar, match="outside the calendar") as refusal:
            days.is_working(outside)
        assert not refusal.value.term
    for start, n in ((date(2027, 12, 30), 5), (date(2022, 1, 5), -5), (date(2026, 1, 5), 5000)):
        with pytest.raises(OutOfCalendar) as refusal:
            days.add_working(start, n)
        assert refusal.value.term
    for start, n in ((date(2028, 1, 3), 1), (date(2021, 12, 1), 40), (date(2028, 1, 3), -1), (date(2021, 1, 1), 0)):
        with pytest.raises(OutOfCalendar) as refusal:
            days.add_working(start, n)
        assert not refusal.value.term


def test_an_estimated_kurban_ait_is_provisional_in_itself():
    assert working_days(2027).day(date(2027, 5, 16)).provisional
    assert not working_days(2027).day(date(2026, 5, 27)).provisional


def test_workalendar_s_interface_walks_over_our_days(days):
    calendar = KazakhstanCalendar(days)
    assert calendar.add_working_days(date(2026, 3, 20), 6) == date(2026, 4, 2)
    assert calendar.sub_working_days(date(2026, 4, 2), 3) == date(2026, 3, 30)
    assert calendar.is_working_day(date(2025, 1, 5))
    assert calendar.is_working_day(datetime(2025, 1, 5, 10))
    assert not calendar.is_working_day(date(2025, 1, 6), extra_holidays=[date(2025, 1, 6)])
    assert calendar.is_working_day(date(2026, 3, 23), extra_working_days=[date(2026, 3, 23)])
    assert calendar.add_working_days(date(2026, 3, 20), 1, extra_working_days=[date(2026, 3, 23)]) == date(2026, 3, 23)
    assert calendar.find_following_working_day(date(2026, 3, 21)) == date(2026, 3, 26)
    assert calendar.get_working_days_delta(date(2026, 3, 20), date(2026, 4, 2)) == 6
    moment = datetime(2026, 3, 20, 10)
    assert calendar.add_working_days(moment, 1, keep_datetime=True) == datetime(2026, 3, 26, 10)
    assert calendar.get_holiday_label(date(2026, 3, 9)) == (
        "Day off for a holiday: International Women's Day (8 March)"
    )
    assert not calendar.is_holiday(date(2026, 8, 30))
    with pytest.raises(OutOfCalendar):
        calendar.holidays(2035)


@pytest.mark.parametrize("year", range(2022, 2027))
def test_the_comparison_names_every_fault_of_workalendar_and_none_of_holidays(days, year):
    found = differences(days, year)
    assert {row.library for row in found} == {"workalendar"}
    assert {row.right for row in found} == {"ours"}
    assert {row.date for row in found} >= {
        day for day in table.GIVEN | table.MOVED_OFF | table.WORKED if day.year == year
    }
    assert all(row.why for row in found)
