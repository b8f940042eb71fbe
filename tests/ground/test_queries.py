"""A page asks the database a few times, and not more often when there are more cases."""

import pytest
from django.db import connection

from tests import world

from .scene import Scene, routes

MOST = 100


class Counter:
    def __init__(self):
        self.asked = 0

    def __call__(self, execute, *statement):
        self.asked += 1
        return execute(*statement)


def shown(client, scene):
    """{(route, person): (keys, person)} of every page that is shown; the caches fill."""
    found = {}
    with world.at("2026-04-01 12:00"):
        for who, person in scene.people.items():
            scene.enter(client, person)
            for name, keys in routes():
                if scene.open(client, name, keys, person).status_code == 200:
                    found[name, who] = keys
    return found


def counted(client, scene, pages):
    """{(route, person): queries} of these pages."""
    found, inside = {}, None
    with world.at("2026-04-01 12:00"):
        for (name, who), keys in pages.items():
            if who != inside:
                scene.enter(client, scene.people[who])
                inside = who
            queries = Counter()
            with connection.execute_wrapper(queries):
                answer = scene.open(client, name, keys, scene.people[who])
                if answer.streaming:
                    b"".join(answer.streaming_content)
            found[name, who] = queries.asked
    return found


@pytest.mark.django_db
def test_no_page_asks_more_when_there_are_more_cases(client, place, user):
    scene = Scene(place, user)
    late = (world.build_recipient(f"0001012{n:05d}") for n in range(4))
    with world.at("2026-03-30 15:00"):
        world.apply(next(late), place.office)  # not sent on in time: a breach on the pages of breaches
    pages = shown(client, scene)
    few = counted(client, scene, pages)
    for n in range(3):
        world.to_hearing(world.build_recipient(f"0001011{n:05d}"), place)
    with world.at("2026-03-30 15:00"):
        for person in late:
            world.apply(person, place.office)
    many = counted(client, scene, pages)
    grown = {page: (few[page], many[page]) for page in few if many[page] > few[page] + 2}
    assert grown == {}
    assert {page: n for page, n in many.items() if n > MOST} == {}
