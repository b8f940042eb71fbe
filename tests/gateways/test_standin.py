"""The stand-in: fictional people, messages taken once, registers that can be told to be silent."""

import json

import httpx
import pytest

from kazservices.gateways import registers, sms
from kazservices.gateways.iin import check_iin
from kazservices.gateways.ports import GatewayError
from kazservices.gateways.standin import PEOPLE, StandIn

FICTIONAL = "000101100016"


def people():
    return json.loads(PEOPLE.read_text(encoding="utf-8"))


def test_everybody_is_fictional():
    """A birth code of the nineteenth century, and a number of nobody's telephone."""
    for person in people():
        check_iin(person["iin"])
        assert person["iin"][6] in "12"
        assert person.get("phone", "+770000000").startswith("+770000000")
    assert len({person["iin"] for person in people()}) == len(people()) >= 40
    phones = [person["phone"] for person in people() if "phone" in person]
    assert len(set(phones)) == len(phones)


def test_a_register_knows_its_people_and_no_others(standin):
    assert registers.ask("mobile", FICTIONAL, key="a")["phone"] == "+77000000000"
    assert registers.ask("identity", FICTIONAL, key="b")["birth_date"]
    assert registers.ask("identity", "000101100006", key="c") == {"found": False}


def test_the_same_key_is_delivered_once(standin):
    for _ in range(2):
        sms.send("+77000000000", "Сіздің кодыңыз", key="otp-1")
    sms.send("+77000000001", "Басқа", key="otp-2")
    delivered = httpx.get(f"{standin.url}/sms", params={"phone": "+77000000000"}, trust_env=False).json()
    assert [message["text"] for message in delivered] == ["Сіздің кодыңыз"]
    log = [json.loads(line) for line in standin.world.log.read_text(encoding="utf-8").splitlines()]
    assert [message["duplicate"] for message in log] == [False, True, False]


def test_a_plus_sign_left_bare_in_an_address_finds_the_number_all_the_same(standin):
    sms.send("+77000000000", "Код", key="otp-1")
    assert len(httpx.get(f"{standin.url}/sms?phone=+77000000000", trust_env=False).json()) == 1
    assert len(httpx.get(f"{standin.url}/sms", trust_env=False).json()) == 1


def test_a_key_is_known_again_after_a_restart(standin):
    sms.send("+77000000000", "Код", key="otp-1")
    with StandIn(log=standin.world.log) as again:
        assert again.world.take_message({"phone": "+77000000000", "text": "Код"}, "otp-1") == {"accepted": False}


@pytest.mark.parametrize("what", ["identity", "sms"])
def test_it_falls_silent_when_told_to(standin, what):
    def ask():
        if what == "sms":
            return sms.send("+77000000000", "Код", key="k")
        return registers.ask(what, FICTIONAL, key="k")

    httpx.post(f"{standin.url}/silence", json={"register": what, "on": True}, trust_env=False)
    with pytest.raises(GatewayError):
        ask()
    httpx.post(f"{standin.url}/silence", json={"register": what, "on": False}, trust_env=False)
    ask()
