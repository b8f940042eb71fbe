import pytest

from tests import world
from tests.complaints import scene


@pytest.fixture
def body(place):
    """The body above the akimat, which works with the program."""
    return scene.build_body(place.office.superior_body)


@pytest.fixture
def refused(user, place):
    """An application for deferral, refused on Thu 2 April 2026 at 15:00."""
    return world.to_refused(user, place)
