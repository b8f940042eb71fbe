"""Two clerks at one counter: no number twice, no person called by both."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kazservices.counter import service as counter
from kazservices.counter.models import Ticket
from tests import world


@pytest.fixture
def db(transactional_db):
    """Real transactions, seen by other threads."""


def at_once(jobs, moment="2026-04-15 09:00"):
    def run(job):
        try:
            with world.at(moment):
                return job()
        except ValidationError as told:
            return told.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.services
def test_twelve_tickets_at_once_have_twelve_numbers(school):
    made = at_once([lambda: counter.issue(school.office, "transfer", by=school.clerk).number] * 12)
    assert sorted(made) == list(range(1, 13))


@pytest.mark.services
def test_of_two_who_call_the_same_ticket_one_is_told(school):
    with world.at("2026-04-15 09:00"):
        ticket = counter.issue(school.office, "transfer", by=school.clerk)
    told = at_once([lambda by=by: counter.call(ticket, by=by).number for by in (school.clerk, school.head)])
    assert sorted(map(str, told)) == ["1", "called"]
    assert Ticket.objects.get().called_by in (school.clerk, school.head)
