"""A move that no form asks facts for needs none: a button of the case page must not lead into a fault."""

import inspect

import pytest

from kazservices.flow.manifest import all_manifests
from kazservices.offices.roles import Party

#: What the door itself gives to every move.
GIVEN = {"self", "by", "at"}
MOVES = [
    pytest.param(manifest, move, id=f"{manifest.code}.{move.name}")
    for manifest in sorted(all_manifests(), key=lambda manifest: manifest.code)
    for move in manifest.moves
    if not (move.form or move.page)
]


def made_by_people(manifest, move) -> bool:
    transitions = getattr(manifest.model, move.name)._django_fsm.transitions.values()
    return any(one.permission.roles_for(manifest.code) - {Party.SYSTEM} for one in transitions)


@pytest.mark.parametrize(("manifest", "move"), MOVES)
def test_a_move_without_a_form_or_a_page_asks_for_nothing(manifest, move):
    asked = inspect.signature(getattr(manifest.model, move.name)).parameters.values()
    wanted = {one.name for one in asked if one.default is one.empty and one.kind != one.VAR_KEYWORD} - GIVEN
    assert not (wanted and made_by_people(manifest, move)), wanted
