"""What is wrong in a passport file: said in the reader's language, with file, line and field."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One thing wrong. The text stays lazy until it is read, so that each reader has his own language."""

    path: str
    line: int
    field: str
    text: Any
    values: dict[str, Any]

    def __str__(self):
        return f"{self.path}:{self.line}: {self.field}: {str(self.text) % self.values}"


class PassportError(ValueError):
    """The file is not loaded, and nothing of it."""

    def __init__(self, *faults: Fault):
        super().__init__(*faults)
        self.faults = faults

    def __str__(self):
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(frozen=True)
class Place:
    """Where in a file a value stands; all places of a file share its list of faults."""

    path: str
    line: int
    field: str
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, text, **values) -> None:
        self.faults.append(Fault(self.path, self.line, self.field, text, values))

    def at(self, line: int, name: str) -> "Place":
        return Place(self.path, line, f"{self.field}.{name}" if self.field else name, self.faults)

    def item(self, line: int, index: int) -> "Place":
        return Place(self.path, line, f"{self.field}[{index}]", self.faults)
