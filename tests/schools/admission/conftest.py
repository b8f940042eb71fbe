import pytest

from . import scene


@pytest.fixture
def school(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return scene.build_school()


@pytest.fixture
def pool(school):
    return scene.pool(school)
