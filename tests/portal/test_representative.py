"""A parent, a guardian, an attorney: the registers confirm, or a document is shown; a power ends on its day."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kazservices.cases.models import Applicant, Case, Draft, Representation
from kazservices.flow import representing
from kazservices.flow.door import advance
from kazservices.gateways import powers
from kazservices.gateways.models import Consent
from kazservices.gateways.ports import GatewayError
from kazservices.gateways.standin import World
from kazservices.notices.models import Notice
from kazservices.offices.models import User
from tests import world
from tests.conftest import on

pytestmark = pytest.mark.django_db
MOTHER, CHILD, GROWN = "810214205017", "090510105057", "050302105069"
GUARDIAN, WARD = "750903105022", "090817105076"
ATTORNEY, PRINCIPAL, DEAD = "860621105032", "030411105088", "040130105092"
FILED = "2026-03-20 17:00"
POWER = {"number": "1024", "given_on": "2026-01-12", "issued_by": "нотариус", "until": "2026-12-31"}
WHOM = "/services/deferral/apply/whom"


@pytest.fixture
def registers(outside, monkeypatch):
    """What the stand-in's own people are answered; a register can be silent."""
    families = World()
    families.silent_now = set()

    def ask(register, iin, *, key):
        if register in families.silent_now:
            raise GatewayError("silent")
        return families.register(register, iin)

    monkeypatch.setattr("kazservices.gateways.registers.ask", ask)
    return families


def person(iin, registers):
    known = registers.people[iin]
    return world.build_recipient(
        iin, full_name=known["full_name"], birth_date=date.fromisoformat(known["birth_date"]), phone="+77000000041"
    )


@pytest.fixture
def enter(client, registers):
    def entered(iin):
        user = User.objects.filter(iin=iin).first() or person(iin, registers)
        with on(FILED):
            client.force_login(user)
        return client

    return entered


def stated(browser, basis, iin, **more):
    return browser.post(f"{WHOM}/{basis}/", {"iin": iin, "agreed": "on", **more}, follow=True)


def filed(browser, place, outside, *, proof=False):
    """From the chosen person to the case."""
    draft = Draft.objects.latest("pk")
    browser.post(f"/drafts/{draft.ref}/category/", {"office": place.office.pk, "category": "STUDY"})
    browser.post(f"/drafts/{draft.ref}/consent/", {"consent": "yes"})
    needed = world.category_of("deferral", "STUDY", date(2026, 3, 20)).requirements.first().code
    for code in [needed, *(["power-document"] if proof else [])]:
        browser.post(f"/drafts/{draft.ref}/papers/", {"requirement": code, "file": world.picture()})
    browser.post(f"/drafts/{draft.ref}/review/")
    draft.refresh_from_db()
    answer = browser.post(f"/drafts/{draft.ref}/sign/", {"code": outside.code, "key": draft.key}, follow=True)
    return answer, Case.objects.order_by("pk").last()


@pytest.mark.norm("CONS-S8-0")
def test_a_parent_applies_for_a_child_whom_the_register_knows(enter, place, registers, outside, read):
    mother = enter(MOTHER)
    with on(FILED):
        page = read(stated(mother, "parent", CHILD))
        assert "Әлиев Самат Ерланұлы" in page
        answer, case = filed(mother, place, outside)
        assert case.number in read(answer)
    power = case.representation
    assert (case.applicant.iin, case.applicant.user) == (CHILD, None)
    assert (power.proof, power.until) == ("confirmed", date(2027, 5, 9))  # the day before the child is 18
    assert case.journal.first().kept.facts["acts_as"] == "parent"


def test_the_receipt_and_the_letters_say_who_acts_and_on_which_ground(enter, place, registers, outside):
    mother = enter(MOTHER)
    with on(FILED):
        stated(mother, "parent", CHILD)
        _answer, case = filed(mother, place, outside)
    said = case.papers.get(kind="receipt").facts
    assert said["applicant"]["full_name"] == "Әлиев Самат Ерланұлы"
    assert said["representative"]["full_name"] == "Әлиева Гүлнар Сапарқызы"
    letter = Notice.objects.get(case=case, letter="taken", channel="cabinet")
    assert letter.recipient.iin == MOTHER
    assert "Өкіл: Әлиева Гүлнар Сапарқызы. Негізі: баланың ата-анасы." in letter.body


def test_letters_go_to_both_who_have_a_cabinet(enter, place, registers, outside):
    principal = person(PRINCIPAL, registers)
    attorney = enter(ATTORNEY)
    with on(FILED):
        stated(attorney, "attorney", PRINCIPAL, **POWER)
        _answer, case = filed(attorney, place, outside)
    told = Notice.objects.filter(case=case, letter="taken", channel="cabinet")
    assert {notice.recipient.iin for notice in told} == {ATTORNEY, PRINCIPAL}
    with on("2026-03-21 10:00"):
        assert list(Case.objects.visible_to(principal)) == [case]


