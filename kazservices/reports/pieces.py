"""The pieces of the program that carry a norm and could be taken out: found where they stand, never listed by hand."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from calendars.rules import registry
from kazservices.flow.manifest import all_manifests

from .norms import named_in

#: What ``Manifest.carries`` may name beside rules and rows, and the kind of piece that it is.
CARRIED = {
    "paper": "field",
    "letter": "field",
    "standard": "text",
    "ground": "text",
    "edition": "life",
    "hours": "hours",
}
NOT_LAW = ("migrations", "management", "demo")


@dataclass(frozen=True)
class Piece:
    """One part that can be taken out alone; ``part`` is what the taking out needs to find it."""

    kind: str
    name: str
    norms: tuple[str, ...]
    part: Any = field(compare=False, repr=False)

    def __str__(self):
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Sentence:
    """A statement of a function that names its norm: which function, and which of its nodes."""

    module: str
    function: str
    number: int


def pieces() -> list[Piece]:
    """Every piece; those that name no norm of the register too, so that they can be counted."""
    return [*rules(), *moves(), *letters(), *carried(), *rows(), *sentences()]


class _Names:
    """Services that share no piece may call theirs alike: the later one is told with its service."""

    def __init__(self):
        self.taken: set[str] = set()

    def __call__(self, name: str, manifest) -> str:
        told = name if name not in self.taken else f"{name} of {manifest.code}"
        self.taken.add(told)
        return told


def rules() -> Iterator[Piece]:
    """Each clock, whole; and each clock with its length changed by one."""
    for code, rule in registry.items():
        step = code.partition(".")[2]
        norms = _and(rule.norm, _also(f"rule.{step}", code.partition(".")[0]))
        yield Piece("rule", code, norms, rule)
        yield Piece("length", code, norms, rule)


def moves() -> Iterator[Piece]:
    """Each move's permission and each of its conditions; services that share a move share the piece."""
    seen, named = set(), _Names()
    for manifest in all_manifests():
        for move in manifest.moves:
            meta = getattr(manifest.model, move.name)._django_fsm
            if id(meta) in seen:
                continue
            seen.add(id(meta))
            name = named(move.name, manifest)
            yield Piece("permission", name, _and(move.norm), meta)
            checks = {check.__name__: check for way in meta.transitions.values() for check in way.conditions or ()}
            for wanted, check in checks.items():
                yield Piece("condition", f"{name}: {wanted}", named_in(check.__doc__), (meta, check))


def letters() -> Iterator[Piece]:
    """Each letter that the law wants sent; services that share their letters share the piece."""
    seen, named = set(), _Names()
    for manifest in all_manifests():
        if id(manifest.letters) in seen:
            continue
        seen.add(id(manifest.letters))
        for verb, owed in manifest.letters.items():
            for letter in owed:
                name = named(f"{verb}: {letter.name} to {letter.to}", manifest)
                yield Piece("letter", name, _and(letter.norm), (verb, letter))


def carried() -> Iterator[Piece]:
    """Fields of papers and letters, texts of the standard, hours: what a service says that they carry.

    Services that share the function that says the facts, or the hours, share the piece.
    """
    seen, named = set(), _Names()
    for manifest in all_manifests():
        shared = {"paper": manifest.paper_facts, "letter": manifest.letter_context, "hours": "hours"}
        for name, norms in manifest.carries.items():
            place = name.partition(".")[0]
            whose = shared.get(place, manifest.code)
            if place in CARRIED and (whose, name) not in seen:
                seen.add((whose, name))
                told = named(name, manifest) if place in shared else f"{manifest.code} {name}"
                yield Piece(CARRIED[place], told, tuple(norms), (manifest, name))


def rows() -> Iterator[Piece]:
    """Each row of a passport that names its norm: categories, documents, questions, grounds, windows, registers."""
    for model in apps.get_app_config("passports").get_models():
        if not any(column.name == "norm" for column in model._meta.get_fields()):
            continue
        for row in model._base_manager.order_by("pk"):
            edition = getattr(row, "edition", None) or getattr(getattr(row, "category", None), "edition", None)
            owner = getattr(row, "category", None)
            where = " ".join(str(part) for part in (edition or "the Law", owner or "", row) if part)
            also = _also(model._meta.model_name, edition.service_id) if edition else ()
            yield Piece("row", f"{model._meta.model_name} {where}", _and(row.norm, also), row)


def sentences() -> Iterator[Piece]:
    """Each check inside a function whose docstring names its norm."""
    for path in _modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, function in functions(tree):
            if norms := named_in(ast.get_docstring(function)):
                module = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
                for number, node in enumerate(removable(function)):
                    told = ast.unparse(node).splitlines()[0][:70]
                    yield Piece("check", f"{module}.{name}: {told}", norms, Sentence(module, name, number))


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and of its classes, by their qualified names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{within}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{within}{node.name}.")


def removable(function: ast.FunctionDef) -> list[ast.stmt]:
    """The statements that can be left out of a function and leave it whole: what it refuses, and what it has done.

    An ``if`` without an ``else``, and a call for its effect on a name of the module; a call on a local is plumbing.
    """
    local = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    local |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return list(_removable(function.body, local))


def _removable(body: list[ast.stmt], local: set[str]) -> Iterator[ast.stmt]:
    for node in body:
        alone = isinstance(node, ast.If) and not node.orelse
        if alone or isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _root(node.value) not in local:
            yield node
        inner = [getattr(node, name, ()) for name in ("body", "orelse", "finalbody")]
        if not (alone and len(node.body) == 1):  # with its only statement gone an "if" says nothing either
            for statements in inner:
                yield from _removable(list(statements), local)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _modules() -> Iterator[Path]:
    """Every module of the program that may hold law, once: an app may lie in another one's folder."""
    folders = [Path(config.path) for config in apps.get_app_configs()]
    found = {path for folder in folders if folder.is_relative_to(settings.BASE_DIR) for path in folder.rglob("*.py")}
    for path in sorted(found):
        if not set(NOT_LAW) & set(path.parts) and "site-packages" not in path.parts:
            yield path


def _and(norm: str, more=()) -> tuple[str, ...]:
    """The norm that a piece names itself, if it is one of the register, and those that its service adds."""
    return tuple(dict.fromkeys((*named_in(f"Norm: {norm}"), *more)))


def _also(name: str, service: str) -> tuple[str, ...]:
    manifest = next((manifest for manifest in all_manifests() if manifest.code == service), None)
    return tuple(manifest.carries.get(name, ())) if manifest else ()
