"""Registers are asked with consent, outside transactions, until they answer; silence stops nothing."""

import httpx
import pytest
from django.db import IntegrityError, connection, transaction

from kazservices import clock
from kazservices.gateways import asking, http, registers, service
from kazservices.gateways.models import Consent, RegisterRequest
from kazservices.gateways.ports import GatewayError
from tests import world


def later(seconds):
    return clock.fixed_at(clock.now() + asking.timedelta(seconds=seconds))


@pytest.mark.norm("CONS-S8-2", "LAW-5-P1")
def test_what_the_standard_names_is_fetched_and_kept_with_its_time(case, standin):
    asked = {request.register for request in case.register_requests.all()}
    assert asked == {"identity", "births", "marriage"}
    assert service.answers(case) == dict.fromkeys(asked)
    with world.at("2026-03-20 17:01"):
        assert asking.fetch_waiting() == (3, 3)
    answers = service.answers(case)
    assert answers["identity"]["full_name"] == "Сәбитов Ерасыл Думанұлы"
    assert {request.answered_at for request in case.register_requests.all()} == {
        clock.datetime(2026, 3, 20, 12, 1, tzinfo=clock.UTC)
    }


@pytest.mark.norm("CONS-S8-3")
def test_for_an_exemption_only_the_identity_is_asked(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office, service="exemption", category="AGE_27")
    assert [request.register for request in case.register_requests.all()] == ["identity"]


@pytest.mark.norm("LAW-5-2-12")
def test_without_consent_nothing_is_asked(user, place, standin):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office, given=False)
    assert case.register_requests.count() == 0
    assert asking.fetch_waiting() == (0, 0)
    assert case.consents.get().given is False


@pytest.mark.norm("LAW-5-2-12")
def test_a_consent_keeps_purpose_scope_method_time_and_words(case):
    consent = case.consents.get()
    assert (consent.purpose, consent.method, consent.at) == ("application", Consent.Method.WEB, case.submitted_at)
    assert set(consent.scope) == set(world.REGISTERS)
    assert consent.text


@pytest.mark.norm("LAW-5-2-12")
def test_after_a_withdrawn_consent_nothing_more_is_asked(case, standin):
    case.consents.update(withdrawn_at=clock.now())
    assert [asking.fetch(request.pk) for request in case.register_requests.all()] == [False] * 3
    assert asking.fetch_waiting() == (0, 0)
    assert service.request_registers(case, ["spouse_death"]) == []


@pytest.mark.norm("LAW-5-2-12")
def test_a_register_outside_the_consent_is_not_asked(case):
    case.consents.update(scope=["identity"])
    assert service.request_registers(case, ["spouse_death"]) == []


def test_a_new_answer_replaces_the_one_before_it(user, place):
    draft = world.build_draft(user, place.office)
    first = world.consent(user, draft)
    second = world.consent(user, draft, given=False)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None


def test_a_silent_register_is_asked_again_and_the_others_answer(case, standin):
    standin.world.silent.add("births")
    with world.at("2026-03-20 17:01"):
        assert asking.fetch_waiting() == (3, 2)
        assert service.answers(case)["births"] is None
        assert asking.fetch_waiting() == (0, 0), "not at once"
        standin.world.silent.clear()
        with later(seconds=60):
            assert asking.fetch_waiting() == (1, 1)
    assert service.answers(case)["births"] == {"found": False, "records": []}


def test_a_question_in_the_hands_of_a_dead_worker_comes_back(case, standin):
    request = case.register_requests.first()
    with world.at("2026-03-20 17:01"):
        RegisterRequest.objects.filter(pk=request.pk).update(lease_until=clock.now() + asking.LEASE)
        assert asking.fetch(request.pk) is False
        with later(seconds=61):
            assert asking.fetch(request.pk) is True


def test_two_workers_bring_an_answer_once(case, standin):
    request = case.register_requests.first()
    assert [asking.fetch(request.pk), asking.fetch(request.pk)] == [True, False]
    request.refresh_from_db()
    assert request.attempts == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_register_is_asked(case, monkeypatch):
    seen = []

    def ask(register, iin, *, key):
        seen.append(connection.in_atomic_block)
        return {"found": False}

    monkeypatch.setattr(registers, "ask", ask)
    assert asking.fetch(case.register_requests.first().pk)
    assert seen == [False]


@pytest.mark.parametrize("answer", ["[]", '"x"', "{}", "not json", '{"found": "yes"}'])
def test_nonsense_is_silence(monkeypatch, answer):
    monkeypatch.setattr(
        http.httpx, "post", lambda url, **_: httpx.Response(200, text=answer, request=httpx.Request("POST", url))
    )
    with pytest.raises(GatewayError):
        registers.ask("identity", "000101100006", key="k")


def test_nobody_at_the_other_end_is_silence():
    with pytest.raises(GatewayError):
        registers.ask("identity", "000101100006", key="k")


def test_a_question_needs_a_consent_in_the_database_too(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterRequest.objects.create(case_id=case.pk, register="spouse_death", asked_at=clock.now())
