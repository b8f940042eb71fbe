"""What a service keeps of a case beside documents, papers, letters and clocks: for the file of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: The folders whose content every reader of a file looks for under the same name.
VOTES, HEARING = "votes", "hearing"


@dataclass(frozen=True)
class Record:
    """One thing that was recorded: ``row`` as it is kept (a row of a table, or a mapping), ``lines`` as people read it.

    A line is (what it is, what it says); a text of many lines is told below the others.
    """

    title: str
    row: object
    lines: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Records of one kind, in order: they lie in one folder, and on sheets of their own.

    ``one``: what a single one of them is called. ``together``: as lines of one file, where there may be hundreds.
    """

    folder: str
    one: str
    title: str
    records: tuple[Record, ...]
    together: bool = False
    without: tuple[str, ...] = field(default=())


def chapter(folder: str, one: str, title: str, rows, told=None, **more) -> Chapter:
    """A chapter of rows; ``told``: (row) -> its lines for people, or none where the row speaks for itself."""
    records = [
        row if isinstance(row, Record) else Record(_named(title, place), row, tuple(told(row)) if told else ())
        for place, row in enumerate(rows, start=1)
    ]
    return Chapter(folder, one, title, tuple(records), **more)


def as_lines(said: Mapping) -> tuple[tuple[str, object], ...]:
    """A mapping as lines, for what is kept without words of its own."""
    return tuple((str(name), value) for name, value in said.items())


def _named(title, place) -> str:
    return f"{title}, {place}"
