"""Adding 6 and 15 working days: our index against the walks of workalendar and `holidays`, and numpy's busday."""

import os
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from platform import python_version
from time import perf_counter
from typing import Any

import holidays
import numpy
from workalendar.core import SAT, SUN, Calendar

from calendars.arithmetic import DayKind, WorkingDays
from calendars.service import working_calendar

YEAR = 2026  # no weekend day is worked in it, so that all four can be given the same days
TERMS = (6, 15)
ROUNDS = {"small": 7, "national": 21}
OFF_FOR_A_REASON = (DayKind.HOLIDAY, DayKind.HOLIDAY_SHIFTED, DayKind.DAY_OFF_MOVED)


class SameDays(Calendar):
    """workalendar's own walk over our days off."""

    WEEKEND_DAYS = (SAT, SUN)

    def __init__(self, days_off: list[date]) -> None:
        super().__init__()
        self._days_off = days_off

    def get_calendar_holidays(self, year):
        return [(day, "day off") for day in self._days_off if day.year == year]


Bench = tuple[Callable[[Any, int], Any], Sequence[Any]]


def run(size: str = "small") -> dict[str, str | float]:
    """Every start of the year, every term: the best of several rounds each, after all have given the same answers."""
    began = perf_counter()
    benches = _benches(working_calendar())
    expected = _answers(benches["ours"])
    for name, bench in benches.items():
        if _answers(bench) != expected:
            raise AssertionError(f"{name} counts other days: the times would mean nothing")
    best = dict.fromkeys(benches, float("inf"))
    for _ in range(ROUNDS[size]):
        for name, bench in benches.items():
            best[name] = min(best[name], _seconds_a_call(bench, 40 if name == "ours" else 1))
    ratios = {f"ratio_{name}": round(best[name] / best["ours"], 1) for name in benches if name != "ours"}
    return {
        **ratios,
        "us_per_call": round(best["ours"] * 1e6, 4),
        "engine": f"Python {python_version()}, no database",
        "rows": len(expected),
        "cores": len(os.sched_getaffinity(0)),
        "seconds": round(perf_counter() - began, 1),
    }


def _benches(days: WorkingDays) -> dict[str, Bench]:
    starts = [date(YEAR, 1, 1) + timedelta(days=n) for n in range(365)]
    span = [date(YEAR, 1, 1) + timedelta(days=n) for n in range(500)]
    off = [day for day in span if days.day(day).kind in OFF_FOR_A_REASON]
    vacanza = holidays.HolidayBase(years=(YEAR, YEAR + 1))
    vacanza.weekend = {5, 6}
    vacanza.update(dict.fromkeys(off, "day off"))
    add = partial(numpy.busday_offset, roll="backward", busdaycal=numpy.busdaycalendar(holidays=off))
    return {
        "ours": (days.add_working, starts),
        "workalendar": (SameDays(off).add_working_days, starts),
        "holidays": (vacanza.get_nth_working_day, starts),
        "numpy": (add, [numpy.datetime64(start, "D") for start in starts]),  # its own kind of day, its fastest way
    }


def _answers(bench: Bench) -> list[str]:
    add, starts = bench
    return [str(add(start, n)) for n in TERMS for start in starts]


def _seconds_a_call(bench: Bench, repeats: int) -> float:
    add, starts = bench
    began = perf_counter()
    for _ in range(repeats):
        for n in TERMS:
            for start in starts:
                add(start, n)
    return (perf_counter() - began) / (repeats * len(TERMS) * len(starts))
