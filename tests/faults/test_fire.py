"""A worker killed between claim and effect loses nothing and doubles nothing; without the lease it would.

The short run, on the set-up of the suite; ``bin/test-faults`` makes the long ones (docs/faults.md).
"""

import os

import pytest
from django.conf import settings

from tests.faults.fire import burn, copied, prepare

CLOCKS, SEED = 30, 20260320


@pytest.fixture(scope="module")
def grounds(tmp_path_factory):
    """The product before the fire, twice: on SQLite and a folder, or on the suite's PostgreSQL and Redis."""
    folder, first, second = tmp_path_factory.mktemp("faults"), "", ""
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        server, name = os.environ["DATABASE_URL"].rpartition("/")[0], os.environ.get("KAZ_TEST_DATABASE", "kazservices")
        first, second = f"{server}/{name}_faults_1", f"{server}/{name}_faults_2"
    ground = prepare(folder / "product", first, settings.CELERY_BROKER_URL, clocks=CLOCKS)
    return ground, copied(ground, folder / "again", second)


def test_a_worker_killed_between_claim_and_effect_loses_nothing_and_doubles_nothing(grounds):
    result = burn(grounds[0], clocks=CLOCKS, seed=SEED, before=("copy",), after=("copy",))
    assert [death.claims > 0 for death in result.deaths] == [True, True]
    assert (result.noted, result.lost, result.doubled) == (CLOCKS, [], [])
    assert result.received == result.accepted == result.letters


def test_without_the_lease_letters_leave_twice(grounds):
    result = burn(grounds[1], clocks=CLOCKS, seed=SEED, before=(), after=(), lease=False)
    assert result.doubled
    assert result.received > result.letters
