"""The whole loop with the State Corporation's system, played by the stand-in over HTTP."""

import pytest

from kazservices.flow import sweeps
from kazservices.flow.door import advance
from kazservices.gateways.http import post
from kazservices.gateways.standin import StandIn
from schools.duplicates import exchange, port
from schools.duplicates.models import Consignment, ConsignmentItem, DeliveryRun, DuplicateApplication, Partner
from schools.duplicates.states import State
from tests.conftest import on

from . import counter
from .conftest import sign_and_issue
from .counter import PARTICULARS
from .test_life import due

ROOT = "/state-corporation"


@pytest.fixture
def standin(settings):
    with StandIn() as running:
        settings.KAZ_GATEWAY_URL = running.url
        yield running


@pytest.fixture
def wired(standin, school, corporation):
    """The State Corporation's office has a system of its own."""
    Partner.objects.update(account=corporation.clerk)
    return standin


def there(act, **body):
    return post(f"{ROOT}/{act}", body, key="")


def comes(school, at, name="Қасымов Айдар Маратұлы", iin="000101100024", **more):
    return there(
        "apply", school=school.office.code, accepted_at=f"{at}+05:00", full_name=name, iin=iin, category="LOST",
        particulars=PARTICULARS, handed_in=["identity"], **more,
    )["number"]  # fmt: skip


def courier(school, at):
    return there("send", school=school.office.code, at=f"{at}+05:00")


def exchanged():
    return sweeps.run_errands()


@pytest.mark.norm("DUP-17", "DUP-22", "DUP-24")
def test_a_saturday_application_comes_with_mondays_register_and_keeps_its_day(wired, school):
    with on("2026-03-14 11:00"):
        comes(school, "2026-03-14T11:00:00", waited_minutes=9, served_minutes=12)
    with on("2026-03-16 09:40"):
        courier(school, "2026-03-16T09:30:00")
        exchanged()
        case = DuplicateApplication.objects.get()
        assert (case.state, case.accepted_on.isoformat()) == (State.SUBMITTED, "2026-03-14")
        register = Consignment.objects.get()
        assert [(line.place, line.full_name) for line in register.items.all()] == [(1, "Қасымов Айдар Маратұлы")]
        exchange.countersign(register, arrived=[1], by=school.clerk)
        exchanged()
    case.refresh_from_db()
    assert case.state == State.REGISTERED
    assert due(case, "issue") == "Wed 08 Apr 18:00"
    assert wired.world.corporation.formed[0]["countersigned"]


@pytest.mark.norm("DUP-22")
def test_a_register_is_taken_in_once_however_often_it_is_asked(wired, school):
    with on("2026-03-16 10:00"):
        comes(school, "2026-03-16T09:10:00")
        courier(school, "2026-03-16T09:30:00")
        exchanged()
        exchanged()
    assert (Consignment.objects.count(), DuplicateApplication.objects.count()) == (1, 1)


@pytest.mark.norm("DUP-22")
def test_a_line_whose_papers_are_missing_is_named_on_both_sides_and_follows_later(wired, school):
    with on("2026-03-16 10:00"):
        there("lose", full_name="Ермекова Сәуле Нұрланқызы")
        comes(school, "2026-03-16T09:10:00")
        comes(school, "2026-03-16T09:20:00", "Ермекова Сәуле Нұрланқызы", "000101100032")
        courier(school, "2026-03-16T09:30:00")
        exchanged()
        register = Consignment.objects.get()
        exchange.countersign(register, arrived=[1, 2], by=school.clerk)  # what never came cannot be ticked
        exchanged()
    (line,) = exchange.missing(school.office)
    assert (line.full_name, line.case) == ("Ермекова Сәуле Нұрланқызы", None)
    assert wired.world.corporation.formed[0]["missing"] == [2]
    with on("2026-03-16 15:30"):
        there("found", full_name="Ермекова Сәуле Нұрланқызы")
        courier(school, "2026-03-16T15:00:00")
        exchanged()
    assert not exchange.missing(school.office).exists()
    assert DuplicateApplication.objects.count() == 2


@pytest.mark.norm("DUP-23")
def test_each_run_of_the_courier_is_recorded_also_an_empty_one(wired, school, corporation):
    with on("2026-03-16 10:00"):
        comes(school, "2026-03-16T09:10:00")
        courier(school, "2026-03-16T09:30:00")
        exchanged()
    with on("2026-03-16 16:10"):
        courier(school, "2026-03-16T16:00:00")
        exchanged()
    assert [run.number for run in DeliveryRun.objects.order_by("number")] == [1, 2]
    (day,) = exchange.days(school=school.office, corporation=corporation.office, since=DeliveryRun.objects.first().day)
    assert not day.is_short


