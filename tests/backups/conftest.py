import pytest

from kazservices.gateways.standin import StandIn
from tests import world


@pytest.fixture
def kept(settings, tmp_path):
    """Where this product keeps what it keeps."""
    settings.MEDIA_ROOT, settings.KAZ_ROOTS_DIR = tmp_path / "product" / "files", tmp_path / "elsewhere" / "roots"
    settings.KAZ_ROOTS_KEY = tmp_path / "product" / "roots-key.pem"
    settings.MEDIA_ROOT.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def gateway(settings):
    with StandIn() as running:
        settings.KAZ_GATEWAY_URL = running.url
        yield running


@pytest.fixture
def product(transactional_db, kept, gateway):
    """An office whose people get their letters by SMS."""
    place = world.build_place()
    world.order_call_up(place.operator)
    return place
