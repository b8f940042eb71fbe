"""Who works at what, and how long: each queue has a worker, each kind of work a limit below its lease."""

import pytest
from celery import current_app
from django.conf import settings

from kazservices.cases.roots import copies
from kazservices.deadlines import recount
from kazservices.documents import rendering
from kazservices.flow.sweeps import SWEEPS
from kazservices.gateways import asking
from kazservices.leases import ONE_RUN, in_time
from kazservices.notices import delivery
from kazservices.supervisor.place import QUEUES, Place, commands
from tests.ground.sources import ROOT

OF_ROWS = {
    "kazservices.notices.tasks.deliver": delivery.LEASE,
    "kazservices.gateways.tasks.fetch_answer": asking.LEASE,
    "kazservices.documents.tasks.render_paper": rendering.LEASE,
}
OUR_TASKS = sorted(name for name in current_app.tasks if name.startswith("kazservices."))
VISIBLE = 120  # seconds: settings.CELERY_BROKER_TRANSPORT_OPTIONS of Redis


def test_every_queue_has_a_worker_here_and_in_the_composition():
    queues = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    started = commands(Place("127.0.0.1", 8000, 8099, ROOT))
    assert queues == set(QUEUES) == {name.removeprefix("worker-") for name in started if name.startswith("worker-")}
    composed = (ROOT / "docker-compose.yml").read_text()
    assert all(f'"--queues", "{queue}"' in composed for queue in queues)


def test_every_sweep_has_its_turn_in_one_of_the_queues():
    beaten = settings.CELERY_BEAT_SCHEDULE
    assert set(beaten) == set(SWEEPS)
    assert {entry["options"]["queue"] for entry in beaten.values()} == set(QUEUES)
    assert all(entry["task"] in current_app.tasks for entry in beaten.values())


def test_no_clock_waits_behind_a_paper_or_a_gateway():
    queue_of = {name: entry["options"]["queue"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}
    of_clocks = {name for name, queue in queue_of.items() if queue == "clocks"}
    assert {"moves", "breaches", "warnings", "recounts"} <= of_clocks
    assert not {"papers", "delivery", "registers", "errands", "roots"} & of_clocks
    assert {settings.CELERY_TASK_ROUTES[task]["queue"] for task in OF_ROWS} == {"outside", "heavy"}


@pytest.mark.parametrize("name", OUR_TASKS)
def test_every_task_has_an_end_softly_then_hard(name):
    task = current_app.tasks[name]
    assert 0 < task.soft_time_limit < task.time_limit
    assert task.acks_late


@pytest.mark.parametrize(("name", "lease"), OF_ROWS.items())
def test_who_works_at_a_row_is_cut_off_before_another_may_take_it(name, lease):
    assert current_app.tasks[name].time_limit < lease.total_seconds()


def test_a_sweep_ends_by_itself_before_it_is_cut_off_and_before_the_broker_gives_it_to_another():
    sweep = current_app.tasks["kazservices.flow.tasks.sweep"]
    assert sweep.soft_time_limit - ONE_RUN >= settings.EMAIL_TIMEOUT  # the row under way may still be slow
    assert sweep.time_limit < VISIBLE <= min(one.LEASE for one in (delivery, rendering, recount)).total_seconds()
    assert current_app.tasks["kazservices.flow.tasks.seal"].time_limit > copies.LEASE.total_seconds()


def test_a_run_whose_time_is_over_leaves_the_rest_to_the_next():
    assert list(in_time([1, 2, 3], seconds=-1)) == []
    assert list(in_time([1, 2, 3])) == [1, 2, 3]
