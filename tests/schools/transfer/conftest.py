import pytest

from tests.schools.transfer import scene


@pytest.fixture
def school(db, settings, tmp_path):
    """The receiving school, with its classes of grade 5."""
    settings.MEDIA_ROOT = tmp_path
    return scene.build_school("21", "№ 21 мектеп")


@pytest.fixture
def leaving(school):
    return scene.build_school("22", "№ 22 мектеп")


@pytest.fixture
def parent(db):
    return scene.build_parent()


@pytest.fixture
def two_schools(school, leaving):
    return school, leaving
