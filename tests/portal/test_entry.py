"""Into the cabinet by IIN and one-time password; a stranger learns nothing from the answer."""

from types import SimpleNamespace

import pytest

from kazservices.addresses import address_of
from kazservices.cases.models import Applicant
from kazservices.gateways import registers
from kazservices.gateways.models import Consent
from kazservices.offices.models import User
from kazservices.signing import entry, otp
from tests import world
from tests.conftest import on

from .conftest import IIN, NAME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside")]
UNKNOWN = "000101100025"


@pytest.fixture(autouse=True)
def no_check_digit(settings):
    settings.KAZ_IIN_CHECK_DIGIT = False


def asked(client, iin):
    return client.post("/enter/", {"iin": iin}, follow=True)


def test_the_answer_is_the_same_whatever_the_iin(client, read):
    with on("2026-03-20 16:00"):
        known, unknown = read(asked(client, IIN)), read(asked(client, UNKNOWN))

    def plain(html):
        return [line for line in html.splitlines() if "csrf" not in line]

    assert plain(known) == plain(unknown)


def test_the_first_entry_makes_the_account_with_the_registers_name(client, outside, read):
    with on("2026-03-20 16:00"):
        asked(client, IIN)
        page = read(client.post("/enter/code/", {"code": f" {outside.code} "}, follow=True))
    user = User.objects.get(iin=IIN)
    assert NAME in page
    assert (user.full_name, user.phone, user.is_recipient) == (NAME, "+77000000000", True)
    assert IIN not in user.username


def test_what_was_brought_on_paper_before_lies_in_the_cabinet_from_the_first_entry(client, outside):
    brought = Applicant.objects.create(iin=IIN, full_name=NAME)
    with on("2026-03-20 16:00"):
        asked(client, IIN)
        client.post("/enter/code/", {"code": outside.code})
    brought.refresh_from_db()
    assert brought.user == User.objects.get(iin=IIN)


@pytest.mark.norm("LAW-5-2-12")
def test_the_entry_records_a_consent_before_the_register_is_asked(client, outside):
    with on("2026-03-20 16:00"):
        asked(client, IIN)
        client.post("/enter/code/", {"code": outside.code})
    consent = Consent.objects.get()
    assert (consent.method, consent.scope, consent.given) == (Consent.Method.ENTRY, ["mobile", "identity"], True)


def test_a_wrong_code_stands_at_its_field(client, read):
    with on("2026-03-20 16:00"):
        asked(client, IIN)
        page = read(client.post("/enter/code/", {"code": "999999x"}))
    assert 'id="id_code-error"' in page
    assert "<title>Қате:" in page
    assert not User.objects.filter(iin=IIN).exists()


def test_a_wrong_check_digit_is_told_at_the_iin(client, settings, read):
    settings.KAZ_IIN_CHECK_DIGIT = True
    with on("2026-03-20 16:00"):
        page = read(client.post("/enter/", {"iin": "000101100011"}))
    assert 'id="id_iin-error"' in page
    assert "000101100011" in page


def test_a_silent_register_is_told_and_the_iin_stays(client, outside, monkeypatch, read):
    def silent(*args, **kwargs):
        raise otp.GatewayError

    monkeypatch.setattr(otp.registers, "ask", silent)
    with on("2026-03-20 16:00"):
        page = read(client.post("/enter/", {"iin": IIN}))
    assert 'id="id_iin-error"' in page
    assert IIN in page


def test_an_official_has_no_cabinet(client, outside, place, read):
    place.clerk.iin = IIN
    place.clerk.save()
    with on("2026-03-20 16:00"):
        asked(client, IIN)
        page = read(client.post("/enter/code/", {"code": outside.code}))
        assert 'id="id_code-error"' in page
        client.force_login(place.clerk)
        read(client.get("/cases/"), 403)


def test_entering_leads_on_to_what_was_wanted_but_never_outside(client, outside):
    with on("2026-03-20 16:00"):
        client.get("/enter/", {"next": "/letters/"})
        asked(client, IIN)
        assert client.post("/enter/code/", {"code": outside.code})["Location"] == "/letters/"
        client.post("/leave/")
        client.get("/enter/", {"next": "https://elsewhere.example/"})
        asked(client, IIN)
        assert client.post("/enter/code/", {"code": outside.code})["Location"] == "/cases/"


def test_the_language_is_kept_with_the_account(cabinet, user, read):
    with on("2026-03-20 16:00"):
        cabinet.post("/i18n/setlang/", {"language": "ru", "next": "/cases/"})
        user.refresh_from_db()
        assert user.language == "ru"
        assert '<html lang="ru">' in read(cabinet.get("/cases/"))


def test_a_language_chosen_before_entering_is_kept_with_the_account_that_spoke_another(client, outside):
    with on("2026-03-20 16:00"):
        asked(client, IIN)
        client.post("/enter/code/", {"code": outside.code})
        client.post("/leave/")
        client.post("/i18n/setlang/", {"language": "ru", "next": "/"})
        asked(client, IIN)
        entered = client.post("/enter/code/", {"code": outside.code})
        assert entered.cookies["django_language"].value == "ru"
        assert User.objects.get(iin=IIN, is_staff=False).language == "ru"


def test_leaving_closes_the_cabinet(cabinet):
    with on("2026-03-20 16:00"):
        cabinet.post("/leave/")
        assert cabinet.get("/cases/")["Location"].startswith("/enter/")


@pytest.mark.parametrize(
    ("behind_proxy", "hops", "address"),
    [
        (False, "203.0.113.7", "10.0.0.9"),  # whoever stands before us writes what he likes
        (True, "203.0.113.7", "203.0.113.7"),
        (True, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (True, "", "10.0.0.9"),
    ],
)
def test_behind_a_proxy_the_address_is_the_hop_that_it_appended(rf, settings, behind_proxy, hops, address):
    settings.BEHIND_PROXY = behind_proxy
    assert address_of(rf.get("/enter/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=hops)) == address


def test_one_proxy_does_not_make_one_sender_of_a_whole_country(client, settings, outside):
    settings.BEHIND_PROXY = True
    with on("2026-03-20 16:00"):
        for number in range(30):
            client.post("/enter/", {"iin": f"{number:012d}"}, headers={"x-forwarded-for": "9.9.9.9, 203.0.113.7"})
        stopped = client.post("/enter/", {"iin": IIN}, headers={"x-forwarded-for": "8.8.8.8, 203.0.113.7"})
        other = client.post("/enter/", {"iin": IIN}, headers={"x-forwarded-for": "203.0.113.8"})
    assert (stopped.status_code, other.status_code) == (200, 302)
    assert len(outside.sent) == 1


def test_an_account_that_is_closed_while_the_register_thinks_stays_closed(monkeypatch):
    person = world.build_recipient()
    monkeypatch.setattr(otp, "check_code", lambda *_: SimpleNamespace(ref="a code", phone="+77000000001"))

    def slow(register, iin, *, key):
        User.objects.filter(pk=person.pk).update(is_active=False)  # an operator, meanwhile
        return {"found": False}

    monkeypatch.setattr(registers, "ask", slow)
    entry.enter("a code", "1", person.iin, language="kk")
    assert not User.objects.get(pk=person.pk).is_active
