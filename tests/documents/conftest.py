import pytest

from kazservices.documents import papers, rendering
from tests import world
from tests.documents import samples


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


@pytest.fixture
def draft(user, place):
    return world.build_draft(user, place.office)


@pytest.fixture
def case(user, place):
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office)


@pytest.fixture
def quickly(monkeypatch):
    """Papers whose looks do not matter here: their bytes are their facts. How they are drawn, test_drawing proves."""
    monkeypatch.setattr(rendering, "draw", lambda paper: f"%PDF- {paper.number} {paper.facts_digest}".encode())


@pytest.fixture
def prepared(case, place):
    """A paper of a kind, drawn and waiting to be read."""

    def prepare(kind="refusal", **changed):
        paper = papers.prepare(case, kind, samples.facts(kind, **changed), by=place.chair)
        rendering.render(paper.pk)
        paper.refresh_from_db()
        return paper

    return prepare
