import io
import json
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from calendars.batch import LONGEST_LINE, answers

from . import walk
from .conftest import OFFICES

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "id": 1,
    "schedule": "akimat",
    "received_at": "2026-03-20T17:00",
    "length": 6,
    "unit": "working_days",
}
GOLDEN = {"id": 1, "accepted_on": "2026-03-20", "due_on": "2026-04-02", "due_at": "2026-04-02T18:30:00+05:00"}
EDGES = ["00:00", "08:59", "09:00", "12:30", "12:59:59", "13:00", "14:00", "14:30", "17:59:59", "18:00", "18:29:59"]
EDGES += ["18:30", "19:59", "20:00", "23:30"]
OFFSETS = [None, None, None, 0, 300, 360, -210, 840]


def line(**changes) -> bytes:
    return json.dumps({name: value for name, value in (GOOD | changes).items() if value is not ...}).encode() + b"\n"


def random_line(dice: random.Random, number: int) -> dict:
    moment = datetime(2021, 12, 25) + timedelta(seconds=dice.randrange(2203 * 86400))
    if dice.random() < 0.4:
        moment = datetime.fromisoformat(f"{moment.date()} {dice.choice(EDGES)}")
    if dice.random() < 0.1:
        moment += timedelta(microseconds=dice.randrange(1_000_000))
    offset = dice.choice(OFFSETS)
    if offset is not None:
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    unit = dice.choice(["working_days", "working_minutes"])
    longest = dice.choice([3, 15, 366]) if unit == "working_days" else dice.choice([30, 600, 10_000])
    return {
        "id": number,
        "schedule": dice.choice(list(walk.HOURS)),
        "received_at": moment.isoformat(),
        "length": dice.randint(0, longest),
        "unit": unit,
    }


def walked(asked: dict) -> dict:
    """The answer by the plain walk; where it leaves the table of days, the field to blame."""
    moment, schedule = datetime.fromisoformat(asked["received_at"]), asked["schedule"]
    local = moment.astimezone(walk.ALMATY).replace(tzinfo=None) if moment.tzinfo else moment
    field = "received_at"
    try:
        accepted = walk.accepted(schedule, local)
        field = "length"
        due = walk.due(schedule, local, asked["length"], asked["unit"])
    except LookupError:
        return {"id": asked["id"], "error": field}
    return {
        "id": asked["id"],
        "accepted_on": accepted.isoformat(),
        "due_on": due.date().isoformat(),
        "due_at": due.isoformat(),
    }


