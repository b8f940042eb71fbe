"""The register of norms, and which test cites which: nothing is called proved that no test names."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER = ROOT / "fixtures" / "norms.json"
UNREMOVABLE = ROOT / "fixtures" / "norms_unremovable.json"
TESTS = ROOT / "tests"
MOST_IN_A_TEST = 3

CITATION = re.compile(r"\bNorms?: ([^.]+)")
WORD = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True)
class Norm:
    """A row of the register: a sentence of the law, and whose duty it is."""

    id: str
    text: str
    ours: bool
    owner: str | None


@dataclass(frozen=True)
class Unremovable:
    """A norm that no single piece carries, so that nothing can be taken out: the test that proves it, and why."""

    id: str
    test: str
    reason: str


@cache
def register() -> dict[str, Norm]:
    rows = json.loads(REGISTER.read_text(encoding="utf-8"))
    return {row["id"]: Norm(row["id"], row["text"], row["ours"], row["owner"]) for row in rows}


@cache
def unremovable() -> dict[str, Unremovable]:
    rows = json.loads(UNREMOVABLE.read_text(encoding="utf-8"))
    return {row["id"]: Unremovable(**row) for row in rows}


def ours() -> dict[str, Norm]:
    """The provider's own duties: what the tests have to prove."""
    return {norm.id: norm for norm in register().values() if norm.ours}


def owned_by(owner: str | None) -> dict[str, Norm]:
    """The provider's duties that one part of the program answers for; without an owner: all of them."""
    return {norm.id: norm for norm in ours().values() if owner in (None, norm.owner)}


def citations(tests: Path = TESTS) -> dict[str, list[str]]:
    """The test files that cite each norm, read without running them."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("*.py")):
        for norm in sorted(set(_cited(ast.parse(path.read_text(encoding="utf-8"))))):
            found.setdefault(norm, []).append(path.relative_to(tests.parent).as_posix())
    return found


def named_in(text: str | None) -> tuple[str, ...]:
    """The norms that a docstring names after its "Norm" or "Norms"; decisions on gaps are none of the register."""
    found: list[str] = []
    for citation in CITATION.findall(text or ""):
        last, reaching = "", False
        for word in WORD.findall(citation):
            if word == "to":
                reaching = bool(last)
                continue
            norm = _whole(word, last)
            if norm:
                found.extend(_between(last, norm) if reaching else [norm])
            last, reaching = norm, False
    return tuple(dict.fromkeys(found))


def _whole(word: str, before: str) -> str:
    """The id that a word stands for; after CONS-S8-2 a bare S8-3 is CONS-S8-3."""
    stem = before
    while word not in register() and stem:
        stem, _, _ = stem.rpartition("-")
        if f"{stem}-{word.lstrip('-')}" in register():
            return f"{stem}-{word.lstrip('-')}"
    return word if word in register() else ""


def _between(first: str, last: str) -> list[str]:
    """The rows of the register after the first one, to the last."""
    ids = list(register())
    return ids[ids.index(first) + 1 : ids.index(last) + 1]


def _cited(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.norm":
            yield from (word.value for word in node.args if isinstance(word, ast.Constant))
