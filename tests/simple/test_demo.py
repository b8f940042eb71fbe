"""The demo's school: told through the door, with something on its desk on any day, and once only."""

from datetime import datetime

import pytest

from kazservices.cases import journal
from kazservices.simple.demo import STORIES, fill
from kazservices.simple.models import SimpleCase
from tests import world


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["2026-03-20 16:00", "2026-11-22 10:00"])
def test_the_school_of_the_demo_has_work_done_and_work_to_do(moment, monkeypatch):
    monkeypatch.setattr("kazservices.documents.rendering.draw", lambda paper: b"%PDF-1.7 " + paper.number.encode())
    now = datetime.fromisoformat(moment).replace(tzinfo=world.ALMATY)
    with world.at(moment):
        assert fill(now, short=True) == len(STORIES)
        assert fill(now, short=True) == 0
    cases = SimpleCase.objects.all()
    assert {"in_work", "granted", "refused", "handed_over", "not_taken"} <= set(cases.values_list("state", flat=True))
    assert not [fault for case in cases if (fault := journal.first_fault(case))]
    assert all(case.registered_at <= now for case in cases)
