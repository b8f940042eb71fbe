"""The short run under fire, on the set-up of the suite; ``bin/test-faults`` makes the long ones (docs/faults.md)."""

import os

import pytest
from django.conf import settings

from tests.faults.fire import shows_a_double
from tests.faults.ground import copied, prepare
from tests.faults.perils import ALL_AT_ONCE
from tests.faults.suffer import suffer

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
def test_two_of_each_killed_without_their_messages_at_a_gateway_that_hears_twice_lose_and_double_nothing(tmp_path):
    """A worker dies between claim and effect; without the lease the same product shows a double."""
    first, second = databases()
    ground = prepare(tmp_path / "product", first, settings.CELERY_BROKER_URL, clocks=CLOCKS, filed=FILED)
    again = copied(ground, tmp_path / "again", second)

    result = suffer(ground, ALL_AT_ONCE, clocks=CLOCKS, seed=SEED)
    assert result.times == 1, "the point was reached"
    assert (result.noted, result.lost, result.doubled, result.broken) == (CLOCKS, [], [], [])
    assert result.received > result.accepted == result.letters

    assert shows_a_double(again, off=("lease",))
