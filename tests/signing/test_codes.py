"""A one-time password goes only to the number that the register binds to the IIN, and fits once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from kazservices import clock
from kazservices.signing import entry, otp, service
from kazservices.signing.models import Challenge, Signature
from tests import world

IIN, UNKNOWN = "000101100016", "000101100006"
SHA = "a" * 64

pytestmark = pytest.mark.django_db


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def refused(call, *args, **kwargs):
    with pytest.raises(otp.CodeError) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


@pytest.mark.norm("CONS-S8-0")
def test_the_code_goes_to_the_number_of_the_register_and_to_no_other(user, standin):
    user.phone = "+77000000039"
    user.save()
    service.ask_to_sign(user, SHA)
    assert [message["phone"] for message in standin.world.messages] == ["+77000000000"]


@pytest.mark.norm("CONS-S8-0")
def test_an_application_is_signed_with_the_code(user, code_of):
    challenge = service.ask_to_sign(user, SHA)
    signature = service.sign_with_code(user, SHA, what="application", ref=challenge.ref, code=code_of())
    assert (signature.method, signature.sha256, signature.user) == (Signature.Method.OTP, SHA, user)
    assert signature.evidence["phone"] == "+77000000000"
    assert signature.at == clock.now()


def test_a_code_signs_only_what_was_shown(user, code_of):
    challenge = service.ask_to_sign(user, SHA)
    refusal = refused(service.sign_with_code, user, "b" * 64, what="application", ref=challenge.ref, code=code_of())
    assert refusal == "expired"
    assert not Signature.objects.exists()


def test_a_code_fits_its_own_person_only(user, code_of):
    challenge = service.ask_to_sign(user, SHA)
    other = world.build_recipient("070206100083", phone="+77000000001")
    assert (
        refused(service.sign_with_code, other, SHA, what="application", ref=challenge.ref, code=code_of()) == "expired"
    )


def test_a_code_fits_once(standin, code_of):
    challenge = otp.send_code(IIN, "enter")
    otp.check_code(challenge.ref, code_of(), IIN)
    assert refused(otp.check_code, challenge.ref, code_of(), IIN) == "expired"


def test_a_code_lives_five_minutes(standin, code_of):
    challenge = otp.send_code(IIN, "enter")
    with clock.fixed_at(clock.now() + timedelta(minutes=5, seconds=1)):
        assert refused(otp.check_code, challenge.ref, code_of(), IIN) == "expired"


def test_after_five_wrong_codes_the_right_one_does_not_fit_either(standin, code_of):
    challenge = otp.send_code(IIN, "enter")
    for _ in range(otp.ATTEMPTS):
        assert refused(otp.check_code, challenge.ref, wrong(code_of()), IIN) == "wrong"
    assert refused(otp.check_code, challenge.ref, code_of(), IIN) == "attempts"


def test_a_stranger_cannot_tell_a_known_number_from_an_unknown_one(standin):
    known, unknown = otp.send_code(IIN, "enter"), otp.send_code(UNKNOWN, "enter")
    assert len(standin.world.messages) == 1
    assert type(known.ref) is type(unknown.ref)
    assert refused(otp.check_code, known.ref, "none", IIN) == refused(otp.check_code, unknown.ref, "none", UNKNOWN)


def test_a_number_is_not_flooded(standin):
    for _ in range(5):
        otp.send_code(IIN, "enter")
    assert refused(otp.send_code, IIN, "enter") == "too_often"
    assert len(standin.world.messages) == 5
    with clock.fixed_at(clock.now() + timedelta(minutes=16)):
        otp.send_code(IIN, "enter")


@pytest.mark.norm("CONS-S8-0")
def test_strangers_who_ask_to_enter_keep_nobody_from_signing(user, code_of):
    for _ in range(5):
        otp.send_code(IIN, "enter")
    assert refused(otp.send_code, IIN, "enter") == "too_often"
    challenge = service.ask_to_sign(user, SHA)
    assert service.sign_with_code(user, SHA, what="application", ref=challenge.ref, code=code_of()).user == user
    for _ in range(4):
        service.ask_to_sign(user, SHA)
    assert refused(service.ask_to_sign, user, SHA) == "too_often"


def test_an_address_that_tries_many_numbers_is_stopped(standin):
    for number in range(30):
        otp.send_code(f"{number:012d}", "enter", address="10.0.0.1")
    assert refused(otp.send_code, IIN, "enter", address="10.0.0.1") == "too_often"
    otp.send_code(IIN, "enter", address="10.0.0.2")


@pytest.mark.parametrize("iin", [IIN, UNKNOWN])
def test_a_silent_register_is_told_whoever_asks(standin, iin):
    standin.world.silent.add("mobile")
    assert refused(otp.send_code, iin, "enter") == "silent"


def test_a_message_that_did_not_go_out_betrays_nothing(standin):
    standin.world.silent.add("sms")
    assert otp.send_code(IIN, "enter").ref


def test_neither_the_number_nor_the_code_can_be_read_back(standin, code_of):
    challenge = otp.send_code(IIN, "enter", address="10.0.0.1")
    stored = Challenge.objects.filter(pk=challenge.pk).values().get()
    for secret in (IIN, code_of(), "10.0.0.1"):
        assert secret not in {str(value) for name, value in stored.items() if name not in ("id", "phone")}


@pytest.mark.parametrize("how", ["wrong", "expired"])
def test_the_reason_is_told_in_the_readers_language(standin, code_of, how):
    said = set()
    for language in ("kk", "ru", "en"):
        challenge = otp.send_code(IIN, "enter")
        ref = challenge.ref if how == "wrong" else "00000000-0000-0000-0000-000000000000"
        with translation.override(language):
            with pytest.raises(otp.CodeError) as refusal:
                otp.check_code(ref, wrong(code_of()), IIN)
            said.add(refusal.value.messages[0])
    assert len(said) == 3


def test_a_recipient_enters_and_is_known_by_the_register(standin, code_of):
    challenge = entry.ask_to_enter(IIN)
    user = entry.enter(challenge.ref, code_of(), IIN, language="ru")
    assert (user.full_name, user.phone, user.language) == ("Сәбитов Ерасыл Думанұлы", "+77000000000", "ru")
    assert user.is_recipient
    assert not user.has_usable_password()
    assert user.consents.get().method == "entry"


def test_the_same_person_enters_the_same_account(standin, code_of):
    users = {entry.enter(entry.ask_to_enter(IIN).ref, code_of(), IIN, language="kk").pk for _ in range(2)}
    assert len(users) == 1


def test_a_silent_identity_register_keeps_nobody_out(user, standin, code_of):
    standin.world.silent.add("identity")
    again = entry.enter(entry.ask_to_enter(IIN).ref, code_of(), IIN, language="kk")
    assert (again, again.full_name) == (user, user.full_name)


def test_an_account_of_staff_is_not_entered_by_code(user, standin, code_of):
    user.is_staff = True
    user.save()
    assert refused(entry.enter, entry.ask_to_enter(IIN).ref, code_of(), IIN, language="kk") == "staff"


def test_an_official_confirms_what_he_was_shown(user):
    signature = service.confirm(user, SHA, what="paper:refusal", evidence={"number": "1"})
    assert (signature.method, signature.sha256) == (Signature.Method.CONFIRMATION, SHA)


def test_the_same_data_have_the_same_hash_whatever_their_order():
    assert service.digest_of({"a": 1, "b": ["ә"]}) == service.digest_of({"b": ["ә"], "a": 1})
    assert service.digest_of({"a": 1}) != service.digest_of({"a": 2})


@pytest.mark.parametrize("broken", [{"sha256": ""}, {"user_id": None}])
def test_a_signature_names_its_person_and_its_subject(user, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            **{"user_id": user.pk, "method": "otp", "sha256": SHA, "what": "x", "at": clock.now(), **broken}
        )


@pytest.mark.parametrize("broken", [{"purpose": "sign", "subject": ""}, {"code_hash": "x", "phone": ""}])
def test_a_code_to_sign_names_what_and_a_code_goes_to_a_number(broken):
    at = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.create(**{"purpose": "enter", "iin_hash": "x", "created_at": at, "expires_at": at, **broken})
