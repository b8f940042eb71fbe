"""A root is of one instant, however the cases move while it is made; of two makers one makes it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kazservices.cases.models import Case
from kazservices.cases.roots import check, copies, keys, sealing
from kazservices.cases.roots.models import JournalRoot
from kazservices.flow.door import record
from kazservices.offices.actors import SYSTEM
from tests import world

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.KAZ_ROOTS_KEY, settings.KAZ_ROOTS_DIR = tmp_path / "key.pem", tmp_path / "elsewhere"


@pytest.fixture
def cases(place):
    with world.at("2026-03-20 10:00"):
        return [world.apply(world.build_recipient(f"0001011{n:05d}"), place.office) for n in range(3)]


def elsewhere_run(job):
    """In a thread of its own, on a connection of its own, to its end."""

    def run():
        try:
            with world.at("2026-03-21 00:02"):
                return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_a_case_that_moves_while_the_root_is_made_is_sealed_as_it_stood(cases, monkeypatch):
    before = dict(Case.objects.values_list("pk", "journal_head"))
    whole = sealing._changed_heads

    def with_a_move_in_between(root):
        for n, line in enumerate(whole(root)):
            if n == 0:
                elsewhere_run(lambda: record(cases[-1], "looked_into", by=SYSTEM))
            yield line

    monkeypatch.setattr(sealing, "A_BATCH", 1)  # the last case is read after it has moved
    monkeypatch.setattr(sealing, "_changed_heads", with_a_move_in_between)
    with world.at("2026-03-21 00:01"):
        root = sealing.seal_night()
    moved = Case.objects.get(pk=cases[-1].pk)
    assert moved.journal_head != before[moved.pk]
    assert dict(root.heads.values_list("case_pk", "head")) == before
    assert root.entries == sum(case.journal_count for case in Case.objects.all()) - 1
    with world.at("2026-03-21 00:10"):
        copies.copy_waiting()
        assert list(check.all_faults(keys.trusted())) == []


def test_of_two_workers_one_makes_the_root(cases):
    def make():
        try:
            with world.at("2026-03-21 00:01"):
                return sealing.seal_night()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = [future.result() for future in [pool.submit(make) for _ in range(4)]]
    assert sum(root is not None for root in made) == 1
    assert JournalRoot.objects.count() == 1
