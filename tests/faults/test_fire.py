"""The short run under fire, on the set-up of the suite; ``bin/test-faults`` makes the long ones (docs/faults.md)."""

import os

import pytest
from django.conf import settings

from tests.faults.fire import burn
from tests.faults.ground import copied, prepare

CLOCKS, FILED, SEED = 16, 2, 20260320  # few papers and questions: what is struck here are copies of letters


def databases() -> tuple[str, str]:
    """Two of our own beside the suite's on its PostgreSQL; on SQLite each run has its file."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return "", ""
    server, name = os.environ["DATABASE_URL"].rpartition("/")[0], settings.DATABASES["default"]["TEST"]["NAME"]
    return f"{server}/{name}_faults_1", f"{server}/{name}_faults_2"


@pytest.mark.set_ups
@pytest.mark.skipif(
    bool(os.environ.get("CI")) and not os.environ.get("DATABASE_URL"), reason="burns on services, and in bin/test"
)
def test_a_worker_killed_between_claim_and_effect_loses_and_doubles_nothing_and_without_the_lease_it_would(tmp_path):
    first, second = databases()
    ground = prepare(tmp_path / "product", first, settings.CELERY_BROKER_URL, clocks=CLOCKS, filed=FILED)
    again = copied(ground, tmp_path / "again", second)

    result = burn(ground, clocks=CLOCKS, seed=SEED, before=("copy",), under=(), after=("copy",))
    assert [death.claims > 0 for death in result.deaths] == [True, True]
    assert (result.noted, result.lost, result.doubled) == (CLOCKS, [], [])
    assert result.received == result.letters + result.repeated

    without = burn(again, clocks=CLOCKS, seed=SEED, before=(), under=(), after=(), off=("lease",))
    assert without.doubled
    assert without.received > without.letters
