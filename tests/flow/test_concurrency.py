"""Many hands at once, on real connections: one wins, the others are told, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from conscription.states import State
from kazservices.cases.journal import first_fault
from kazservices.cases.models import Case
from kazservices.deadlines import service as deadlines
from kazservices.deadlines.models import Deadline
from kazservices.documents import papers
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import take as file_application
from kazservices.notices import delivery
from kazservices.notices.models import Notice
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role
from tests import world

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def at_once(moment, jobs):
    """Run the jobs in threads of their own, each with its own connection; errors are results."""

    def run(job):
        try:
            with world.at(moment):
                return job()
        except (ValidationError, MoveNotAllowed) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_registration_numbers_have_neither_gap_nor_double(place):
    users = [world.build_recipient(f"0001011{n:05d}") for n in range(12)]
    with world.at("2026-03-20 10:00"):
        filings = [world.filing(user, place.office) for user in users]
    at_once("2026-03-20 10:01", [lambda f=f: file_application(f) for f in filings])
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"КҚ-03-2026-{n:06d}" for n in range(1, 13)]
    assert all(first_fault(case) == "" for case in Case.objects.all())


def test_a_double_click_files_one_case(place, user):
    with world.at("2026-03-20 10:00"):
        filing = world.filing(user, place.office)
    filed = at_once("2026-03-20 10:01", [lambda: file_application(filing)] * 6)
    assert len({case.pk for case in filed}) == 1
    assert Case.objects.count() == 1


def test_one_of_two_chairs_wins(place, user):
    case = world.to_opinions(user, place, votes=("approve",) * 3)
    second = world.build_staff(place.office, "chair2", Role.CHAIR, place.chair.posts.get().commission)
    assert Staff.objects.filter(office=place.office, role=Role.CHAIR).count() == 2
    signed = []
    with world.at("2026-03-30 12:00"):
        for chair in (place.chair, second):
            paper = prepare(case, "grant", by=chair, motive="")
            papers.render(paper.pk)
            paper.refresh_from_db()
            if paper.state == "prepared":
                papers.sign(paper, by=chair, sha256=paper.sha256)
            signed.append((chair, paper))
    jobs = [lambda c=c, p=p: advance(case, "grant", by=c, document=p) for c, p in signed]
    results = at_once("2026-03-30 12:00", jobs)
    assert sum(getattr(result, "state", "") == State.GRANTED for result in results) == 1
    assert case.journal.filter(move="grant").count() == 1


def test_two_last_opinions_at_once_close_the_round_once(place, user):
    case = world.to_members(user, place)
    vote = {"decision": "approve"}
    at_once("2026-03-27 10:00", [lambda m=m: advance(case, "give_opinion", by=m, **vote) for m in place.members])
    case.refresh_from_db()
    assert case.state == State.OPINIONS_IN
    assert case.journal.filter(move="close_opinions").count() == 1
    assert first_fault(case) == ""


def test_a_breach_is_noted_by_exactly_one_sweep(place, user):
    case = world.to_opinions(user, place)
    late = Deadline.objects.get(case=case, rule="deferral.conclude")
    with world.at("2026-04-06 10:00"):
        at = world.clock.now()
    noted = at_once("2026-04-06 10:00", [lambda: deadlines.mark_missed(late.pk, at)] * 8)
    assert noted.count(True) == 1


def test_a_copy_is_sent_by_exactly_one_worker(place, user, monkeypatch):
    sent = []
    monkeypatch.setattr("kazservices.gateways.sms.send", lambda phone, text, key: sent.append(key))
    with world.at("2026-03-20 10:00"):
        world.apply(user, place.office)
    copy = Notice.objects.filter(channel="sms").order_by("pk").first()
    delivered = at_once("2026-03-20 10:01", [lambda: delivery.deliver_notice(copy.pk)] * 8)
    assert delivered.count(True) == 1
    assert sent == [str(copy.key)]
