import pytest
from django.conf import settings
from django.db import connection

from kazservices.celery import app


@pytest.mark.services
@pytest.mark.django_db
def test_the_suite_runs_on_postgresql_in_a_database_of_its_own():
    assert connection.vendor == "postgresql"
    assert connection.settings_dict["NAME"].startswith("test_kazservices_")


@pytest.mark.services
def test_the_queue_is_redis_in_a_corner_of_its_own():
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1)
        assert broker.transport.driver_type == "redis"
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
