"""No office, and no stranger, sees another's case by any address: every route against every person (matrix.txt).

200 shown, 302 led away (to enter, or on), 403 his role lacks it, 404 not his to know of, 405 sent, never opened,
503 the product itself is not ready, since no sweep runs in the scene.
A route without a row fails; so does a row without a route.
"""

from pathlib import Path

import pytest
from django.urls import reverse

from kazservices.cases.models import Case
from tests import world

from .scene import Scene, routes

MATRIX = Path(__file__).with_name("matrix.txt")


def rows():
    lines = (line.split() for line in MATRIX.read_text().splitlines() if not line.startswith("#"))
    return {name: [int(code) for code in codes] for name, *codes in lines}


@pytest.fixture
def scene(place, user):
    return Scene(place, user)


def test_every_route_has_a_row_and_every_row_a_route():
    assert {name for name, _ in routes()} == set(rows())


def test_every_person_is_answered_as_the_matrix_says(client, scene):
    answered = {}
    with world.at("2026-04-01 12:00"):
        for person in scene.people.values():
            scene.enter(client, person)
            for name, keys in routes():
                answered.setdefault(name, []).append(scene.open(client, name, keys, person).status_code)
    wanted = rows()
    assert {name: codes for name, codes in answered.items() if codes != wanted.get(name)} == {}


@pytest.mark.parametrize("name", ["operator", "auditor", "other_chair"])
@pytest.mark.parametrize("move", ["record_no_show", "withdraw", "grant"])
def test_a_move_sent_by_hand_without_the_role_is_403_and_writes_nothing(client, scene, name, move):
    case = Case.objects.filter(pk=scene.case.pk).values_list("status", "journal_count", "journal_head")
    before = case.get()
    client.force_login(scene.people[name])
    with world.at("2026-04-01 12:00"):
        sent = client.post(reverse("admin:move", kwargs={"ref": scene.case.ref, "move": move}), {"note": "…"})
    assert sent.status_code == 403
    assert case.get() == before
