"""Whose move it is: for every move of an application its posts, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied

from kazservices.flow.door import advance, options
from kazservices.flow.manifest import manifest_of
from kazservices.offices.actors import SYSTEM
from tests import world

POSTS = ("clerk", "secretary", "chair", "deputy", "member1", "head", "auditor", "operator")
MOVES = [
    pytest.param("hand_over", "clerk secretary system", marks=pytest.mark.norm("CONS-10-1")),
    pytest.param("send_to_members", "chair", marks=pytest.mark.norm("CONS-10-2")),
    pytest.param("give_opinion", "member1", marks=pytest.mark.norm("CONS-10-3")),
    pytest.param("close_opinions", "chair system", marks=pytest.mark.norm("CONS-10-3")),
    pytest.param("revise_opinion", "member1", marks=pytest.mark.norm("CONS-10-3")),
    pytest.param("grant", "chair", marks=pytest.mark.norm("CONS-10-4")),
    pytest.param("refuse", "chair", marks=pytest.mark.norm("CONS-10-4")),
    pytest.param("call_hearing", "chair", marks=pytest.mark.norm("CONS-10-5")),
    pytest.param("give_position", "applicant", marks=pytest.mark.norm("CONS-10-5")),
    pytest.param("postpone_hearing", "chair secretary", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("record_hearing", "chair secretary", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("record_no_show", "chair secretary", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("record_position", "chair secretary", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("decline_wish", "chair secretary", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("ask_postponement", "applicant", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("reappoint", "system", marks=pytest.mark.norm("CONS-10-7")),
    pytest.param("permit_hearing", "head", marks=pytest.mark.norm("CONS-10-8")),
    pytest.param("refuse_acceptance", "clerk secretary system", marks=pytest.mark.norm("LAW-19")),
    ("recuse", "chair deputy head member1 secretary"),
    ("lift_recusal", "head"),
    ("correct", "chair secretary"),
    pytest.param("withdraw_result", "chair head secretary", marks=pytest.mark.norm("LAW-5-2-9")),
    pytest.param("reopen", "system", marks=pytest.mark.norm("LAW-5-2-9")),
    ("withdraw", "applicant"),
]


@pytest.fixture
def people(user, place):
    people = {post: getattr(place, post) for post in POSTS}
    return people | {
        "applicant": user,
        "another applicant": world.build_recipient("000202200027"),
        "chair elsewhere": world.build_place("07", "Басқа аудан әкімдігі").chair,
    }


@pytest.mark.parametrize(("move", "posts"), MOVES)
def test_a_move_belongs_to_its_posts_and_to_nobody_else(user, place, people, move, posts):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        offered = {who for who, person in people.items() if move in [o.move.name for o in options(case, person)]}
        assert offered == set(posts.split()) - {"system"}
        for who, person in {**people, "system": SYSTEM}.items():
            if who not in posts.split():
                with pytest.raises(PermissionDenied):
                    advance(case, move, by=person)


def test_every_move_stands_in_the_table():
    known = {move.values[0] if hasattr(move, "values") else move[0] for move in MOVES}
    assert known == {move.name for service in ("deferral", "exemption") for move in manifest_of(service).moves}
