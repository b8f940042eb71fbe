"""The days of the contest and its people, written down by hand; the order by hand, line by line."""

import csv
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cast import Official
from ledger import Fault
from scene import Scene

OFFICE, YEAR = "45", 2026
PLACES = {7: 100, 6: 40, 5: 30}
QUOTA = 10  # a tenth of a hundred, rounded down (GAP-13)

BEGINS = date(2026, 3, 30)  # Monday
FILED = date(2026, 3, 31)  # Tuesday; the intake ends on Wednesday 1 April
REGISTER = date(2026, 4, 2)  # Thursday: the working day before 3 April (GAP-28)
SCHEDULE = date(2026, 4, 8)  # Wednesday, between 5 and 14 April
DAY_BEFORE = date(2026, 4, 20)  # Monday
HELD = date(2026, 4, 21)  # Tuesday, between 15 and 30 April
RESULTS = date(2026, 4, 22)  # Wednesday: the day after the contest
ORDERS = date(2026, 4, 29)  # Wednesday
ORDERS_BY = date(2026, 5, 4)  # Monday: the working day before 5 May
FREED = date(2026, 5, 18)  # Monday
PROMOTED = date(2026, 5, 19)  # Tuesday

FILE = Path(__file__).resolve().parents[4] / "tests" / "schools" / "contest" / "contest_600.csv"
#: These two of the file are filed by their parents; all the others brought their papers to the counter in March.
BY_PARENTS = (599, 600)
BOARD = "/services/contest_application/board/"
LONG = 8  # times ninety seconds: six hundred families are told one by one


@dataclass(frozen=True)
class Line:
    """One candidate of the file, with the answers and the place that must come out."""

    number: int
    grade: int
    right: int
    wrong: int
    total: int
    rank: int
    outcome: str
    reserve_place: int
    decided: int  # the commission's word among equals; 0: none is needed

    @property
    def email(self) -> str:
        return f"candidate{self.number}@example.kz"


def lines() -> list[Line]:
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [Line(**{name: row[name] if name == "outcome" else int(row[name]) for name in Line.__annotations__})
            for row in rows]  # fmt: skip


class Contest(Scene):
    """It remembers the address of the campaign, and the registration number of each line of the file."""

    def __init__(self, *args):
        super().__init__(*args)
        self.case = ""
        self.lines = lines()
        self.numbers: dict[int, str] = {}

    def of(self, login: str) -> Official:
        return self.cast.official(f"{login}-{OFFICE}")

    def page(self, login: str):
        """The page of the campaign as somebody of the lyceum sees it."""
        return self.of(login).open(self)

    def board(self):
        """What everybody may read, without entering."""
        reader = self.citizen("first").browser
        return reader.open(f"{BOARD}?contest={self.case.strip('/').rsplit('/', 1)[-1]}")

    def in_long(self, happened, what: str):
        """What the product does for six hundred one by one takes longer than anything else of the book."""
        for _ in range(LONG - 1):
            try:
                return self.cast.product.until(happened, what)
            except Fault:
                time.sleep(1)
        return self.cast.product.until(happened, what)

    def settled(self, words: str):
        """The page of the campaign, once a sweep has brought it so far."""
        return self.in_long(lambda: words in self.page("head").text and self.of("head").page, words)
