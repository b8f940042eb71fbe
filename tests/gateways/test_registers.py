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


WHOLE = {"found": True, "full_name": "Сәбитов Ерасыл Думанұлы", "birth_date": "2004-05-17"}


@pytest.mark.parametrize(
    ("register", "answer"),
    [
        ("identity", {"found": True}),
        ("identity", WHOLE | {"full_name": " "}),
        ("identity", WHOLE | {"full_name": ["Сәбитов"]}),
        ("identity", WHOLE | {"full_name": "ұ" * 201}),
        ("identity", WHOLE | {"birth_date": "17.05.2004"}),
        ("identity", WHOLE | {"birth_date": "2004-02-30"}),
        ("identity", WHOLE | {"birth_date": None}),
        ("births", {"found": True}),
        ("marriage", {"found": True, "records": "none"}),
        ("spouse_death", {"found": True, "records": ["x"]}),
        ("mobile", {"found": True}),
        ("mobile", {"found": True, "phone": 77000000000}),
        ("mobile", {"found": True, "phone": "7" * 21}),
    ],
)
def test_an_answer_in_another_shape_is_nonsense(monkeypatch, register, answer):
    monkeypatch.setattr(registers, "post", lambda path, body, *, key: answer)
    with pytest.raises(GatewayError):
        registers.ask(register, "000101100006", key="k")


@pytest.mark.parametrize("register", registers.Register.values)
def test_a_register_that_knows_nobody_need_say_no_more(monkeypatch, register):
    monkeypatch.setattr(registers, "post", lambda path, body, *, key: {"found": False})
    assert registers.ask(register, "000101100006", key="k") == {"found": False}


def test_nonsense_about_a_case_is_asked_again(case, standin, monkeypatch):
    monkeypatch.setattr(registers, "post", lambda path, body, *, key: {"found": True})
    with world.at("2026-03-20 17:01"):
        assert asking.fetch_waiting() == (3, 0)
        monkeypatch.undo()
        with later(seconds=60):
            assert asking.fetch_waiting()[0] == 3


@pytest.mark.norm("CONS-S8-2")
def test_the_identity_fills_what_was_not_known_when_the_person_applied(place, standin):
    user = world.build_recipient(full_name="", birth_date=None)
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        assert (case.applicant.full_name, case.applicant.birth_date) == ("", None)
        assert asking.fetch(case.register_requests.get(register="identity").pk)
    for row in (case.applicant, user):
        row.refresh_from_db()
        assert (row.full_name, str(row.birth_date)) == (
            "Сәбитов Ерасыл Думанұлы",
            standin.world.people[user.iin]["birth_date"],
        )


def test_a_name_that_is_known_is_left_as_it_was(place, standin):
    user = world.build_recipient(full_name="Сәбитов Е. Д.")
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        asking.fetch_waiting()
    for row in (case.applicant, user):
        row.refresh_from_db()
        assert row.full_name == "Сәбитов Е. Д."


def test_one_bad_question_keeps_no_other_waiting(case, standin, monkeypatch, caplog):
    asked = registers.ask

    def sometimes(register, iin, *, key):
        if register == "identity":
            raise TypeError(f"who is {iin}?")
        return asked(register, iin, key=key)

    monkeypatch.setattr(registers, "ask", sometimes)
    with world.at("2026-03-20 17:01"):
        assert asking.fetch_waiting() == (3, 2)
        assert asking.fetch_waiting() == (0, 0), "not at once"
    assert "TypeError" in caplog.text
    assert case.applicant.iin not in caplog.text


def test_nobody_at_the_other_end_is_silence():
    with pytest.raises(GatewayError):
        registers.ask("identity", "000101100006", key="k")


def test_a_question_needs_a_consent_in_the_database_too(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterRequest.objects.create(case_id=case.pk, register="spouse_death", asked_at=clock.now())
