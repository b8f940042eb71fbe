"""Terms by the line: JSON in, JSON out, in order, one at a time. Pure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from calendars.arithmetic import OfficeTime
from calendars.rules import Unit
from calendars.terms import BadField, Term, acceptance, free_term, known_rule, moment, office_of, rule_term

LONGEST_LINE = 65_536
LONGEST_TERM = {Unit.WORKING_DAYS: 366, Unit.WORKING_MINUTES: 10_000}
BY_RULE = frozenset({"id", "rule", "received_at"})
BY_LENGTH = frozenset({"id", "schedule", "received_at", "length", "unit"})


class _Asked(dict[str, Any]):
    """A JSON object that remembers which name was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.twice = next((name for name in names if names.count(name) > 1), "") if len(self) < len(names) else ""


def answers(lines: BinaryIO, offices: Mapping[str, OfficeTime]) -> Iterator[dict[str, Any]]:
    """One answer a line: the term, or the error that names the field. Blank lines are passed over."""
    for number, line in enumerate(_lines(lines), start=1):
        if line.strip():
            yield answer(line, offices, number)


def answer(line: bytes, offices: Mapping[str, OfficeTime], number: int = 1) -> dict[str, Any]:
    """The term that one line asks for."""
    asked = _Asked([])
    try:
        asked = _read(line, number)
        term = _term(asked, offices)
    except BadField as error:
        return {"id": asked.get("id"), "error": str(error)}
    return {
        "id": asked["id"],
        "accepted_on": term.accepted_on.isoformat(),
        "due_on": term.due.date().isoformat(),
        "due_at": term.due.isoformat(),
    }


def _term(asked: _Asked, offices: Mapping[str, OfficeTime]) -> Term:
    _check_fields(asked)
    if "rule" in asked:
        office = office_of(asked["rule"], offices)
        at = moment(asked["received_at"], "received_at")
        rule = known_rule(asked["rule"], acceptance(office, at, "received_at"))
        return rule_term(rule, office, at)
    schedule, unit = asked["schedule"], asked["unit"]
    if not isinstance(schedule, str) or schedule not in offices:
        raise BadField("schedule", f"one of {', '.join(offices)} is wanted")
    if not isinstance(unit, str) or unit not in LONGEST_TERM:
        raise BadField("unit", f"one of {', '.join(LONGEST_TERM)} is wanted")
    at = moment(asked["received_at"], "received_at")
    unit = Unit(unit)
    return free_term(offices[schedule], at, _length(asked["length"], unit), unit)


def _check_fields(asked: _Asked) -> None:
    if asked.twice:
        raise BadField(asked.twice, "is given twice")
    wanted = BY_RULE if "rule" in asked else BY_LENGTH
    for field in sorted(wanted - asked.keys()):
        raise BadField(field, "is missing")
    if type(asked["id"]) not in (str, int):
        raise BadField("id", "a string or a whole number is wanted")
    for field in sorted(asked.keys() - wanted):
        raise BadField(field, "does not go with rule" if field in BY_LENGTH else "unknown field")


def _length(length: object, unit: Unit) -> int:
    if type(length) is not int or not 0 <= length <= LONGEST_TERM[unit]:
        raise BadField("length", f"a whole number from 0 to {LONGEST_TERM[unit]} is wanted for {unit}")
    return length


def _read(line: bytes, number: int) -> _Asked:
    if len(line) > LONGEST_LINE:
        raise BadField(f"line {number}", f"longer than {LONGEST_LINE} bytes")
    try:
        asked = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_Asked, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise BadField(f"line {number}", "not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadField(f"line {number}", "not JSON") from None
    if not isinstance(asked, _Asked):
        raise BadField(f"line {number}", "a JSON object is wanted")
    return asked


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines, of which no more is kept than a line may be long."""
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line
