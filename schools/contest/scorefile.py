"""The file of scores: read line by line, every fault told with its line; all lines are right, or none counts. Pure.

Norms: ADM-C35, ADM-C36.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schools.contest.tables import TESTS, score

COLUMNS = ("number", "right", "wrong", "total")
MOST_BYTES = 1_000_000


class Unreadable(ValueError):
    """Not a file of scores at all; the message says what is wrong with it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line of the file, as a person counts them: the heading is line one."""

    line: int
    message: str

    def __str__(self):
        return _("Line %(line)s: %(fault)s") % {"line": self.line, "fault": self.message}


@dataclass(frozen=True)
class Row:
    """One candidate's answers as the commission scanned them."""

    number: str
    right: int
    wrong: int
    total: int


def read(content: bytes, grades: Mapping[str, int]) -> tuple[list[Row], list[Fault]]:
    """The rows, and what is wrong with them. ``grades``: the candidates' numbers with their class. Norm: ADM-C36."""
    rows, faults, seen = [], [], {}
    for line, cells in lines(content, COLUMNS):
        fault, row = _checked(cells, grades)
        if row is not None:
            if not fault and row.number in seen:
                fault = _("candidate %(number)s stands in line %(line)s already.") % {
                    "number": row.number, "line": seen[row.number],
                }  # fmt: skip
            seen.setdefault(row.number, line)
            rows.append(row)
        if fault:
            faults.append(Fault(line, fault))
    if not rows and not faults:
        raise Unreadable(_("The file has no line with a score."))
    return rows, faults


def read_numbers(content: bytes, known) -> tuple[list[str], list[Fault]]:
    """A file with one column of numbers: who passed the second round. Norm: ADM-C46."""
    numbers, faults = [], []
    for line, cells in lines(content, ("number",)):
        number = cells["number"]
        if number not in known:
            faults.append(Fault(line, _("there is no candidate %(number)s.") % {"number": number}))
        elif number in numbers:
            faults.append(Fault(line, _("candidate %(number)s stands here twice.") % {"number": number}))
        numbers.append(number)
    return numbers, faults


def _checked(cells: dict, grades: Mapping[str, int]) -> tuple[str, Row | None]:
    """The first fault of a line, and its row as far as it has one."""
    number = cells["number"]
    try:
        row = Row(number, *(int(cells[name]) for name in COLUMNS[1:]))
    except ValueError:
        return _("right, wrong and total must be whole numbers."), None
    return _fault(row, grades), row


def _fault(row: Row, grades: Mapping[str, int]) -> str:
    """What no answer sheet can say. Norms: ADM-C33, ADM-C35."""
    if row.number not in grades:
        return _("there is no candidate %(number)s.") % {"number": row.number}
    test = TESTS[grades[row.number]]
    if row.right < 0 or row.wrong < 0:
        return _("a number of answers cannot be below zero.")
    if row.right + row.wrong > test.questions:
        return _("%(given)s answers were given, the test has %(all)s questions.") % {
            "given": row.right + row.wrong, "all": test.questions,
        }  # fmt: skip
    if row.total != score(row.right, row.wrong):
        return _("the total is %(total)s, 4 × %(right)s − %(wrong)s is %(true)s.") % {
            "total": row.total, "right": row.right, "wrong": row.wrong, "true": score(row.right, row.wrong),
        }  # fmt: skip
    return ""


def lines(content: bytes, columns: tuple[str, ...]):
    """(line, cells by their columns); a file of Excel has a mark in front and semicolons."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is too large: a list of scores is smaller than 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_("The file is not UTF-8 text. Save it as “CSV UTF-8”.")) from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    heading = [cell.strip().lower() for cell in next(reader, [])]
    if not set(columns) <= set(heading):
        raise Unreadable(_("The first line must name the columns: %(names)s.") % {"names": "; ".join(columns)})
    for cells in reader:
        if any(cell.strip() for cell in cells):
            filled = [cell.strip() for cell in cells] + [""] * len(heading)
            yield reader.line_num, {name: filled[heading.index(name)] for name in columns}
