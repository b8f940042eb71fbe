"""Two offices of the State Corporation beside one school: one chooses; each has its own registers and store."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kazservices.cases.models import Case, Channel, Draft
from kazservices.documents.service import attach
from kazservices.flow.counter import drafts_of
from kazservices.flow.door import advance
from kazservices.flow.manifest import manifest_of
from kazservices.flow.particulars import ParticularsForm
from kazservices.notices.models import Notice
from kazservices.passports import service as passports
from schools.duplicates import exchange
from schools.duplicates.models import DeliveryRun, Partner
from schools.duplicates.states import State
from tests import world
from tests.browsing import check, enter, phone, stand_at
from tests.conftest import on

from . import counter
from .conftest import build_corporation, sign_and_issue

AT = "2026-03-16 10:00"


@pytest.fixture
def second(school, corporation):
    place = build_corporation("91")
    Partner.objects.create(school=school.office, corporation=place.office)
    return place


def fields(school, office):
    with on(AT):
        category = passports.edition_on("duplicates", school.office.today()).categories.get(code="LOST")
        return ParticularsForm(category=category, office=office).fields


@pytest.mark.norm("DUP-26-3")
def test_one_chooses_only_where_there_is_a_choice(school, corporation):
    assert "corporation" not in fields(school, school.office)
    other = build_corporation("91")
    Partner.objects.create(school=school.office, corporation=other.office)
    asked = fields(school, school.office)["corporation"]
    assert [code for code, _name in asked.choices] == ["", "90", "91"]


@pytest.mark.norm("DUP-27", "DUP-26-3")
def test_the_chosen_office_hands_it_over_and_no_other_sees_it(user, school, corporation, second):
    with on(AT):
        case = counter.apply(user, school.office, pick_up="state_corporation", corporation="91")
    assert case.corporation == second.office
    assert "Орталық көше, 5" in Notice.objects.filter(case=case, letter="duplicate_taken").first().body
    assert list(Case.objects.visible_to(second.clerk)) == [case.case_ptr]
    assert not Case.objects.visible_to(corporation.clerk).exists()


@pytest.mark.norm("DUP-27")
def test_none_chosen_is_told_at_the_field_and_one_of_elsewhere_is_not_taken(user, school, corporation, second):
    with on(AT):
        with pytest.raises(ValidationError) as told:
            counter.apply(user, school.office, pick_up="state_corporation")
        assert set(told.value.message_dict) == {"corporation"}
        with pytest.raises(ValidationError):
            counter.apply(user, school.office, pick_up="state_corporation", corporation="70")
    assert not Case.objects.exists()


@pytest.mark.norm("DUP-27")
def test_the_form_says_already_that_an_office_is_to_be_chosen(user, school, corporation, second):
    with on(AT):
        made = counter.filing(user, school.office, pick_up="state_corporation")
        with pytest.raises(ValidationError) as told:
            manifest_of("duplicates").check(made, school.office.today())
    assert set(told.value.message_dict) == {"corporation"}


def test_collected_at_the_school_no_office_is_named(user, school, corporation, second):
    with on(AT):
        assert counter.apply(user, school.office, corporation="91").corporation is None


@pytest.mark.norm("DUP-26-2")
def test_what_an_office_took_in_it_also_hands_over(school, corporation, second):
    with on(AT):
        case = counter.apply(second.clerk, school.office, channel=Channel.STATE_CORPORATION, recipient=counter.person())
    assert case.corporation == second.office


@pytest.mark.norm("DUP-22", "DUP-23")
def test_registers_runs_and_store_are_per_office(user, school, corporation, second, blanks):
    other = world.build_recipient("000101100024")
    with on(AT):
        cases = {}
        for person, place, blank in ((user, corporation, blanks[0]), (other, second, blanks[1])):
            said = {"pick_up": "state_corporation", "corporation": place.office.code}
            case = advance(counter.apply(person, school.office, **said), "write_out", by=school.clerk, blank=blank.pk)
            cases[place.office] = sign_and_issue(case, school)
        for office, case in cases.items():
            assert list(exchange.waiting("results", school=school.office, corporation=office)) == [case]
        sent = exchange.send(
            "results", school=school.office, corporation=second.office, cases=[cases[second.office]], by=school.clerk
        )
    with on("2026-03-17 10:00"):
        with pytest.raises(PermissionDenied):
            exchange.countersign(sent, arrived=[1], by=corporation.clerk)
        exchange.countersign(sent, arrived=[1], by=second.clerk)
        exchange.record_run(school=school.office, corporation=second.office, by=second.clerk)
        exchange.record_run(school=school.office, corporation=corporation.office, by=corporation.clerk)
    states = {office: Case.objects.get(pk=case.pk).status for office, case in cases.items()}
    assert states == {corporation.office: State.PREPARED, second.office: State.WITH_CORPORATION}
    assert list(DeliveryRun.objects.values_list("number", flat=True)) == [1, 1]


def test_an_office_sees_what_its_own_counter_writes_down(client, school, corporation, second):
    with on(AT):
        category = passports.edition_on("duplicates", school.office.today()).categories.get(code="LOST")
        client.force_login(second.clerk)
        said = {"situation": f"{school.office.pk}-{category.pk}", "iin": "000101100016", "full_name": "Қасымов Айдар",
                "language": "kk"}  # fmt: skip
        client.post(reverse("admin:counter"), said)
        draft = Draft.objects.get()
        assert list(drafts_of([second.office])) == [draft]
        assert not drafts_of([corporation.office]).exists()


def test_a_pair_stands_once(school, corporation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.create(school=school.office, corporation=corporation.office)


@pytest.fixture(params=["kk", "ru"])
def page(chromium, live_server, request):
    page = phone(chromium, live_server, request.param)
    page.set_default_timeout(20_000)
    yield page
    page.context.close()


@pytest.fixture
def draft(user, school, second):
    with on(AT):
        made = counter.filing(user, school.office).draft
        made.data = {"category": "LOST", "answers": {"school_closed": False}}
        made.save()
        attach(made, "birth_certificate", world.picture(), by=user)
    return made


@pytest.mark.django_db(transaction=True)
def test_the_form_and_the_exchange_of_two_offices(page, live_server, monkeypatch, school, draft):
    stand_at(monkeypatch, AT)
    enter(page, live_server, draft.user)
    page.goto(live_server.url + reverse("portal:form", args=[draft.ref]))
    check(page)
    enter(page, live_server, school.clerk)
    page.goto(live_server.url + reverse("admin:service-page", args=["duplicates", "exchange"]))
    check(page, by_keyboard=False)
