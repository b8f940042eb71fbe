"""The form on the portal and the package at the counter: what cannot be true is told at its field, nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from kazservices.cases.models import Draft
from kazservices.counter import service as tickets
from kazservices.flow import counter, filing
from kazservices.passports import service as passports
from schools.transfer.models import TransferApplication
from tests import world

from . import scene

AT = "2026-04-15 10:00"
TYPED = {**scene.SAID, "leaving_other": ""}


def entered(person, language="ru"):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def draft(school, leaving, parent):
    with world.at(AT):
        draft = filing.start(parent, "transfer", "ru")
        filing.choose(draft, school.office, "TRANSFER")
        return draft


@pytest.mark.norm("TRN-S8-E")
def test_a_coupon_of_another_child_is_told_at_its_field_before_anything_is_sent(draft, parent):
    client, address = entered(parent), reverse("portal:form", args=[draft.ref])
    with world.at(AT):
        answer = client.post(address, {**TYPED, "coupon_iin": scene.OTHER_IIN})
        said = answer.content.decode()
        assert "Это талон другого ребёнка" in said
        assert TYPED["coupon_number"] in said  # what was typed stays
        assert not Draft.objects.get().data.get("particulars")
        assert client.post(address, TYPED).url == reverse("portal:papers", args=[draft.ref])
    assert Draft.objects.get().data["particulars"]["coupon_iin"] == scene.CHILD_IIN


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_of_the_service_says_half_an_hour_and_the_review_says_when(draft, parent, language):
    client = entered(parent, language)
    with world.at("2026-04-15 12:50"):
        client.post(reverse("portal:form", args=[draft.ref]), TYPED)
        service = client.get(reverse("portal:service", args=["transfer"])).content.decode()
        review = client.get(reverse("portal:review", args=[draft.ref]))
    assert review.status_code == 200
    assert f"{review.context['reckoning'].due:%H:%M}" == "14:50"
    assert "14:30–14:50" in review.content.decode()
    assert {"kk": "Бұларды сізден", "ru": "Этого мы у вас не спросим", "en": "This we never"}[language] not in service
    assert {"kk": "30 жұмыс минуты", "ru": "30 рабочих минут", "en": "30 working minutes"}[language] in service


@pytest.mark.norm("TRN-S8-P", "TRN-S2")
def test_at_the_counter_the_same_is_told_and_the_ticket_goes_with_it(school, leaving):
    client = entered(school.clerk)
    with world.at("2026-04-15 09:50"):
        ticket = tickets.call(tickets.issue(school.office, "transfer", by=school.clerk), by=school.clerk)
    with world.at(AT):
        category = passports.edition_on("transfer", school.office.today()).categories.get()
        visitor = counter.Brought(full_name="Сейтқали Айжан", language="kk", iin="860621105032")
        draft = counter.begin(school.clerk, school.office, category, visitor)
        address = reverse("admin:counter-draft", args=[draft.ref])
        sent = {**TYPED, "handed_in": list(scene.OFFICE_PAPERS), "ticket": ticket.pk, "act": "take"}
        wrong = client.post(address, {**sent, "coupon_iin": scene.OTHER_IIN})
        assert wrong.status_code == 422
        assert "Это талон другого ребёнка" in wrong.content.decode()
        assert not TransferApplication.objects.exists()
        assert client.post(address, sent).status_code == 302
    case = TransferApplication.objects.get()
    assert (case.state, case.tickets.get()) == ("submitted", ticket)
