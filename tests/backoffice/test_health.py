"""Four addresses for machines: does the process answer, may it be given work, how is all of it, the figures."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from kazservices import stuck
from kazservices.celery import app
from kazservices.deadlines.models import SweepRun
from kazservices.flow import readiness, sweeps
from kazservices.notices.models import Notice
from tests import world

Disk = namedtuple("Disk", "total used free")


def sweep_all():
    for name in sweeps.SWEEPS:
        sweeps.run(name)


def figures(client):
    said = client.get("/metrics")
    assert said["Content-Type"].startswith("text/plain")
    read = text_string_to_metric_families(said.content.decode())
    return {
        (sample.name, *sample.labels.values()): sample.value for family in read for sample in family.samples
    }  # fmt: skip


def ready(only=""):
    said = Client().get("/readyz", {"only": only})
    return said.status_code, said.json()["checks"]


def test_a_process_says_that_it_lives_without_asking_anything():
    said = Client().get("/healthz")  # this test may not touch the database
    assert (said.status_code, said.content) == (200, b"ok\n")


def test_no_work_is_given_before_the_sweeps_have_run(place):
    with world.at("2026-03-27 10:00"):
        before, told = ready()
        assert (before, told["sweeps"]["late"]) == (503, sorted(sweeps.SWEEPS))
        sweep_all()
        assert ready()[0] == 200
    with world.at("2026-03-27 10:04"):
        assert ready()[0] == 503


def test_one_late_sweep_among_all_is_named_with_its_age(place):
    with world.at("2026-03-27 10:00"):
        sweep_all()
        SweepRun.objects.filter(name="breaches").update(finished_at=readiness.clock.now() - timedelta(minutes=4))
        status, told = ready()
    assert (status, told["sweeps"]["late"], told["sweeps"]["age"]["breaches"]) == (503, ["breaches"], 240)


def test_a_letter_that_does_not_leave_is_seen(place, user):
    with world.at("2026-03-20 17:00"):
        world.apply(user, place.office)
    oldest = Notice.objects.unsent().earliest("owed_at").owed_at
    for later, state in ((0, "green"), (11, "amber"), (121, "red")):
        with readiness.clock.fixed_at(oldest + timedelta(minutes=later)):
            status, told = ready("letters")
        assert (told["letters"], status) == ({"state": state, "oldest": later * 60}, 503 if state == "red" else 200)


def test_a_balancer_asks_for_what_a_process_of_the_web_needs(place):
    with world.at("2026-03-27 10:00"):
        assert ready("database,disk,calendar")[0] == 200
        assert ready("sweeps")[0] == 503
        assert Client().get("/readyz?only=database,weather").status_code == 400


def test_a_full_disk_is_not_ready(db, monkeypatch):
    for free, state in ((3 * 1024**3, "green"), (1024**3, "amber"), (1024**2, "red")):
        monkeypatch.setattr(shutil, "disk_usage", lambda place, free=free: Disk(0, 0, free))
        assert ready("disk")[1]["disk"] == {"state": state, "free": free}


def test_a_queue_that_does_not_answer_is_told_and_its_address_is_not(db, monkeypatch):
    assert ready("broker") == (200, {"broker": {"state": "green"}})
    silent = app.connection_for_write(url="redis://:secret@127.0.0.1:9/0", transport="redis", connect_timeout=1)
    monkeypatch.setattr(app, "connection_for_write", lambda **how: silent)
    status, told = ready("broker")
    assert (status, told["broker"]["state"]) == (503, "red")
    assert "127.0.0.1" not in str(told)


def test_a_database_that_does_not_answer_is_told_by_every_check_that_asks_it(monkeypatch):
    def refuses(*words, **named):
        raise OperationalError("connection to 10.0.0.7 refused")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", refuses)
    status, told = ready()
    assert status == 503
    assert {name for name, one in told.items() if one.get("error") == "OperationalError"} >= {"database", "letters"}
    assert "10.0.0.7" not in str(told)


@pytest.mark.parametrize("address", ["/health/", "/metrics"])
@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "192.0.2.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"}, False),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer the-word"}, True),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer another"}, False),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Basic the-word"}, False),
    ],
)
def test_figures_are_for_this_machine_or_for_who_knows_the_word(db, settings, address, asked, allowed):
    settings.KAZ_METRICS_TOKEN = "the-word"
    assert (Client().get(address, **asked).status_code != 403) is allowed


def test_without_a_word_nobody_says_it(db, settings):
    settings.KAZ_METRICS_TOKEN = ""
    asked = {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "}
    assert Client().get("/metrics", **asked).status_code == 403


def test_the_figures_are_those_of_the_clocks(client, place, user):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        before = figures(client)
    with world.at("2026-04-03 10:00"):
        late = figures(client)
        sweep_all()
        after = figures(client)
    open_clocks = case.deadlines.running().ours().filter(conditional=False).count()
    assert before["kaz_clocks_open", "deferral"] == open_clocks > 0
    assert (before["kaz_clocks_due", "deferral"], late["kaz_clocks_due", "deferral"]) == (0, open_clocks)
    assert before["kaz_clocks_missed_total", "deferral"] == late["kaz_clocks_missed_total", "deferral"]
    noted = case.deadlines.breaches().count()
    assert after["kaz_clocks_missed_total", "deferral"] == noted > before["kaz_clocks_missed_total", "deferral"]
    assert after["kaz_clocks_open", "exemption"] == 0
    assert late["kaz_outbox_oldest_seconds",] > 6 * 24 * 3600
    assert after["kaz_sweep_age_seconds", "breaches"] == after["kaz_sweep_duration_seconds", "breaches"] == 0


def test_a_scrape_asks_the_database_as_often_for_many_cases_as_for_none(client, place, user):
    with world.at("2026-03-27 10:00"), CaptureQueriesContext(connection) as empty:
        client.get("/metrics")
    world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        sweep_all()
        with CaptureQueriesContext(connection) as full:
            client.get("/metrics")
    assert len(full) == len(empty) <= 4 + len(sweeps.SWEEPS) + len(stuck.kinds())


def test_neither_address_names_a_person(place, user):
    case = world.to_members(user, place)
    with world.at("2026-04-03 10:00"):
        sweep_all()
        for address in ("/readyz", "/health/", "/metrics"):
            said = Client().get(address).content.decode()
            assert not any(word in said for word in (user.iin, "Сәбитов", case.number, user.phone))
