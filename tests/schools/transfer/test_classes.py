"""The classes of a school, kept by its own people: never fewer seats than children, never over another's hand."""

import pytest
from django.test import Client
from django.urls import reverse

from schools.transfer.models import SchoolClass
from tests import world

from . import scene


@pytest.fixture
def desk():
    def enter(person):
        client = Client()
        client.force_login(person)
        client.cookies["django_language"] = "ru"
        return client

    return enter


def change(client, one, **sent):
    known = {"office": one.office_id, "grade": 5, "letter": "А", "language": "kk", "capacity": 25, "enrolled": 24,
             "is_open": "on", "seen": 24}  # fmt: skip
    address = reverse("admin:transfer_schoolclass_change", args=[one.pk])
    with world.at("2026-04-15 10:05"):
        return client.post(address, {**known, **sent})


def test_seats_are_never_set_below_the_children_in_the_class(school, desk):
    one = scene.free_class(school)
    answer = change(desk(school.head), one, capacity=23)
    assert answer.status_code == 200
    assert "Мест не может быть меньше" in answer.content.decode()
    one.refresh_from_db()
    assert one.capacity == 25
    assert change(desk(school.head), one, capacity=26).status_code == 302
    one.refresh_from_db()
    assert (one.capacity, one.changed_by) == (26, school.head)


def test_a_seat_given_meanwhile_is_not_written_over(school, leaving, parent, desk):
    one = scene.free_class(school)
    scene.admit(scene.filed(parent, school), school)
    answer = change(desk(school.clerk), one, capacity=26)
    assert "25" in answer.content.decode()
    one.refresh_from_db()
    assert (one.enrolled, one.capacity) == (25, 25)


@pytest.mark.parametrize(("who", "code"), [("head", 200), ("clerk", 200), ("deputy_head", 200), ("auditor", 403)])
def test_who_keeps_the_classes(school, desk, who, code):
    with world.at("2026-04-15 10:05"):
        answer = desk(getattr(school, who)).get(reverse("admin:transfer_schoolclass_changelist"))
    assert answer.status_code == code


def test_another_schools_classes_are_nobodys_to_see(school, leaving, desk):
    one = scene.free_class(school)
    client = desk(leaving.head)
    with world.at("2026-04-15 10:05"):
        shown = client.get(reverse("admin:transfer_schoolclass_changelist"))
        assert reverse("admin:transfer_schoolclass_change", args=[one.pk]) not in shown.content.decode()
    assert change(client, one, capacity=40).status_code in (302, 403, 404)
    one.refresh_from_db()
    assert one.capacity == 25
    assert SchoolClass.objects.count() == 4
