import pytest
from django.test import Client
from django.urls import reverse

from tests import world


@pytest.fixture
def place(db):
    return world.build_place()


@pytest.fixture
def other_place(place):
    return world.build_place("05", "Басқа аудан әкімдігі")


@pytest.fixture
def recipient(db):
    return world.build_recipient()


@pytest.fixture
def desk():
    """Somebody at the desk, entered: the pages as he gets them."""

    def enter(user, language="ru"):
        client = Client()
        client.force_login(user)
        client.cookies["django_language"] = language
        return client

    return enter


def page_of(case) -> str:
    return reverse("admin:case", args=[case.ref])


def move_of(case, move) -> str:
    return reverse("admin:move", args=[case.ref, move])
