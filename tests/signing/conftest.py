import re

import pytest

from kazservices.gateways.standin import StandIn
from tests import world


@pytest.fixture
def standin(settings):
    with StandIn() as running:
        settings.KAZ_GATEWAY_URL = running.url
        yield running


@pytest.fixture
def code_of(standin):
    """The code that arrived last, as its addressee reads it."""
    return lambda: re.search(r"\d{6}", standin.world.messages[-1]["text"]).group()


@pytest.fixture
def user(db):
    return world.build_recipient()


@pytest.fixture(autouse=True)
def friday():
    with world.at("2026-03-20 17:00"):
        yield
