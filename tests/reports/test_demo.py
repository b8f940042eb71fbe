"""The demo: told once, through the door, with something to see for everybody on every day."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from conscription.demo.campaigns import campaigns, seasons
from conscription.demo.offices import SERVICES, build_offices
from conscription.states import State
from kazservices.cases import journal
from kazservices.cases.models import Case
from kazservices.deadlines.models import Deadline
from kazservices.flow.demo import PASSWORD
from kazservices.flow.demo.people import known_people
from kazservices.offices.models import Office, Staff, User
from kazservices.offices.roles import Role
from tests import world
from tests.reports.conftest import local

SUNDAY = "2026-11-22 10:00"


def demo(at, *words):
    said = StringIO()
    with world.at(at):
        call_command("demo", *words, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def quick_papers(monkeypatch):
    """The papers' own tests draw them; here only their bytes are wanted."""
    monkeypatch.setattr("kazservices.documents.rendering.draw", lambda paper: b"%PDF-1.7 " + paper.number.encode())


@pytest.mark.django_db
def test_a_demo_of_the_last_weeks_has_every_state_and_harms_nothing_when_repeated():
    said = demo(SUNDAY, "--short", "--logins")
    cases = Case.objects.filter(service__in=SERVICES)
    assert set(cases.values_list("status", flat=True)) == set(State.values)
    assert not [fault for case in cases if (fault := journal.first_fault(case))]
    assert set(Staff.objects.values_list("role", flat=True)) >= set(Role.values) - {Role.ACADEMIC_DEPUTY}
    assert Office.objects.filter(hours__service="deferral").count() == 2
    assert PASSWORD in said
    assert "chair-03" in said
    assert User.objects.get(username="chair-03").check_password(PASSWORD)
    assert Deadline.objects.breaches().exists()
    assert all(case.registered_at <= local(SUNDAY) for case in cases)
    number = Case.objects.count()
    assert "already there" in demo(SUNDAY, "--short")
    assert Case.objects.count() == number


@pytest.mark.django_db
@pytest.mark.parametrize("at", ["2026-03-02 09:10", "2026-03-20 09:00", "2026-07-15 12:00", "2027-01-04 10:00"])
def test_no_story_is_told_of_days_to_come_or_outside_a_window(at):
    with world.at(at):
        places = build_offices()
        tellings = campaigns(places, known_people(), local(at))
    assert len(tellings) > 20
    for told in tellings:
        assert told.filed_at() <= local(at)
        assert any(season.holds(told.day) for season in seasons(date.fromisoformat(at[:10])))


@pytest.mark.django_db
def test_production_has_no_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Office.objects.exists()
