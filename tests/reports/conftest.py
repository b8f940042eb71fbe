from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from calendars.rules import registry
from kazservices.deadlines.models import Cause, Deadline, Outcome
from kazservices.reports.mandate import offices_in_mandate
from kazservices.reports.scope import ScopeForm
from tests import world

ALMATY = ZoneInfo("Asia/Almaty")


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ALMATY)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def place(db):
    built = world.build_place()
    world.order_call_up(built.operator)
    return built


@pytest.fixture
def recipient(db):
    return world.build_recipient()


@pytest.fixture
def case(place, recipient):
    """Filed Fri 20 March 2026, 17:00; its own clocks are taken away, so that a test may lay its own."""
    with world.at("2026-03-20 17:00"):
        filed = world.apply(recipient, place.office)
    Deadline.objects.all().delete()
    return filed


@pytest.fixture
def lay(case):
    """Lay a clock of the case: started Fri 20 March 17:00, due Thu 2 April 18:30 unless told otherwise."""

    def _lay(rule="deferral.decide", *, due="2026-04-02 18:30", started="2026-03-20 17:00", ended=None, **more):
        law, due_at = registry[rule], local(due)
        outcome = more.pop("outcome", Outcome.MET if ended else Outcome.RUNNING)
        known = {
            "service": case.service, "office": case.office, "rule": rule, "norm": law.norm, "length": law.length,
            "unit": law.unit, "schedule": "akimat", "ours": law.ours, "conditional": law.conditional,
            "responsible_role": law.responsible, "started_at": local(started), "base_on": local(started).date(),
            "due_on": due_at.date(), "due_at": due_at, "ended_at": ended and local(ended), "outcome": outcome,
        }  # fmt: skip
        if more.get("breach_noted_at"):
            known["cause"] = Cause.UNEXPLAINED
        return Deadline.objects.create(case=case.case_ptr, **known | more)

    return _lay


@pytest.fixture
def scope(place):
    """The scope that an auditor's form gives at a moment."""

    def _scope(at="2026-04-10 10:00", by=None, **asked):
        with world.at(at):
            form = ScopeForm(asked, offices=offices_in_mandate(by or place.auditor))
            assert form.is_valid(), form.errors
            return form.scope()

    return _scope