def test_a_person_who_enters_later_finds_what_was_filed_for_him(enter, place, registers, outside):
    attorney = enter(ATTORNEY)
    with on(FILED):
        stated(attorney, "attorney", PRINCIPAL, **POWER)
        _answer, case = filed(attorney, place, outside)
        principal = person(PRINCIPAL, registers)
        own = world.apply(principal, place.office, service="exemption", category="UNFIT")
        assert {row.pk for row in Case.objects.visible_to(principal)} == {case.pk, own.pk}
    assert Applicant.objects.filter(iin=PRINCIPAL).count() == 1


WRONG = [
    ("parent", MOTHER, {}, "iin", "өз ЖСН-іңіз"),
    ("parent", GROWN, {}, "iin", "кәмелетке толған"),
    ("parent", "000101100006", {}, "iin", "мұндай ЖСН-мен адам жоқ"),
    ("parent", DEAD, {}, "iin", "қайтыс болған"),
    ("parent", "123", {}, "iin", "12 цифрдан"),
    ("attorney", PRINCIPAL, {"until": "2026-03-19"}, "until", "мерзімі өткен"),
    ("attorney", PRINCIPAL, {"number": "0311"}, "until", "мерзімі өткен"),
    ("attorney", PRINCIPAL, {"number": "2207"}, "number", "басқа қызметке"),
    ("attorney", PRINCIPAL, {"number": "0917"}, "number", "қайтарып алынған"),
    ("attorney", PRINCIPAL, {"given_on": "2026-03-21"}, "given_on", "әлі келген жоқ"),
    ("attorney", PRINCIPAL, {"until": "2026-01-01", "number": ""}, "number", "нөмірді жазыңыз"),
]


@pytest.mark.parametrize(("basis", "iin", "more", "field", "words"), WRONG)
def test_what_is_wrong_is_told_at_its_field_and_typed_text_stays(
    enter, registers, read, *, basis, iin, more, field, words
):
    browser = enter(MOTHER if basis == "parent" else ATTORNEY)
    given = {**POWER, **more} if basis == "attorney" else more
    with on(FILED):
        page = read(stated(browser, basis, iin, **given))
    error = page[page.index(f'id="id_{field}-error"') :][:600]
    assert words in error
    assert f'value="{iin}"' in page
    assert "<title>Қате:" in page
    assert not Draft.objects.exists()


@pytest.mark.norm("LAW-5-2-12")
def test_without_the_consent_no_register_is_asked(enter, place, registers, read, monkeypatch):
    mother = enter(MOTHER)
    asked = []
    monkeypatch.setattr("kazservices.gateways.registers.ask", lambda *said, key: asked.append(said))
    with on(FILED):
        page = read(mother.post(f"{WHOM}/parent/", {"iin": CHILD}))
    assert 'id="id_agreed-error"' in page
    assert asked == []
    assert not Consent.objects.filter(purpose="representation").exists()


def test_a_power_no_register_confirms_needs_its_document_and_the_clerk_sees_so(
    enter, place, registers, outside, client
):
    registers.silent_now = {"powers"}
    attorney = enter(ATTORNEY)
    with on(FILED):
        page = stated(attorney, "attorney", PRINCIPAL, **POWER).content.decode()
        assert "Сейітов" not in page  # an IIN alone opens nobody's name
        draft = Draft.objects.get()
        attorney.post(f"/drafts/{draft.ref}/category/", {"office": place.office.pk, "category": "STUDY"})
        attorney.post(f"/drafts/{draft.ref}/consent/", {"consent": "yes"})
        assert "/papers/" in attorney.get(f"/drafts/{draft.ref}/review/")["Location"]
        _answer, case = filed(attorney, place, outside, proof=True)
        assert case.representation.proof == "silent"
        client.force_login(place.secretary)
        desk = client.get(f"/admin/cases/{case.ref}/").content.decode()
    assert "расталмаған: мемлекеттік тізілім жауап бермеді" in desk


def test_while_the_register_of_persons_is_silent_the_name_is_typed_and_nothing_stops(enter, place, registers, outside):
    registers.silent_now = {"identity", "kinship"}
    mother = enter(MOTHER)
    typed = {"full_name": "Әлиев Самат", "birth_date": "2009-05-10"}
    with on(FILED):
        asked = stated(mother, "parent", CHILD).content.decode()
        assert 'name="full_name"' in asked
        stated(mother, "parent", CHILD, **typed)
        registers.silent_now = set()
        _answer, case = filed(mother, place, outside, proof=True)
    assert case.representation.proof == "silent"
    assert case.applicant.full_name == "Әлиев Самат"


