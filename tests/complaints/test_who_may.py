"""Who may make which move of a complaint, and that nobody else may, whatever state it is in."""

import pytest
from django.core.exceptions import PermissionDenied

from kazservices.flow.door import advance
from kazservices.flow.manifest import manifest_of
from kazservices.offices.actors import SYSTEM
from tests import world
from tests.complaints import scene

STAFF = ("clerk", "secretary", "chair", "deputy", "head", "member2", "auditor", "operator")
OFFICE = "clerk head"
TABLE = {
    "register": (f"{OFFICE} system", "CONS-14-1"),
    "take_up": (f"{OFFICE} system", "LAW-25-2a", "LAW-25-2b"),
    "name_official": (OFFICE, "LAW-4-1-3"),
    "grant_in_full": ("chair head", "CONS-14-3"),
    "grant_in_part": ("chair head", "CONS-14-3"),
    "forward": (OFFICE, "CONS-14-2", "CONS-14-6"),
    "confirm_registration": (OFFICE, "CONS-14-5"),
    "record_answer": (OFFICE, "CONS-14-5", "LAW-5-2-9"),
    "hand_over": ("system", "CONS-14-3"),
    "remind": ("system",),
    "note_answer": ("system", "LAW-5-2-7"),
    "note_withdrawal": ("system",),
    "extend": ("head", "LAW-25-4a", "CLK-COMPL-EXT"),
    "tell_extension": (f"{OFFICE} system", "LAW-25-4b"),
    "satisfy": ("head", "LAW-25-1", "LAW-5-2-9"),
    "satisfy_in_part": ("head", "LAW-25-1", "LAW-5-2-9"),
    "refuse": ("head", "LAW-25-1", "CONS-14-7", "ADM-48"),
    "answer": (f"{OFFICE} system", "LAW-5-2-7", "CONS-14-4"),
    "withdraw": ("applicant",),
}
TOLD = [pytest.param(move, who, marks=pytest.mark.norm(*norms)) for move, (who, *norms) in TABLE.items()]


@pytest.mark.parametrize(("move", "who"), TOLD)
def test_nobody_else_makes_this_move(user, place, move, who):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        others = {name: place.staff[name] for name in STAFF} | {"applicant": user, "system": SYSTEM}
        for name, person in others.items():
            if name not in who.split():
                with pytest.raises(PermissionDenied):
                    advance(complaint, move, by=person)
                assert scene.fresh(complaint).journal_count == complaint.journal_count, name


def test_the_table_has_every_move():
    assert set(TABLE) == {move.name for move in manifest_of("complaint").moves}
