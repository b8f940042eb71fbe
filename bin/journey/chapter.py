"""A chapter of the book: one walk with its name, its beginning, its people and its parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cast import Known
from days import day_name
from scene import Scene


@dataclass(frozen=True)
class Chapter:
    """What the program must know of a walk. ``people`` are its citizens; ``office`` is where its staff sit.

    ``prefix`` begins the names of its pictures; ``days`` are words that some of its days have beside their dates.
    """

    name: str  # on the command line: --walk transfer
    title: str
    told: str  # under the title: who does what on which days
    begins: datetime
    people: Mapping[str, Known]
    office: str
    parts: tuple[Callable[[Scene], None], ...]
    prefix: str
    days: Mapping[date, str] = field(default_factory=dict)
    scene: Callable[..., Scene] = Scene

    def day_title(self, day: date) -> str:
        return f"{day_name(day)}: {self.days[day]}" if day in self.days else day_name(day)
