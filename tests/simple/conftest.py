import pytest

from tests.portal.conftest import cabinet, in_kazakh, outside, user  # noqa: F401

from .school import build_school


@pytest.fixture
def school(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return build_school()
