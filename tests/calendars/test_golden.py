"""golden.csv: a table for the lawyer to sign, line by line; here the program is held to it."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from .conftest import OFFICES

ROWS = list(csv.DictReader(Path(__file__).with_name("golden.csv").open(encoding="utf-8", newline="")))


def test_the_table_is_large_enough_and_names_its_weekdays():
    assert len(ROWS) >= 120
    for row in ROWS:
        assert f"{datetime.fromisoformat(row['submitted']):%a}" == row["weekday"]
        assert f"{date.fromisoformat(row['accepted']):%a}" == row["accepted_weekday"]
        assert f"{date.fromisoformat(row['due']):%a}" == row["due_weekday"]
        assert row["why"]


@pytest.mark.norm("CLK-0", "CONS-S7-2")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['submitted']} {row['schedule']} {row['term']}")
def test_every_line_of_the_table_is_what_the_program_counts(row):
    office, length = OFFICES[row["schedule"]], int(row["term"])
    submitted = datetime.fromisoformat(row["submitted"])
    accepted = office.accepts(submitted)
    assert accepted.isoformat() == row["accepted"]
    if row["unit"] == "working days":
        due = office.due_working_days(accepted, length)
    else:
        due = office.due_working_minutes(submitted, length)
    assert f"{due:%Y-%m-%d %H:%M}" == f"{row['due']} {row['due_time']}"
