import pytest

from tests.schools.contest import world


@pytest.fixture
def school(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return world.build_school()


@pytest.fixture
def parent(db):
    return world.build_parent()
