"""Two confirm one move in the same cases at once: each case moves once, and each is told truly of each case."""

import pytest
from django.conf import settings
from django.utils import translation

from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case
from kazservices.flow import bulk
from kazservices.flow.conditions import ELSEWHERE
from kazservices.offices.roles import Role
from tests import world
from tests.flow.test_concurrency import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MOVE = "send_to_members"


@pytest.fixture
def cases(place):
    with world.at("2026-03-26 10:00"):
        return [world.apply(world.build_recipient(f"0001011{n:05d}"), place.office) for n in range(3)]


def confirmed(cases, *people):
    """What each is told, in the order of the cases; the second begins at the other end."""
    seen = {case.pk: Case.objects.get(pk=case.pk).journal_count for case in cases}
    jobs = [
        lambda by=by, some=cases[::way]: bulk.made(some, MOVE, by=by, seen=seen)
        for by, way in zip(people, (1, -1), strict=True)
    ]
    first, second = at_once("2026-03-26 11:00", jobs)
    return first, second[::-1]


def each_moved_once(cases):
    for case in Case.objects.filter(pk__in=[case.pk for case in cases]):
        assert case.status == "with_members"
        assert case.journal.filter(move=MOVE).count() == 1
        assert first_fault(case) == ""


def test_of_two_officials_each_is_told_which_cases_were_his(place, cases):
    other = world.build_staff(place.office, "chair2", Role.CHAIR, place.chair.posts.get().commission)
    told = confirmed(cases, place.chair, other)
    each_moved_once(cases)
    with translation.override(settings.LANGUAGE_CODE):  # the threads' own
        elsewhere = str(ELSEWHERE)
    for who, said in zip((place.chair, other), told, strict=True):
        his = [case.journal.get(move=MOVE).actor == who for case in cases]
        assert [one.done for one in said] == his
        assert [str(one.reason) for one in said] == ["" if was_his else elsewhere for was_his in his]


def test_of_two_windows_of_one_official_the_second_writes_nothing(place, cases):
    told = confirmed(cases, place.chair, place.chair)
    each_moved_once(cases)
    assert all(one.done for said in told for one in said)
    assert [sorted(bool(one.reason) for one in pair) for pair in zip(*told, strict=True)] == [[False, True]] * 3
