import pytest

from tests import world


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def place(db):
    place = world.build_place()
    world.order_call_up(place.operator)
    return place


@pytest.fixture
def user(db):
    return world.build_recipient()
