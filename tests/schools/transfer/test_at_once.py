"""Many hands at the last seat: one child gets it, however the requests interleave."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from schools.transfer.models import SchoolClass, TransferApplication
from tests import world

from . import scene


@pytest.fixture
def db(transactional_db):
    """Real transactions, seen by other threads."""


def signed(case, school, by):
    paper = prepare(case, "admit", by=by, school_class=scene.free_class(school).pk, signed_by=by.pk)
    world.papers.render(paper.pk)
    paper.refresh_from_db()
    return world.papers.sign(paper, by=by, sha256=paper.sha256)


def at_once(jobs, moment):
    def run(job):
        try:
            with world.at(moment):
                return job()
        except ValidationError as told:
            return next(iter(told.error_dict.values()))[0].code if hasattr(told, "error_dict") else told.code
        except MoveNotAllowed:
            return "elsewhere"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.services
@pytest.mark.norm("TRN-S9-3")
def test_the_last_seat_is_given_once(school, leaving):
    cases = []
    for n in range(6):
        person = world.build_recipient(f"00010112{n:04}")
        child = {"child_iin": None, "coupon_iin": None, "child_name": f"Бала {n}", "coupon_number": f"Т-{n}"}
        cases.append(scene.filed(person, school, **child))
    with world.at("2026-04-15 10:05"):
        ready = [(case, signed(case, school, school.head)) for case in cases]
    jobs = [lambda case=case, paper=paper: advance(case, "admit", by=school.head, document=paper).state
            for case, paper in ready]  # fmt: skip
    told = at_once(jobs, "2026-04-15 10:06")
    assert sorted(told) == ["admitted"] + ["full"] * 5
    seat = SchoolClass.objects.get(office=school.office, letter="А")
    assert (seat.enrolled, seat.capacity) == (25, 25)
    assert TransferApplication.objects.filter(state="admitted").count() == 1


@pytest.mark.services
def test_two_officials_at_one_case_decide_it_once(school, leaving, parent):
    case = scene.filed(parent, school)
    SchoolClass.objects.filter(office=school.office, letter="А").update(capacity=30)
    with world.at("2026-04-15 10:05"):
        first = signed(case, school, school.head)
    jobs = [lambda: advance(case, "admit", by=school.head, document=first).state] * 2
    told = at_once(jobs, "2026-04-15 10:06")
    assert sorted(told) == ["admitted", "elsewhere"]
    assert scene.free_class(school).enrolled == 25
