"""The demo of the transfer: every state, the counter, and a half hour that runs now."""

import pytest

from kazservices.cases import journal
from kazservices.cases.models import Case
from kazservices.counter.models import Handover, Ticket
from kazservices.flow.handing import kept_at
from schools.transfer import demo
from schools.transfer.states import State
from tests import world


@pytest.fixture(autouse=True)
def _quick_papers(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("kazservices.documents.rendering.draw", lambda paper: b"%PDF-1.7 " + paper.number.encode())


@pytest.mark.django_db
def test_the_demo_has_something_to_see_for_everybody_and_is_told_once():
    with world.at("2026-03-20 12:55"):  # Fri, five minutes before lunch
        told = demo.fill(world.clock.now(), short=True)
        assert demo.fill(world.clock.now(), short=True) == 0
    cases = Case.objects.filter(service="transfer")
    assert cases.count() == told == len(demo.STORIES)
    assert set(cases.values_list("status", flat=True)) == set(State.values)
    assert not [fault for case in cases if (fault := journal.first_fault(case))]
    school = cases.first().office
    assert kept_at([school]).count() == 1
    assert Handover.objects.count() == 1
    assert Ticket.objects.waited_too_long().exists()
    assert Ticket.objects.filter(case__isnull=False).count() <= 2
    running = cases.filter(status="submitted").first()
    assert running.next_due_at is not None