@pytest.mark.norm("DUP-30", "DUP-S5-4", "DUP-29")
def test_results_are_stored_returned_and_sent_again_and_handed_over(wired, school, corporation, blanks):
    with on("2026-03-16 10:00"):
        comes(school, "2026-03-14T11:00:00")
        courier(school, "2026-03-16T09:30:00")
        exchanged()
        exchange.countersign(Consignment.objects.get(), arrived=[1], by=school.clerk)
        case = DuplicateApplication.objects.get()
        case = sign_and_issue(advance(case, "write_out", by=school.clerk, blank=blanks[0].pk), school)
        pair = {"school": school.office, "corporation": corporation.office}
        exchange.send("results", cases=[case], by=school.clerk, **pair)
        exchanged()
        exchanged()
    case.refresh_from_db()
    assert case.state == State.WITH_CORPORATION
    with on("2026-04-16 20:00"):
        sweeps.make_due_moves()
    with on("2026-04-17 10:00"):
        there("return", number=case.number)
        exchanged()
        exchange.countersign(Consignment.objects.get(direction="returns"), arrived=[1], by=school.clerk)
        there("ask", number=case.number)
        exchanged()
        case.refresh_from_db()
        assert case.state == State.ASKED_AGAIN
        exchange.send("results", cases=[case], by=school.clerk, **pair)
        exchanged()
        exchanged()
        there("hand-out", number=case.number, received_by="self", identity="ЖК 012345678")
        exchanged()
    case.refresh_from_db()
    assert case.state == State.HANDED_OVER
    assert not case.deadlines.breaches().exists()


@pytest.mark.norm("DUP-S5-2")
def test_a_hand_over_against_the_law_is_written_into_the_journal_and_stops_nothing(wired, school, corporation, blanks):
    with on("2026-03-16 10:00"):
        comes(school, "2026-03-16T09:10:00")
        courier(school, "2026-03-16T09:30:00")
        exchanged()
        exchange.countersign(Consignment.objects.get(), arrived=[1], by=school.clerk)
        case = DuplicateApplication.objects.get()
        case = sign_and_issue(advance(case, "write_out", by=school.clerk, blank=blanks[0].pk), school)
        exchange.send("results", school=school.office, corporation=corporation.office, cases=[case], by=school.clerk)
        exchanged()
        exchanged()
        power = {"receiver": "Серікова Алма", "power_number": "14", "power_date": "2026-03-10"}
        there("hand-out", number=case.number, received_by="attorney", identity="ЖК 1", **power)
        courier(school, "2026-03-16T16:00:00")
        exchanged()
    case.refresh_from_db()
    assert case.state == State.WITH_CORPORATION
    assert case.journal.filter(move="corporation_objected").exists()
    assert DeliveryRun.objects.count() == 2


def test_a_silent_state_corporation_loses_nothing(wired, school):
    with on("2026-03-16 10:00"):
        comes(school, "2026-03-16T09:10:00")
        courier(school, "2026-03-16T09:30:00")
        post("/silence", {"register": "state-corporation", "on": True}, key="")
        assert exchanged()[1] == 0
        post("/silence", {"register": "state-corporation", "on": False}, key="")
        assert exchanged() == (0, 0), "not at once"
    with on("2026-03-16 10:01"):
        exchanged()
    assert ConsignmentItem.objects.count() == 1
    assert Partner.objects.get(school=school.office, account__isnull=False).attempts == 0


def test_an_event_that_could_not_be_taken_in_is_not_passed_over_by_the_next(wired, school, monkeypatch):
    taken = []

    def breaks(partner, said):
        taken.append(said["id"])
        if said["run"] == 1 and len(taken) == 1:
            raise LookupError("a fault of ours")
        return run_of_the_courier(partner, said)

    run_of_the_courier = port.EVENTS["run"]
    monkeypatch.setitem(port.EVENTS, "run", breaks)
    with on("2026-03-16 10:00"):
        courier(school, "2026-03-16T09:30:00")
        courier(school, "2026-03-16T09:45:00")
        exchanged()
    assert (len(taken), DeliveryRun.objects.count()) == (1, 0)
    with on("2026-03-16 10:01"):
        exchanged()
    assert (sorted(taken)[0], len(taken), DeliveryRun.objects.count()) == (taken[1], 3, 2)


@pytest.mark.norm("DUP-32")
def test_each_stage_goes_to_the_monitoring_system_once_and_waits_while_it_is_silent(user, school, standin):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        post("/silence", {"register": "monitoring", "on": True}, key="")
        assert exchanged() == (2, 0)
        post("/silence", {"register": "monitoring", "on": False}, key="")
        assert exchanged() == (2, 2)
        assert exchanged() == (0, 0)
    told = list(standin.world.stages.values())
    assert [one["stage"] for one in told] == ["submit", "register"]
    assert {one["number"] for one in told} == {case.number}
    assert user.full_name not in str(told)
