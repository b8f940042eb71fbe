import io
import json
import sys
from datetime import date
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from calendars.arithmetic import SCHEDULES, OfficeTime
from calendars.kazakhstan import working_days
from calendars.shipped import shipped_shifts

SHIPPED = {
    week: working_days(
        shifts=[row.as_shift() for row in shipped_shifts()], week=week, provisional_from=date(2027, 1, 1)
    )
    for week in ("five", "six")
}
OFFICES = {
    code: OfficeTime(SHIPPED[schedule.week], schedule, ZoneInfo("Asia/Almaty")) for code, schedule in SCHEDULES.items()
}


@pytest.fixture
def days():
    """The five-day week as shipped."""
    return SHIPPED["five"]


@pytest.fixture
def akimat():
    return OFFICES["akimat"]


@pytest.fixture
def batch(monkeypatch):
    """Feed bytes to ``deadline --batch``: its answers and its exit status."""

    def feed(data: bytes):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        out, status = io.StringIO(), 0
        try:
            call_command("deadline", "--batch", stdout=out)
        except SystemExit as end:
            status = end.code
        return [json.loads(line) for line in out.getvalue().splitlines()], status

    return feed
