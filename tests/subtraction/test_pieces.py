"""Which pieces carry which norms: found in the program, none by hand, and none forgotten."""

import ast

import pytest

from kazservices.reports.norms import ROOT, citations, named_in, owned_by, register, unremovable
from kazservices.reports.pieces import functions, moves, pieces, removable, sentences


@pytest.fixture
def found(db):
    return pieces()


def test_every_norm_of_the_main_service_is_carried_by_a_piece_or_told_to_be_carried_by_none(found):
    carried = {norm for piece in found for norm in piece.norms}
    assert [norm for norm in owned_by("main") if norm not in carried and norm not in unremovable()] == []


def test_no_norm_is_called_unremovable_that_a_piece_carries(found):
    carried = {norm for piece in found for norm in piece.norms}
    assert carried & set(unremovable()) == set()


def test_an_unremovable_norm_names_a_test_that_cites_it_and_a_reason():
    for norm, listed in unremovable().items():
        path, _, name = listed.test.partition("::")
        assert path in citations()[norm]
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8")
        assert listed.reason


def test_each_piece_has_a_name_of_its_own(found):
    names = [str(piece) for piece in found]
    assert sorted(names) == sorted(set(names))


def test_every_move_is_a_piece():
    assert {piece.name for piece in moves() if piece.kind == "permission"} >= {"refuse", "grant", "call_hearing"}


@pytest.mark.parametrize(
    ("said", "norms"),
    [
        ("Taken in. Norm: CONS-10-1.", ["CONS-10-1"]),
        ("Norms: CONS-10-5 to CONS-10-7, GAP-35.", ["CONS-10-5", "CONS-10-6", "CONS-10-7"]),
        ("Norms: CONS-S8-2, S8-3.", ["CONS-S8-2", "CONS-S8-3"]),
        ("Norms: CONS-10-6, 10-8. Raises: CodeError.", ["CONS-10-6", "CONS-10-8"]),
        ("Nothing of the law.", []),
        (None, []),
    ],
)
def test_a_docstring_names_its_norms(said, norms):
    assert list(named_in(said)) == norms


def test_what_can_be_left_out_of_a_function_is_what_it_refuses_and_what_it_has_done():
    source = ast.parse(
        "def refuse(case, grounds):\n"
        "    lawful = offered(case)\n"
        "    if not grounds:\n        raise ValueError\n"
        "    if lawful:\n        told = 1\n    else:\n        told = 2\n"
        "    demand(lawful)\n"
        "    case.save()\n"
        "    return told\n"
    )
    (_, function), *_ = functions(source)
    assert [ast.unparse(node).splitlines()[0] for node in removable(function)] == ["if not grounds:", "demand(lawful)"]


def test_the_checks_of_the_commission_are_under_proof():
    named = [piece.name for piece in sentences()]
    assert any(name.startswith("conscription.steps.refused") for name in named)
    assert all(norm in register() for piece in sentences() for norm in piece.norms)