def test_what_the_register_knows_is_never_typed(enter, place, registers):
    mother = enter(MOTHER)
    with on(FILED):
        stated(mother, "parent", CHILD, full_name="Басқа Біреу", birth_date="1990-01-01")
    assert Representation.objects.get().full_name == "Әлиев Самат Ерланұлы"


@pytest.fixture
def by_attorney(enter, place, registers, outside):
    """A case filed by power of attorney; the principal has a cabinet too."""
    principal = person(PRINCIPAL, registers)
    attorney = enter(ATTORNEY)
    with on(FILED):
        stated(attorney, "attorney", PRINCIPAL, **POWER)
        _answer, case = filed(attorney, place, outside)
    return case, principal, case.representation.representative


@pytest.mark.parametrize(("day", "seen"), [("2026-12-31", True), ("2027-01-01", False)])
def test_a_power_gives_no_access_after_its_last_day(by_attorney, day, seen):
    case, principal, attorney = by_attorney
    with on(f"{day} 10:00"):
        assert Case.objects.visible_to(attorney).exists() is seen
        assert Notice.objects.in_cabinet_of(attorney).exists() is seen
        assert Case.objects.visible_to(principal).exists()
        if not seen:
            with pytest.raises(PermissionDenied):
                advance(case, "withdraw", by=attorney)


def test_a_representative_makes_the_moves_of_the_applicant(by_attorney):
    case, _principal, attorney = by_attorney
    with on("2026-03-26 12:00"):
        assert advance(case, "withdraw", by=attorney).status == "withdrawn"
    assert case.journal.last().actor == attorney


def test_the_principal_takes_the_power_back_and_the_attorney_is_told_and_sees_nothing(by_attorney, client, read):
    case, principal, attorney = by_attorney
    with on("2026-03-26 12:00"):
        client.force_login(attorney)
        assert client.post(f"/cases/{case.ref}/power/").status_code == 403  # not his to take
        client.force_login(principal)
        read(client.get(f"/cases/{case.ref}/power/"))
        page = read(client.post(f"/cases/{case.ref}/power/", follow=True))
        assert "Сенімхат қайтарып алынды" in page
        client.force_login(attorney)
        assert client.get(f"/cases/{case.ref}/").status_code == 404
        letters = [notice.letter for notice in Notice.objects.in_cabinet_of(attorney)]
    assert letters == ["power_revoked"]
    assert case.journal.last().move == "power_revoked"
    with on("2026-03-26 13:00"), pytest.raises(PermissionDenied):
        advance(case, "withdraw", by=attorney)


def test_a_power_taken_back_is_not_used_again(by_attorney, client, registers, read):
    case, principal, attorney = by_attorney
    with on("2026-03-26 12:00"):
        representing.revoke(case, by=principal)
        client.force_login(attorney)
        page = read(stated(client, "attorney", PRINCIPAL, **POWER))
    assert 'id="id_number-error"' in page


def test_a_power_taken_back_while_the_registers_are_asked_is_not_kept(
    by_attorney, client, registers, read, monkeypatch
):
    case, principal, attorney = by_attorney
    ask = powers.power

    def slow(*asked, **of):
        representing.revoke(case, by=principal)
        return ask(*asked, **of)

    monkeypatch.setattr(powers, "power", slow)
    client.force_login(attorney)
    with on("2026-03-26 12:00"):
        page = read(stated(client, "attorney", PRINCIPAL, **POWER))
    assert 'id="id_number-error"' in page
    assert not Representation.objects.filter(representative=attorney, revoked_at=None).exists()


def test_a_parents_right_is_not_taken_back(enter, place, registers, outside, read):
    mother = enter(MOTHER)
    with on(FILED):
        stated(mother, "parent", CHILD)
        _answer, case = filed(mother, place, outside)
        child = person(CHILD, registers)
        enter(CHILD)
        Applicant.objects.filter(iin=CHILD).update(user=child)
        mother.post(f"/cases/{case.ref}/power/")
    case.representation.refresh_from_db()
    assert case.representation.revoked_at is None


def test_nothing_personal_stands_in_an_address_or_a_log(enter, place, registers, outside, caplog):
    mother = enter(MOTHER)
    with on(FILED), caplog.at_level(0):
        chain = stated(mother, "parent", CHILD).redirect_chain
        answer, _case = filed(mother, place, outside)
    told = " ".join([*(url for url, _ in chain), *(url for url, _ in answer.redirect_chain), caplog.text])
    assert CHILD not in told
    assert "Самат" not in told


def test_one_person_asks_about_few_others_a_day(enter, place, registers, read):
    mother = enter(MOTHER)
    with on(FILED):
        for _ in range(representing.ASKED_A_DAY):
            stated(mother, "parent", GROWN)
        page = read(stated(mother, "parent", CHILD))
    assert "Бүгін көп адам туралы сұрадыңыз" in page
