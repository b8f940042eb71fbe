"""A child of five: told at its field as soon as the register may be asked, and nothing typed is lost."""

from datetime import date

import pytest
from django.urls import reverse

from kazservices.cases.models import Draft
from kazservices.gateways import powers
from kazservices.passports import service as passports
from schools.admission.models import AdmissionApplication
from tests import world
from tests.browsing import check, enter, phone, stand_at
from tests.schools.admission import scene

pytestmark = pytest.mark.django_db
AT = "2026-04-16 10:00"
CHILD = scene.iin(503)
SAID = {"child_iin": CHILD, "relation": "parent", "language": "kk", "street": "Абай көшесі", "house": "12"}
FIVE, SIX = date(2021, 1, 5), date(2020, 3, 1)
AFTER = "2027"  # when the child of five may come


@pytest.fixture
def born(monkeypatch):
    """The registers know a child; it is five unless told."""
    known = {"on": FIVE, "asked": 0}

    def person(iin):
        known["asked"] += 1
        return powers.Person("Қанатқызы Айзере", known["on"])

    monkeypatch.setattr(powers, "person", person)
    monkeypatch.setattr(powers, "power", lambda basis, **asked: powers.Power(powers.Proof.CONFIRMED))
    return known


@pytest.fixture
def draft(client, school):
    """A parent at the step of the form."""
    scene.pool(school)
    user = scene.parent(3)
    client.force_login(user)
    with world.at(AT):
        client.post("/services/admission/apply/", {"office": school.office.pk, "category": "CITIZEN"})
        draft = user.drafts.get()
        client.post(reverse("portal:details", args=[draft.ref]), {"special_needs": "no"})
    return draft


def post(client, draft, step, **said):
    with world.at(AT):
        return client.post(reverse(f"portal:{step}", args=[draft.ref]), said)


def error_at(page: str, field: str) -> bool:
    return f'id="id_{field}-error"' in page


@pytest.mark.norm("ADM-9")
def test_once_it_is_agreed_the_form_says_it_at_the_child_with_all_that_was_typed(client, draft, born):
    assert post(client, draft, "form", **SAID).status_code == 302
    assert born["asked"] == 0  # nobody has agreed yet
    answer = post(client, draft, "consent", consent="yes")
    assert answer.url == reverse("portal:form", args=[draft.ref]) + "?again=1"
    with world.at(AT):
        page = client.get(answer.url).content.decode()
    assert error_at(page, "child_iin")
    assert AFTER in page
    assert f'value="{CHILD}"' in page
    assert 'value="Абай көшесі"' in page


@pytest.mark.norm("ADM-9")
def test_another_child_typed_after_the_consent_is_asked_for_at_the_form(client, draft, born):
    post(client, draft, "form", **SAID)
    post(client, draft, "consent", consent="yes")
    page = post(client, draft, "form", **SAID | {"child_iin": scene.iin(504)})
    assert page.status_code == 200
    assert error_at(page.content.decode(), "child_iin")
    born["on"] = SIX
    onward = post(client, draft, "form", **SAID | {"child_iin": scene.iin(505)})
    assert onward.url == reverse("portal:consent", args=[draft.ref])


def test_a_child_of_six_goes_on_to_the_papers(client, draft, born):
    born["on"] = SIX
    post(client, draft, "form", **SAID)
    assert post(client, draft, "consent", consent="yes").url == reverse("portal:papers", args=[draft.ref])


@pytest.mark.norm("LAW-5-2-12")
def test_without_consent_nobody_is_asked_and_name_and_day_are_typed(client, draft, born):
    post(client, draft, "form", **SAID)
    answer = post(client, draft, "consent", consent="no")
    assert born["asked"] == 0
    with world.at(AT):
        assert error_at(client.get(answer.url).content.decode(), "child_name")


@pytest.fixture
def brought(client, school):
    """What a clerk is writing down."""
    scene.pool(school)
    client.force_login(school.clerk)
    with world.at(AT):
        category = passports.edition_on("admission", school.office.today()).categories.get(code="CITIZEN")
        said = {"situation": f"{school.office.pk}-{category.pk}", "iin": scene.iin(3), "full_name": "Ата-ана",
                "language": "kk"}  # fmt: skip
        client.post(reverse("admin:counter"), said)
    return Draft.objects.get()


@pytest.mark.norm("ADM-9")
def test_at_the_counter_the_first_keeping_says_it(client, brought, born):
    address = reverse("admin:counter-draft", args=[brought.ref])
    with world.at(AT):
        answer = client.post(address, {**SAID, "special_needs": "no", "consent": "yes", "act": "keep"})
        page = answer.content.decode()
        assert (answer.status_code, error_at(page, "child_iin")) == (422, True)
        kept = Draft.objects.get().data["particulars"]
        assert (kept["child_iin"], kept["street"]) == (CHILD, "Абай көшесі")
        born["on"] = SIX
        other = {**SAID, "child_iin": scene.iin(504), "special_needs": "no", "consent": "yes", "act": "keep"}
        assert client.post(address, other).status_code == 302
    assert not AdmissionApplication.objects.exists()


@pytest.fixture
def objected(client, draft, born):
    post(client, draft, "form", **SAID)
    return draft, post(client, draft, "consent", consent="yes").url


@pytest.fixture(params=["kk", "ru"])
def page(chromium, live_server, request):
    page = phone(chromium, live_server, request.param)
    yield page
    page.context.close()


@pytest.mark.django_db(transaction=True)
def test_the_form_with_the_objection(page, live_server, monkeypatch, objected):
    draft, address = objected
    stand_at(monkeypatch, AT)
    enter(page, live_server, draft.user)
    page.goto(live_server.url + address)
    check(page)
