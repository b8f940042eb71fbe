import pytest

from kazservices.gateways.standin import StandIn
from tests import world

REGISTERS = ("identity", "births", "marriage", "spouse_death")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def standin(settings, tmp_path):
    with StandIn(log=tmp_path / "sms.jsonl") as running:
        settings.KAZ_GATEWAY_URL = running.url
        yield running


@pytest.fixture
def place(db):
    place = world.build_place()
    world.order_call_up(place.operator)
    return place


@pytest.fixture
def user(db):
    return world.build_recipient()


@pytest.fixture
def case(user, place):
    """Married with a child: identity, births and marriage are asked."""
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office, category="MARRIED_CHILD")
