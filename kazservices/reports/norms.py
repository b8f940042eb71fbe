"""The register of norms, and which test cites which: nothing is called proved that no test names."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER = ROOT / "fixtures" / "norms.json"
TESTS = ROOT / "tests"
MOST_IN_A_TEST = 3


@dataclass(frozen=True)
class Norm:
    """A row of the register: a sentence of the law, and whose duty it is."""

    id: str
    text: str
    ours: bool
    owner: str | None


@cache
def register() -> dict[str, Norm]:
    rows = json.loads(REGISTER.read_text(encoding="utf-8"))
    return {row["id"]: Norm(row["id"], row["text"], row["ours"], row["owner"]) for row in rows}


def ours() -> dict[str, Norm]:
    """The provider's own duties: what the tests have to prove."""
    return {norm.id: norm for norm in register().values() if norm.ours}


def citations(tests: Path = TESTS) -> dict[str, list[str]]:
    """The test files that cite each norm, read without running them."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("*.py")):
        for norm in sorted(set(_cited(ast.parse(path.read_text(encoding="utf-8"))))):
            found.setdefault(norm, []).append(path.relative_to(tests.parent).as_posix())
    return found


def _cited(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.norm":
            yield from (word.value for word in node.args if isinstance(word, ast.Constant))
