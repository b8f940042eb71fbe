"""A worker dies in the middle of a recount: whoever comes after it ends the work, and nothing is done twice.

Mon 30 March 2026 is published as a day off on Thu 26, 15:00: of each case's three clocks two move, and two people are
told of it. Five cases in batches of two; the worker dies in the first batch, in the second, or after the last.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case
from kazservices.deadlines import recount
from kazservices.deadlines.history import history
from kazservices.deadlines.models import Deadline, Recount
from kazservices.flow import recounts, revisions
from kazservices.notices.models import Notice
from kazservices.offices.roles import Role
from tests import world
from tests.flow.test_revisions import day_off, dues, proposed, publish

pytestmark = pytest.mark.django_db
AT, LATER = "2026-03-26 15:00", "2026-03-26 15:03"  # beyond the lease of two minutes
CASES, BATCH = 5, 2
MOVED = {"decide": "Fri 03 Apr 18:30", "members": "Fri 27 Mar 18:30", "hearing_notice": "Tue 31 Mar 18:30"}


@pytest.fixture
def second(place):
    return world.build_staff(place.office, "operator2", Role.OPERATOR)


def published_over(place, second, cases):
    """So many cases with the members, and under them a revision that no worker has looked at."""
    users = [world.build_recipient(f"0001011{n:05d}", phone=f"+7701000{n:04d}") for n in range(cases)]
    found = [world.to_members(user, place) for user in users]
    with world.at(AT):
        publish(proposed(place, day_off()), second)
    return found


def dying(job, *, call, after=False):
    """The job of a worker that dies with its n-th call: before anything of it is done, or when all of it is."""
    calls = count(1)

    def does(*how, **more):
        last = next(calls) == call
        if last and not after:
            raise SystemExit
        done = job(*how, **more)
        if last:
            raise SystemExit
        return done

    return does


#: Where it dies: the function, its call, before or after it, and how many cases are recounted for good by then.
PLACES = {
    "claimed, and nothing done": ("_next_cases", 1, False, 0),
    "the first batch in hand": ("_recount_cases", 1, False, 0),
    "before the clocks of the second batch": ("_write", 2, False, 2),
    "with clocks and lines of the second batch written": ("_write", 2, True, 2),
    "with the second batch marked, and nobody told": ("_mark", 2, True, 2),
    "with the letters of the second batch owed": ("tell", 2, True, 2),
    "with all of the second batch done but the lease": ("_recount_cases", 2, True, 2),
    "between two batches": ("_one_batch", 2, True, 4),
    "with every batch done, and no end written": ("_one_batch", 3, True, 5),
}


def die_at(monkeypatch, work, name, call, after):
    around = recounts.AROUND
    if name == "tell":
        around = replace(around, tell=dying(around.tell, call=call, after=after))
    else:
        monkeypatch.setattr(recount, name, dying(getattr(recount, name), call=call, after=after))
    with world.at(AT), pytest.raises(SystemExit):
        recount.run(work.pk, around=around, batch=BATCH)
    monkeypatch.undo()


def kept(work):
    """All that a recount writes."""
    work.refresh_from_db()
    return (
        (work.state, work.done, work.moved, work.lease_until),
        sorted(Deadline.objects.values_list("pk", "due_at", "calendar_revision")),
        Case.objects.filter(journal__move="recount").count(),
        Notice.objects.filter(letter__endswith="due_moved").count(),
    )


@pytest.mark.parametrize("where", PLACES)
def test_each_clock_is_moved_once_and_each_person_told_once(place, second, monkeypatch, where):
    cases, (name, call, after, done) = published_over(place, second, CASES), PLACES[where]
    work = Recount.objects.get()
    die_at(monkeypatch, work, name, call, after)

    left = Deadline.objects.left_to(work)
    assert left.count() == 3 * (CASES - done)
    assert not Deadline.objects.judged().filter(pk__in=left.values("pk")).exists()
    by_then = kept(work)
    assert by_then[0][:3] == ("running", 3 * done, 2 * done)
    assert by_then[2:] == (2 * done, 6 * done // 2)  # lines; in the cabinets of two people, and an SMS to one of them
    with world.at(AT):
        assert recounts.run_waiting() == (1, 0)  # in the hands of the dead until the lease ends
    assert kept(work) == by_then

    with world.at(LATER):
        assert recounts.run_waiting() == (1, 1)
        assert recounts.run_waiting() == (0, 0)
    work.refresh_from_db()
    assert (work.state, work.done, work.moved, work.total) == ("done", 3 * CASES, 2 * CASES, 3 * CASES)
    for case in cases:
        assert dues(case) == MOVED
        told_of = {clock.rule: len(history(clock)) for clock in case.deadlines.running()}
        assert told_of == {"deferral.decide": 1, "deferral.hearing_notice": 1, "deferral.members": 0}
        letters = Notice.objects.filter(case=case, letter__endswith="due_moved")
        assert Counter(letters.values_list("letter", "recipient", "channel")) == {
            ("due_moved", case.applicant.user_id, "cabinet"): 1,
            ("due_moved", case.applicant.user_id, "sms"): 1,
            ("staff_due_moved", place.chair.pk, "cabinet"): 1,
        }
        assert first_fault(Case.objects.get(pk=case.pk)) == ""


def test_a_worker_that_has_lost_its_lease_leaves_its_batch_undone(place, second, monkeypatch):
    published_over(place, second, CASES)
    work = Recount.objects.get()
    tell = recounts.AROUND.tell

    def robbed(*moved):
        tell(*moved)
        Recount.objects.update(lease_until=world.local(LATER))  # as the claim of another does

    before = kept(work)[1:]
    with world.at(AT):
        assert not recount.run(work.pk, around=replace(recounts.AROUND, tell=robbed), batch=BATCH)
    assert kept(work)[1:] == before


def test_a_batch_of_many_cases_asks_no_more_than_one_of_few(place, second):
    published_over(place, second, 9)
    work, asked = Recount.objects.get(), []
    for batch, done in ((1, False), (2, False), (6, True)):  # the first learns the new calendar
        with world.at(AT), CaptureQueriesContext(connection) as queries:
            assert recount.run(work.pk, around=recounts.AROUND, batch=batch, limit=1) is done
        asked.append(len(queries))
    assert asked[2] == asked[1]


def test_a_preview_of_many_hearings_asks_no_more_than_one_of_few(place):
    asked = []
    for hearings in (1, 4):
        users = [world.build_recipient(f"000101{hearings}{n:05d}") for n in range(hearings)]
        for user in users:
            world.to_hearing(user, place)  # to be heard on Wed 1 April
        with world.at("2026-03-30 15:00"):
            proposal = proposed(place, day_off(date(2026, 3, 31)))  # the day before: none is displaced
            with CaptureQueriesContext(connection) as queries:
                assert not revisions.preview(proposal).hearings
        asked.append(len(queries))
    assert asked[1] <= asked[0]
