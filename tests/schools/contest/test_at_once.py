"""Many hands at one contest, on real connections: one wins, the others are told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kazservices.documents import papers
from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import take
from schools.contest.models import ContestApplication
from schools.contest.states import CampaignState, State
from tests import world as common
from tests.schools.contest import world

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def at_once(moment, jobs):
    """Run the jobs in threads of their own, each with its own connection; what they are told is a result."""

    def run(job):
        try:
            with common.at(moment):
                return job()
        except (ValidationError, MoveNotAllowed) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_parents_apply_for_one_child_at_once(school):
    world.to_intake(school)
    parents = [world.build_parent(), world.build_parent("860101300025")]
    with common.at("2026-03-16 10:00"):
        filings = [world.filing(parent, school.office, child_iin="140501500018") for parent in parents]
    told = at_once("2026-03-16 10:01", [lambda f=f: take(f) for f in filings])
    assert sorted(isinstance(one, ValidationError) for one in told) == [False, True]
    assert ContestApplication.objects.count() == 1


def test_a_free_place_is_given_once_however_many_sign_at_once(school):
    case = world.to_ordered(school, [{}, {}, {}], [(9, 0), (8, 0), (7, 0)], places={"7": 1})
    with common.at("2026-10-05 10:00"):
        case = common.make(case, "free_place", school.clerk, grade=7, reason="Көшіп кетті.")
        paper = prepare(case, "promote", by=school.head, grade=7)
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=school.head, sha256=paper.sha256)
    at_once("2026-10-05 10:01", [lambda: advance(case, "promote", by=school.head, document=paper)] * 4)
    with common.at("2026-10-05 10:02"):
        sweeps.run("moves")
    assert case.freed.filter(taken_by__isnull=False).count() == 1
    assert case.applications.filter(state=State.ENROLLED).count() == 2


def test_nobody_slips_into_a_register_that_goes_out_at_that_moment(school):
    case = world.to_intake(school)
    parent = world.build_parent()
    with common.at("2026-03-16 10:00"):
        refused = world.apply(parent, school.office, papers_of=["photos"])
    jobs = [
        lambda: advance(case, "send_register", by=school.clerk),
        lambda: advance(refused, "take_all_the_same", by=school.head, motive="Анықтама кейін әкелінеді."),
    ]
    at_once("2026-04-02 10:00", jobs)
    case.refresh_from_db()
    refused.refresh_from_db()
    assert not (case.state == CampaignState.REGISTER_SENT and refused.state == State.SUBMITTED)
