"""Our own files, and how high each room stands."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("kazservices", "conscription", "schools", "complaints", "calendars")


def modules() -> list[Path]:
    """The program's modules; without migrations, which are written by Django."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
    return sorted(found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The rooms from the highest to the lowest, neighbours together, as import-linter reads them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rows = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    return tuple(tuple(room.strip(" ()") for room in row.split("|")) for row in rows)


def room_of(module: str) -> tuple[int, str] | None:
    """The number of the layer (0 is the highest) and the room a module belongs to."""
    for height, rooms in enumerate(layers()):
        for room in rooms:
            if module == room or module.startswith(f"{room}."):
                return height, room
    return None
