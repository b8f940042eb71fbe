"""The days moved by acts that come with the program: fixtures/calendar_shifts.csv. Pure."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from calendars.arithmetic import Date
from calendars.kazakhstan import CONSTITUTION_DAY_MOVED, Shift

SHIFTS_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "calendar_shifts.csv"


@dataclass(frozen=True, slots=True)
class ShippedShift:
    """A line of the file."""

    date: date
    kind: str
    exchanged_with: Date | None
    issuer: str
    act_number: str
    act_date: Date
    source: str
    note: str

    @property
    def act(self) -> str:
        """The act in the form that words.act_words reads."""
        return f"{self.issuer} {self.act_number} {self.act_date}"

    def as_shift(self) -> Shift:
        """The day for the arithmetic."""
        return Shift(self.date, self.kind == "works", self.act, self.exchanged_with)


def shipped_shifts(path: Path = SHIFTS_FILE) -> list[ShippedShift]:
    """Every line of the file, in the order of the acts."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            ShippedShift(
                date.fromisoformat(row["date"]),
                row["kind"],
                date.fromisoformat(row["exchanged_with"]) if row["exchanged_with"] else None,
                row["issuer"],
                row["act_number"],
                date.fromisoformat(row["act_date"]),
                row["source"],
                row["note"],
            )
            for row in csv.DictReader(lines)
        ]
    return sorted(rows, key=lambda row: (row.act_date, row.date))


def shipped_calendars() -> list[tuple[date, list[ShippedShift]]]:
    """The revisions that history has published: from which day on, and the days that came with it."""
    rows = shipped_shifts()
    known = sorted({row.act_date for row in rows} | {CONSTITUTION_DAY_MOVED})
    return [(on, [row for row in rows if row.act_date == on]) for on in known]


def digest(shifts: Iterable[Shift]) -> str:
    """One value for a set of shifts: equal for equal calendars, whatever their order."""
    lines = sorted(f"{s.date} {s.works} {s.act} {s.exchanged_with} {s.provisional}" for s in shifts)
    return sha256("\n".join(lines).encode()).hexdigest()
