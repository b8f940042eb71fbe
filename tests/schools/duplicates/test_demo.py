"""The demo's school: every step of a duplicate, told once."""

import pytest

from kazservices import clock
from kazservices.cases.models import Case
from kazservices.flow import sweeps
from kazservices.offices.models import Office
from schools.duplicates import demo
from schools.duplicates.models import Consignment, Original
from schools.duplicates.states import State
from tests.conftest import on


@pytest.fixture
def told(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    common = {"territory_kk": "Облыс", "territory_ru": "Область"}
    Office.objects.create(code="01", name_kk="Облыс әкімдігі", name_ru="Акимат области", **common)
    with on("2026-03-16 12:00"):
        return demo.fill(clock.now(), short=True)


def test_it_shows_each_step_and_is_told_once(told):
    states = set(Case.objects.filter(service="duplicates").values_list("status", flat=True))
    assert states == {State.REGISTERED, State.OFFERED, State.WITH_CORPORATION, State.SUBMITTED}
    assert (told, Original.objects.count()) == (6, 2)
    with on("2026-03-16 12:10"):
        assert demo.fill(clock.now(), short=True) == 0
        sweeps.make_due_moves()
    assert Case.objects.filter(status=State.MONTH_OVER).count() == 1


def test_a_register_of_two_waits_for_the_schools_hand(told):
    (waiting,) = Consignment.objects.filter(countersigned_at=None)
    assert waiting.items.count() == 2
    assert waiting.school.code == "41"
