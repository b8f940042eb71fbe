"""Two operators at once, on real connections: exactly one publishes, the other is told why not."""

from datetime import date
from threading import Event, get_ident

import pytest
from django.core.exceptions import ValidationError
from kombu.exceptions import OperationalError

from calendars.models import Revision
from kazservices.deadlines import recount
from kazservices.deadlines.models import Recount
from kazservices.flow import recounts, revisions, tasks
from kazservices.notices import outbox
from kazservices.notices.models import Notice
from kazservices.offices.roles import Role
from tests import world
from tests.flow.test_concurrency import at_once
from tests.flow.test_revisions import day_off, proposed

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT = "2026-03-26 15:00"


@pytest.fixture
def second(place):
    return world.build_staff(place.office, "operator2", Role.OPERATOR)


@pytest.fixture
def third(place):
    return world.build_staff(place.office, "operator3", Role.OPERATOR)


def test_of_two_proposals_published_at_once_one_wins(place, second, third):
    with world.at(AT):
        first, other = proposed(place, day_off()), proposed(place, day_off(date(2026, 3, 31)))
        seen = {proposal.pk: revisions.preview(proposal).digest for proposal in (first, other)}
    before = Revision.objects.count()
    results = at_once(AT, [
        lambda p=p, by=by: revisions.publish(p, by, digest=seen[p.pk], hearings={})
        for p, by in ((first, second), (other, third))
    ])  # fmt: skip
    assert sorted(isinstance(result, ValidationError) for result in results) == [False, True]
    assert next(result.code for result in results if isinstance(result, ValidationError)) == "calendar_changed"
    assert Revision.objects.count() == before + 1


def test_one_proposal_published_twice_at_once_is_one_revision(place, second, third):
    with world.at(AT):
        proposal = proposed(place, day_off())
        digest = revisions.preview(proposal).digest
    before = Revision.objects.count()
    results = at_once(
        AT, [lambda by=by: revisions.publish(proposal, by, digest=digest, hearings={}) for by in (second, third)]
    )
    assert sorted(isinstance(result, ValidationError) for result in results) == [False, True]
    assert Revision.objects.count() == before + 1
    assert Recount.objects.count() == 1


def test_many_workers_and_a_move_recount_a_case_once(place, user, second):
    case = world.to_members(user, place)
    with world.at(AT):
        proposal = proposed(place, day_off())
        revisions.publish(proposal, second, digest=revisions.preview(proposal).digest, hearings={})
    work = Recount.objects.get()
    vote = {"decision": "approve"}
    jobs = [lambda: recounts.run(work.pk)] * 4
    jobs.append(lambda: world.make(case, "give_opinion", place.member1, **vote))
    at_once(AT, jobs)
    with world.at("2026-03-26 15:05"):
        recounts.run_waiting()
    assert case.journal.filter(move="recount").count() == 2
    assert Notice.objects.filter(case=case, letter="due_moved", channel="cabinet").count() == 1


def test_a_worker_that_outlives_its_lease_gives_way_to_the_next(place, user, second, monkeypatch):
    case = world.to_members(user, place)
    with world.at(AT):
        proposal = proposed(place, day_off())
        revisions.publish(proposal, second, digest=revisions.preview(proposal).digest, hearings={})
    work = Recount.objects.get()
    in_hand, taken, hands = Event(), Event(), []
    write, claim = recount._write, recount.claim

    def writes(*batch):
        hands.append(get_ident())
        if len(hands) == 1:
            in_hand.set()
            assert taken.wait(20)
        write(*batch)

    def claims(*how, **lease):
        won = claim(*how, **lease)
        if in_hand.is_set():
            taken.set()
        return won

    def next_worker():
        assert in_hand.wait(20)
        with world.at("2026-03-26 15:03"):
            return recounts.run(work.pk)

    monkeypatch.setattr(recount, "_write", writes)
    monkeypatch.setattr(recount, "claim", claims)
    assert at_once(AT, [lambda: recounts.run(work.pk), next_worker]) == [False, True]
    assert len(set(hands)) == 2
    assert case.journal.filter(move="recount").count() == 2
    assert Notice.objects.filter(case=case, letter="due_moved", channel="cabinet").count() == 1
    work.refresh_from_db()
    assert (work.state, work.done, work.moved) == ("done", 3, 2)


def test_a_silent_broker_keeps_no_recount_waiting(place, second, monkeypatch):
    """The bells of a batch ring after its commit: what fails there must not look like a batch that failed."""
    for n in range(3):
        world.to_members(world.build_recipient(f"0001011{n:05d}"), place)
    tried = []

    def silent(key):
        tried.append(key)
        raise OperationalError

    with world.at(AT):
        proposal = proposed(place, day_off())
        monkeypatch.setattr(tasks.recount, "delay", silent)
        revisions.publish(proposal, second, digest=revisions.preview(proposal).digest, hearings={})
        monkeypatch.setattr(outbox.deliver, "delay", silent)
        assert recount.run(Recount.objects.get().pk, around=recounts.AROUND, batch=1)
    assert len(tried) == 1 + 3  # the bell of the publication, and one a batch
