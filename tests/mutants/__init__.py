"""Defects that somebody could make, each a small patch to the product, and the run that must catch every one.

A patch begins with two lines of its own: ``Defect:`` what is wrong with it, and ``Test:`` what must turn red. They are
applied to copies of the tree, never to the tree itself (``bin/test-mutants``).
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Planted:
    """A patch with what stands in its head."""

    path: Path
    defect: str
    test: str

    @property
    def name(self) -> str:
        return self.path.stem


def planted() -> list[Planted]:
    return [_read(path) for path in sorted(HERE.glob("*.patch"))]


def _read(path: Path) -> Planted:
    head = path.read_text(encoding="utf-8").split("diff --git", 1)[0]
    said = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    return Planted(path, said["Defect"], said["Test"])
