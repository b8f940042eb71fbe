"""The benches that fill a database fill their own, and no other."""

import json
from contextlib import ExitStack

import pytest
from django.core.management import CommandError, call_command

from conscription.models import DeferralApplication
from kazservices.benches import place as benches
from kazservices.benches.crowd import multiply, of_cases
from kazservices.benches.seed import one_case
from kazservices.cases.models import Case
from kazservices.deadlines.models import Deadline
from tests import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["sweep", "queue", "recount"])
def test_a_bench_refuses_every_database_but_its_own(name):
    with pytest.raises(CommandError, match="of its own"):
        call_command("bench", name, "--inside")


def test_a_size_that_nobody_has_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("bench", "sweep", "--size", "world")


def test_the_bench_of_terms_needs_no_database(capsys):
    call_command("bench", "deadline", "--json")
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"ratio_workalendar", "ratio_holidays", "ratio_numpy", "engine", "rows", "cores", "seconds"}


@pytest.mark.services
def test_a_copied_case_has_clocks_of_its_own():
    with world.at("2026-03-20 17:00"):
        case = one_case(ended_clocks=1)
    multiply([case.pk], 3, beside=of_cases())
    multiply([case.pk], 2, beside=of_cases(), first=4)
    assert Case.objects.count() == Case.objects.values("ref").distinct().count() == 6
    assert {copy.deadlines.running().count() for copy in Case.objects.all()} == {3}
    assert Deadline.objects.count() == 6 * 4


@pytest.mark.services
def test_a_copied_application_is_one_of_its_service(user, place):
    case = world.to_members(user, place)
    multiply([case.pk], 2, beside=of_cases())
    copies = DeferralApplication.objects.exclude(pk=case.pk)
    assert [copy.state for copy in copies] == [case.state] * 2
    assert {copy.journal.count() for copy in copies} == {case.journal.count()}


@pytest.mark.services
def test_a_bench_rings_no_bell_at_the_broker_of_the_product(monkeypatch):
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:9/0")
    with ExitStack() as stack:
        told = stack.enter_context(benches._environment(stack))
    assert told["CELERY_BROKER_URL"] == "filesystem://"
