"""Two hands on one blank, two countersignatures of one register: one wins, the other is told."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kazservices.flow.door import advance
from schools.duplicates import exchange
from schools.duplicates.models import Blank, DuplicateApplication
from schools.duplicates.states import State
from tests import world
from tests.conftest import on

from . import counter
from .test_exchange import accepted_by, sent

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def at_once(*deeds):
    """Each deed in a thread of its own, begun together: the errors they ended with."""
    gate, errors = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            with on("2026-03-16 10:00"):
                gate.wait()
                deed()
        except ValidationError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.norm("DUP-10", "DUP-12")
def test_one_blank_goes_to_one_of_two_and_numbers_are_not_given_twice(user, school, blanks):
    with on("2026-03-16 10:00"):
        cases = [
            counter.apply(person, school.office)
            for person in (user, world.build_recipient("000101100024"), world.build_recipient("000101100032"))
        ]
    deeds = [lambda case=case: advance(case, "write_out", by=school.clerk, blank=blanks[0].pk) for case in cases]
    assert len(at_once(*deeds)) == 2
    assert Blank.objects.filter(state="assigned").count() == 1
    assert DuplicateApplication.objects.filter(status=State.WRITTEN_OUT).count() == 1
    waiting = [case for case in cases if not case.blanks.exists()]
    free = [blank.pk for blank in blanks[1:3]]
    deeds = [
        lambda case=case, blank=blank: advance(case, "write_out", by=school.clerk, blank=blank)
        for case, blank in zip(waiting, free, strict=True)
    ]
    assert at_once(*deeds) == []
    numbers = DuplicateApplication.objects.values_list("register_number", flat=True)
    assert sorted(numbers) == ["1/2026", "2/2026", "3/2026"]


@pytest.mark.norm("DUP-22")
def test_a_register_is_countersigned_once(school, corporation):
    with on("2026-03-16 10:00"):
        case = accepted_by(corporation, school)
        register = sent("applications", school, corporation, [case], corporation.clerk)
    deed = lambda: exchange.countersign(register, arrived=[1], by=school.clerk)  # noqa: E731
    assert len(at_once(deed, deed)) == 1
    case.refresh_from_db()
    assert case.state == State.REGISTERED
