"""How a piece is taken out, in memory and for good: only ever in a child process that ends after its tests."""

import ast
import importlib
import inspect
from dataclasses import replace
from datetime import date, time, timedelta
from types import CodeType

from django.conf import settings

from calendars import rules
from calendars.arithmetic import SCHEDULES
from kazservices.cases.permission import Permission
from kazservices.documents import papers
from kazservices.flow import manifest as manifests
from kazservices.flow.manifest import all_manifests
from kazservices.passports.models import Edition, Ground
from kazservices.reports.pieces import Piece, Sentence, functions, removable


def take_out(piece: Piece) -> None:
    TAKING[piece.kind](piece.part)


def _rule(rule) -> None:
    """The law knows no such term."""
    del rules.registry[rule.code], rules._editions[rule.code]


def _length(rule) -> None:
    """The term is one longer."""
    rules._editions[rule.code] = [replace(edition, length=edition.length + 1) for edition in rules._editions[rule.code]]
    rules.registry[rule.code] = rules._editions[rule.code][-1]


class Everyone(Permission):
    """Says yes to whoever asks."""

    def __call__(self, case, person) -> bool:
        return True


def _permission(meta) -> None:
    """Anyone may make the move."""
    for way in meta.transitions.values():
        way.permission = Everyone(*way.permission.roles)


def _condition(part) -> None:
    meta, check = part
    for way in meta.transitions.values():
        way.conditions = [other for other in way.conditions or () if other is not check]


def _letter(part) -> None:
    verb, letter = part
    for manifest in all_manifests():
        owed = tuple(other for other in manifest.letters.get(verb, ()) if other is not letter)
        _replace(manifest, letters={**manifest.letters, verb: owed})


def _field(part) -> None:
    """The paper or the letter is silent about it."""
    manifest, name = part
    place, _, rest = name.partition(".")
    if place == "letter":
        told = manifest.letter_context
        for one in [one for one in all_manifests() if one.letter_context is told]:
            _replace(one, letter_context=lambda *args: _silent(told(*args), rest))
        return
    kind, _, word = rest.partition(".")
    said, prepare = manifest.paper_facts, papers.prepare

    def facts(case, paper_kind, inputs):
        found = said(case, paper_kind, inputs)
        return _silent(found, word) if paper_kind == kind else found

    def prepared(case, paper_kind, found, **how):
        return prepare(case, paper_kind, _silent(found, word) if paper_kind == kind else found, **how)

    for one in [one for one in all_manifests() if one.paper_facts is said]:
        _replace(one, paper_facts=facts)
    papers.prepare = prepared


def _silent(facts: dict, word: str) -> dict:
    empty = {dict: dict, list: list, tuple: tuple}.get(type(facts[word]), str)
    return {**facts, word: empty()}


def _text(part) -> None:
    """The standard, or each of its grounds, is silent about it."""
    manifest, name = part
    place, _, word = name.partition(".")
    if place == "ground":
        rows = Ground.objects.filter(edition__service_id=manifest.code)
    else:
        rows = Edition.objects.filter(service_id=manifest.code)
    columns = {column.name for column in rows.model._meta.fields}
    rows.update(**{f"{word}_{form}": "" for form in ("raw", "kk", "ru") if f"{word}_{form}" in columns})


def _life(part) -> None:
    """The editions were always the law, one after another as they came."""
    manifest, name = part
    column = name.partition(".")[2]
    for number, edition in enumerate(Edition.objects.filter(service_id=manifest.code).order_by(column)):
        Edition.objects.filter(pk=edition.pk).update(**{column: date.min + timedelta(days=number)})


def _hours(part) -> None:
    """The office is open round the clock, six days a week."""
    code = part[1].partition(".")[2]
    midnight = time(23, 59)
    SCHEDULES[code] = replace(SCHEDULES[code], opens=time(0), closes=midnight, lunch=(midnight, midnight), week="six")


def _row(row) -> None:
    row.delete()


def _check(sentence: Sentence) -> None:
    """The function as it would be without this statement."""
    function = importlib.import_module(sentence.module)
    for word in sentence.function.split("."):
        function = inspect.getattr_static(function, word)
    function = inspect.unwrap(getattr(function, "fget", None) or getattr(function, "func", None) or function)
    function.__code__ = _without(sentence)


def _without(sentence: Sentence) -> CodeType:
    path = settings.BASE_DIR.joinpath(*sentence.module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    function = dict(functions(tree))[sentence.function]
    gone = removable(function)[sentence.number]
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and gone in body:
                body[body.index(gone)] = ast.copy_location(ast.Pass(), gone)
    whole = compile(ast.fix_missing_locations(tree), str(path), "exec")
    return next(code for code in _codes(whole) if code.co_qualname == sentence.function)


def _codes(code: CodeType):
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _replace(manifest, **changes) -> None:
    manifests._manifests[manifest.code] = replace(manifest, **changes)


TAKING = {
    "rule": _rule,
    "length": _length,
    "permission": _permission,
    "condition": _condition,
    "letter": _letter,
    "field": _field,
    "text": _text,
    "life": _life,
    "hours": _hours,
    "row": _row,
    "check": _check,
}
