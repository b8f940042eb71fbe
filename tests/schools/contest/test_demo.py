"""The demo's lyceum: last year to its end, this year as far as it has come; told once."""

import pytest

from kazservices import clock
from schools.contest.demo import fill
from schools.contest.models import ContestApplication, ContestCampaign
from schools.contest.states import CampaignState, State
from tests import world

pytestmark = pytest.mark.django_db


def test_the_demo_of_the_contest(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with world.at("2026-03-16 09:00"):
        assert fill(clock.now(), False) > 20
        assert fill(clock.now(), False) == 0
    last, this = ContestCampaign.objects.order_by("year")
    assert (last.state, this.state) == (CampaignState.ORDERED, CampaignState.INTAKE)
    assert last.own_selections.count() == 1
    assert last.applications.filter(state=State.ENROLLED).count() == 13
    assert last.freed.get().taken_by is not None
    assert not last.deadlines.breaches().exists()
    states = set(ContestApplication.objects.filter(campaign=this).values_list("state", flat=True))
    assert states == {State.CANDIDATE, State.SUBMITTED, State.NOT_TAKEN}
