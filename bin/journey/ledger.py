"""What happened, when and who did it; which promises held. Printed line by line, then written down with pictures."""

from dataclasses import dataclass, field
from datetime import datetime

from days import staff_moment


class Fault(Exception):
    """Something without which the walk cannot go on."""


@dataclass
class Step:
    """One act of one person."""

    moment: datetime
    who: str
    what: str
    pictures: list = field(default_factory=list)


class Ledger:
    """The steps of a walk and the assertions, in the order in which they were made."""

    def __init__(self):
        self.steps: list[Step] = []
        self.checks: list[tuple[str, bool]] = []

    @property
    def began(self) -> bool:
        return bool(self.steps)

    @property
    def failed(self) -> int:
        return sum(not held for _, held in self.checks)

    def step(self, moment: datetime, who: str, what: str) -> None:
        self.steps.append(Step(moment, who, what))
        print(f"     {staff_moment(moment)}  {who}: {what}", flush=True)

    def picture(self, name: str, title: str, content: bytes | None) -> None:
        """A picture of the step written down last, if there was one to take."""
        if content:
            self.steps[-1].pictures.append((name, title, content))

    def check(self, what: str, holds, seen: str = "") -> None:
        """A promise; what was seen instead is said only when it did not hold."""
        self.checks.append((what, bool(holds)))
        print(f"{'ok  ' if holds else 'FAIL'} {what}{'' if holds or not seen else f' — seen: {seen}'}", flush=True)

    def says(self, what: str, text: str, *wanted: str) -> None:
        """A promise that all of the words stand in a text."""
        missing = [words for words in wanted if words not in text]
        self.check(what, not missing, f"without {missing} in: {text[:1500]}")