@pytest.mark.norm("CLK-0")
def test_twenty_thousand_lines_agree_with_the_plain_walk(batch):
    dice = random.Random(20260320)
    asked = [random_line(dice, number) for number in range(20_000)]
    told, status = batch("".join(json.dumps(row) + "\n" for row in asked).encode())
    expected = [walked(row) for row in asked]
    for row in told:
        if "error" in row:
            row["error"] = row["error"].partition(":")[0]
    assert [pair for pair in zip(told, expected, strict=True) if pair[0] != pair[1]] == []
    assert status == 1
    assert {row["error"] for row in told if "error" in row} == {"received_at", "length"}


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (line(id=...), "id"),
        (line(id=None), "id"),
        (line(id=True), "id"),
        (line(id=[1]), "id"),
        (line(id=1.5), "id"),
        (line(schedule="bank"), "schedule"),
        (line(schedule=None), "schedule"),
        (line(schedule=["akimat"]), "schedule"),
        (line(schedule=...), "schedule"),
        (line(unit="hours"), "unit"),
        (line(unit={"a": 1}), "unit"),
        (line(unit="calendar_days"), "unit"),
        (line(unit=...), "unit"),
        (line(length=-1), "length"),
        (line(length=367), "length"),
        (line(length=10_001, unit="working_minutes"), "length"),
        (line(length=6.0), "length"),
        (line(length=True), "length"),
        (line(length="6"), "length"),
        (line(length=None), "length"),
        (line(length=...), "length"),
        (line(received_at=...), "received_at"),
        (line(received_at=1774000000), "received_at"),
        (line(received_at=""), "received_at"),
        (line(received_at="2026-03-20"), "received_at"),
        (line(received_at="2026-02-30T10:00"), "received_at"),
        (line(received_at="2026-03-20T24:30"), "received_at"),
        (line(received_at="2026-03-20T10:00+25:00"), "received_at"),
        (line(received_at="20.03.2026 10:00"), "received_at"),
        (line(received_at="2026-W12-5T10:00"), "received_at"),
        (line(received_at="2026-03-20T10:00\n"), "received_at"),
        (line(received_at="٢٠٢٦-03-20T10:00"), "received_at"),
        (line(received_at="2021-12-31T10:00"), "received_at"),
        (line(received_at="2028-01-05T10:00"), "received_at"),
        (line(received_at="2027-12-31T19:00"), "received_at"),
        (line(received_at="0001-01-01T00:00+14:00"), "received_at"),
        (line(received_at="9999-12-31T23:59-14:00"), "received_at"),
        (line(received_at="2027-12-20T10:00", length=30), "length"),
        (line(received_at="2027-12-31T18:00", length=31, unit="working_minutes"), "length"),
        (line(lenght=6), "lenght"),
        (line(rule="deferral.decide"), "length"),
        (line(rule="no.such", schedule=..., length=..., unit=...), "rule"),
        (line(rule=["x"], schedule=..., length=..., unit=...), "rule"),
        (b'{"id": 1, "length": 6, "length": 7}\n', "length"),
        (b"[1, 2]\n", "line 1"),
        (b"null\n", "line 1"),
        (b'"text"\n', "line 1"),
        (b"{\n", "line 1"),
        (b'{"id": NaN}\n', "line 1"),
        (b"[" * 60_000 + b"\n", "line 1"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "line 1"),
        (b'{"id": "\xff"}\n', "line 1"),
        (b'{"id": "' + b"x" * LONGEST_LINE * 3 + b'"}\n', "line 1"),
    ],
)
def test_a_bad_line_is_answered_by_its_field_and_the_rest_goes_on(batch, bad, field):
    told, status = batch(bad + line(id="next"))
    assert status == 1
    assert len(told) == 2
    assert set(told[0]) == {"id", "error"}
    assert told[0]["error"].startswith(f"{field}: ")
    assert told[1] == GOLDEN | {"id": "next"}


def test_good_lines_end_well(batch):
    assert batch(line()) == ([GOLDEN], 0)
    assert batch(line()[:-1]) == ([GOLDEN], 0)
    assert batch(b"\xef\xbb\xbf" + line() + b"\n  \r\n" + line(id="ә")) == ([GOLDEN, GOLDEN | {"id": "ә"}], 0)
    assert batch(b"") == ([], 0)


@pytest.mark.parametrize("received", ["2026-03-20T12:00Z", "2026-03-20 17:00:00", "2026-03-20T18:00+06:00"])
def test_a_time_with_another_offset_is_converted_first(batch, received):
    assert batch(line(received_at=received)) == ([GOLDEN], 0)


@pytest.mark.norm("CONS-8", "CLK-CONS-TOTAL", "CLK-HEAR-NOTICE")
def test_a_rule_brings_its_own_term(batch):
    asked = {"schedule": ..., "length": ..., "unit": ...}
    told, status = batch(
        line(rule="deferral.decide", **asked)
        + line(rule="exemption.decide", **asked)
        + line(rule="deferral.hearing_notice", **asked)
    )
    third = {"id": 1, "accepted_on": "2026-03-20", "due_on": "2026-03-30", "due_at": "2026-03-30T18:30:00+05:00"}
    assert (told, status) == ([GOLDEN, GOLDEN, third], 0)


def test_lines_are_answered_one_at_a_time():
    """Memory does not grow with their number: an answer is there before the next line is read."""

    class Endless(io.RawIOBase):
        read_lines = 0

        def readline(self, limit=-1):
            self.read_lines += 1
            return line()

    stream = Endless()
    told = answers(stream, OFFICES)
    for number in range(1, 1000):
        assert next(told) == GOLDEN
        assert stream.read_lines == number


def test_only_results_go_to_standard_output(tmp_path):
    """In a process of its own, before there is any database: the days that came with the program serve."""
    done = subprocess.run(
        [sys.executable, "manage.py", "deadline", "--batch"],
        input=line() + b"oops\n" + line(id=2),
        cwd=ROOT,
        env=os.environ | {"KAZ_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kazservices.settings"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert [json.loads(row) for row in done.stdout.splitlines()] == [
        GOLDEN,
        {"id": None, "error": "line 2: not JSON"},
        GOLDEN | {"id": 2},
    ]
    assert done.returncode == 1
