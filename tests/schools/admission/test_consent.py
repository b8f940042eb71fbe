"""What the registers object to is told as soon as they have answered, before papers are fetched and a code is sent."""

import pytest
from django.test import Client
from django.urls import reverse

from kazservices.flow import filing
from tests import world

from . import scene


@pytest.fixture
def draft(school, pool):
    """Filled in for a child of the register up to the consent."""

    def fill(born):
        child = scene.known_child(1, born)
        said = {"child_iin": child["iin"], "relation": "parent", "language": "kk", "street": scene.INSIDE[0],
                "house": scene.INSIDE[1]}  # fmt: skip
        draft = filing.start(scene.parent(), "admission", "kk")
        filing.choose(draft, school.office, "CITIZEN")
        filing.answer(draft, {"special_needs": False})
        filing.fill_in(draft, said)
        draft.data = {**draft.data, "child": child}
        filing.keep(draft)
        return draft

    return fill


def agree(draft):
    client = Client()
    client.force_login(draft.user)
    client.cookies["django_language"] = "kk"
    return client.post(reverse("portal:consent", args=[draft.ref]), {"consent": "yes"})


@pytest.mark.norm("ADM-9")
def test_a_child_of_five_is_told_its_year_before_any_paper_is_asked_for(draft):
    with world.at("2026-04-01 10:00"):
        kept = draft("2021-11-02")
        answer = agree(kept)
        assert answer.status_code == 200
        assert "2027 жылы алтыға толады" in answer.content.decode()
        assert filing.progress_of(kept).consent.given


def test_a_child_of_six_goes_on_to_the_papers(draft):
    with world.at("2026-04-01 10:00"):
        kept = draft("2020-11-02")
        assert agree(kept).url == reverse("portal:papers", args=[kept.ref])
