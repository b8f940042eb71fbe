"""The fields that a passport asks: one page of the wizard, kept, signed with the rest, and part of the case."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kazservices.cases.models import Draft
from kazservices.flow import filing
from kazservices.passports.models import Edition, FormField
from tests import world
from tests.conftest import on

AT = "2026-03-20 10:00"  # Fri


@pytest.fixture
def fields(db):
    edition = Edition.objects.get(service="deferral")
    common = {"edition": edition, "norm": "CONS-S8-0"}
    FormField.objects.create(code="child", order=1, kind="iin", label_kk="Баланың ЖСН", label_ru="ИИН", **common)
    FormField.objects.create(
        code="tongue", order=2, kind="choice", label_kk="Тіл", label_ru="Язык", **common,
        choices=[{"code": "kk", "kk": "қазақ", "ru": "казахский"}, {"code": "ru", "kk": "орыс", "ru": "русский"}],
    )  # fmt: skip
    FormField.objects.create(code="born", order=3, kind="day", label_kk="Күні", label_ru="День", **common)
    FormField.objects.create(
        code="twins", order=4, kind="yes_no", required=False, label_kk="Егіз", label_ru="Близнецы", **common
    )
    return edition


@pytest.fixture
def draft(user, place, fields):
    with on(AT):
        draft = world.build_draft(user, place.office)
        filing.choose(draft, place.office, "STUDY")
        filing.answer(draft, {})
        return draft


def test_the_form_stands_between_the_situation_and_the_consent(client, user, draft):
    client.force_login(user)
    with on(AT):
        assert client.get(reverse("portal:consent", args=[draft.ref])).url == reverse("portal:form", args=[draft.ref])
        answer = client.post(
            reverse("portal:form", args=[draft.ref]),
            {"child": "0304 1110 5088", "tongue": "kk", "born": "2020-02-01", "twins": "no"},
        )
    assert answer.url == reverse("portal:consent", args=[draft.ref])
    said = {"child": "030411105088", "tongue": "kk", "born": "2020-02-01", "twins": False}
    assert Draft.objects.get(pk=draft.pk).data["particulars"] == said


def test_a_wrong_field_says_why_and_what_was_typed_stays(client, user, draft):
    client.force_login(user)
    with on(AT):
        answer = client.post(
            reverse("portal:form", args=[draft.ref]), {"child": "030411105087", "tongue": "xx", "born": "2020-02-31"}
        )
    text = answer.content.decode()
    assert text.count("aria-invalid") >= 2
    assert 'value="030411105087"' in text
    assert "particulars" not in Draft.objects.get(pk=draft.pk).data


def test_what_is_signed_holds_the_form(draft):
    with on(AT):
        filing.fill_in(draft, {"child": "030411105088", "tongue": "kk", "born": "2020-02-01"})
        before = filing.content(filing.progress_of(draft))
        filing.fill_in(draft, {"child": "030411105088", "tongue": "ru", "born": "2020-02-01"})
        assert filing.content(filing.progress_of(draft)) != before


@pytest.mark.norm("CONS-S8-1")
def test_nothing_is_filed_with_an_empty_form(user, place, fields):
    with on(AT):
        made = world.filing(user, place.office)
        with pytest.raises(ValidationError) as told:
            world.file_application(made)
    assert told.value.code == "particulars"
