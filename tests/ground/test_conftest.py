from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from kazservices.clock import now
from kazservices.passports.models import Edition


def test_the_clock_stands_where_a_test_puts_it(on):
    with on("2026-03-31 09:00"):
        assert now() == datetime(2026, 3, 31, 4, tzinfo=UTC)  # Tue; Almaty is five hours ahead


@pytest.mark.django_db
def test_the_passports_are_loaded():
    assert Edition.objects.exists()


@pytest.mark.parametrize("turn", ["first", "again"])
@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_leaves_the_seeds_and_the_guards(turn):
    assert Edition.objects.exists()
    assert _guards() == _guards_of_the_migrations()


def _guards() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        return cursor.fetchone()[0]


_seen: list[int] = []


def _guards_of_the_migrations() -> int:
    """As many as there were when the first of these tests began."""
    if not _seen:
        _seen.append(_guards())
    return _seen[0]


def test_the_tests_keep_their_data_to_themselves(settings):
    assert str(settings.DATA_DIR).startswith(("/tmp/", "/var/tmp/")) or "kazservices-test-" in str(settings.DATA_DIR)
    assert apps.ready
