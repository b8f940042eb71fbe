import re

import pytest
from django.test import Client

from kazservices.gateways import registers, sms
from tests import world
from tests.conftest import on
from tests.design.reader import Reader

NAME = "Сәбитов Ерасыл Думанұлы"
IIN = "000101100016"


class Outside:
    """The world outside: the registers' answers by IIN, and the messages that were sent."""

    def __init__(self):
        self.known = {IIN: {"found": True, "phone": "+77000000000", "full_name": NAME, "birth_date": "2004-05-17"}}
        self.sent = []

    def ask(self, register, iin, *, key):
        return self.known.get(iin, {"found": False})

    def send(self, phone, text, *, key):
        self.sent.append((phone, text))

    @property
    def code(self):
        return re.search(r"\d{6}", self.sent[-1][1]).group()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def in_kazakh(settings):
    settings.LANGUAGE_CODE = "kk"


@pytest.fixture
def outside(monkeypatch):
    outside = Outside()
    monkeypatch.setattr(registers, "ask", outside.ask)
    monkeypatch.setattr(sms, "send", outside.send)
    return outside


@pytest.fixture
def place(db):
    place = world.build_place()
    world.order_call_up(place.operator)
    return place


@pytest.fixture
def user(db):
    return world.build_recipient(IIN)


@pytest.fixture
def cabinet(user):
    """The browser of a citizen who has entered."""
    client = Client()
    with on("2026-03-20 16:00"):
        client.force_login(user)
    return client


@pytest.fixture
def read():
    """The text of a page, once it has been read as strictly as XML."""

    def text_of(answer, status=200):
        assert answer.status_code == status, answer.status_code
        html = answer.content.decode()
        page = Reader(html)
        assert len(page.ids) == len(set(page.ids)), "an id stands twice"
        assert [tag for tag, _ in page.elements].count("h1") == 1
        return html

    return text_of
