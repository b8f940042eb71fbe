"""The standard of duplicates against the printed order, its mistakes kept in the raw text and told."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from calendars.arithmetic import SCHEDULES
from kazservices.passports.models import Edition, Ground
from kazservices.passports.reckoning import services_on
from schools.duplicates.models import ClosedSchool
from tests.conftest import on
from tests.passports.law import cyrillic

ORDER = (Path(__file__).resolve().parents[3] / "fixtures" / "law" / "order-172-2020.txt").read_text(encoding="utf-8")


def row(number: int) -> str:
    return re.search(rf"^{number} (.+(?:\n қоспағанда.+)?)$", ORDER, re.M)[1].replace("\n", "")


def clause(number: int) -> str:
    return re.search(rf"^{number}\. (.+)$", ORDER, re.M)[1].strip()


@pytest.fixture
def edition(db):
    return Edition.objects.on("duplicates", date(2026, 3, 16))


@pytest.fixture
def general(db):
    """The Law's own grounds."""
    return list(Ground.objects.filter(edition=None))


@pytest.fixture
def original(db):
    return Edition.objects.on("original", date(2026, 3, 16))


@pytest.mark.parametrize(
    ("field", "number"),
    [
        pytest.param("provider", 1, marks=pytest.mark.norm("DUP-S1", "DUP-14")),
        pytest.param("channels", 2, marks=pytest.mark.norm("DUP-S2", "DUP-15")),
        pytest.param("term", 3, marks=pytest.mark.norm("DUP-S3-1", "DUP-S3-2", "DUP-S3-3")),
        pytest.param("form", 4, marks=pytest.mark.norm("DUP-S4")),
        pytest.param("result", 5, marks=pytest.mark.norm("DUP-S5-1")),
        pytest.param("result_form", 5, marks=pytest.mark.norm("DUP-S5-3")),
        pytest.param("price", 6, marks=pytest.mark.norm("DUP-S6")),
        pytest.param("schedule", 7, marks=pytest.mark.norm("DUP-S7-3")),
        pytest.param("application", 8, marks=pytest.mark.norm("DUP-S8-3", "DUP-7-3")),
        pytest.param("gateway", 8, marks=pytest.mark.norm("DUP-17")),
    ],
)
def test_each_row_of_the_standard_says_what_is_printed(edition, field, number):
    raw = getattr(edition, f"{field}_raw")
    assert raw
    assert raw in row(number)
    assert getattr(edition, f"{field}_kk")
    assert getattr(edition, f"{field}_ru")


@pytest.mark.norm("CLK-DUP-SCCNT", "DUP-S3-2", "DUP-S3-3")
def test_the_fifteen_minutes_of_the_state_corporation_stand_in_the_term(edition):
    assert edition.term_kk.count("15 минут") == 2


@pytest.mark.norm("DUP-S3-1")
def test_fifteen_days_are_working_days_and_the_defective_row_is_kept_with_a_note(edition):
    assert "15 күні" in edition.term_raw
    assert "15 жұмыс күні" in edition.term_kk
    assert (edition.term_length, edition.term_unit) == (15, "working_days")
    assert "Редактордың ескертпесі" in edition.assumptions.get(gap="GAP-01").text_kk


@pytest.mark.norm("DUP-16", "DUP-2")
def test_it_is_called_as_its_rules_call_it_and_not_by_the_lists_wrong_word(edition):
    assert f'"{edition.name_raw}"' in clause(14)
    assert "төлнұсқаларын" in edition.alias_raw
    assert edition.alias_kk == edition.name_kk


@pytest.mark.norm("DUP-S7-1", "SCHED-3")
def test_the_hours_are_those_of_row_seven(edition):
    hours = SCHEDULES[edition.schedule]
    printed = re.findall(r"\d+\.\d\d", edition.schedule_raw)[:4]
    assert printed == [f"{at.hour}.{at.minute:02}" for at in (*hours.lunch, hours.opens, hours.closes)]


@pytest.mark.norm("DUP-19", "DUP-S10-2", "DUP-9")
def test_the_status_the_contact_centre_and_the_archive_are_told(edition):
    assert edition.acknowledgement_raw == clause(19)
    assert "1414" in edition.other_kk
    assert edition.other_raw.split("\n")[0] in row(10)
    assert edition.other_raw.split("\n")[1] == clause(9)
    assert "1414" in edition.contact_phones


@pytest.mark.norm("DUP-7-1", "DUP-7-2", "DUP-S8-1")
def test_the_reasons_and_their_documents_are_those_of_clause_seven(edition):
    found = {one.code: {r.code for r in one.requirements.all()} for one in edition.categories.all()}
    assert found == {
        "LOST": {"identity"}, "DAMAGED": {"identity", "original"}, "NAME_CHANGED": {"identity", "original"},
    }  # fmt: skip
    assert {one.label_raw for one in edition.categories.all()} == {clause(7)}
    assert {field.code for field in edition.fields.all()} >= {"circumstances", "name_in_document"}


@pytest.mark.norm("DUP-14", "DUP-15", "DUP-27")
def test_the_form_asks_which_document_of_which_year_and_where_it_is_collected(edition):
    choices = {field.code: [one["code"] for one in field.choices] for field in edition.fields.all()}
    assert choices["document"] == ["basic", "general"]
    assert choices["pick_up"] == ["school", "state_corporation"]
    assert "graduated_in" in choices


@pytest.mark.norm("DUP-26-1")
def test_a_refusal_rests_on_the_law_and_on_no_ground_of_its_own(edition):
    assert [(one.code, one.basis_kind) for one in edition.grounds.all()] == [("1", "law"), ("2", "law")]


@pytest.mark.norm("DUP-3", "DUP-5", "DUP-6")
def test_originals_are_issued_by_schools_by_their_own_clauses(original):
    assert (original.provider_raw, original.term_raw, original.other_raw) == (clause(3), clause(6), clause(5))
    assert [one.label_raw[:10] for one in original.categories.all()] == [clause(4)[:10], "Ерекше біл"]


@pytest.mark.norm("DUP-4")
def test_an_original_rests_on_a_commission_or_on_an_order_of_the_head(original):
    assert [one.code for one in original.categories.all()] == ["COMMISSION", "HEAD_ORDER"]


@pytest.mark.norm("DUP-17")
def test_the_identity_is_asked_of_the_register_and_not_of_the_person(edition):
    assert [(one.register, one.for_everyone) for one in edition.register_items.all()] == [("identity", True)]


@pytest.mark.norm("DUP-1")
def test_the_page_names_the_act_on_which_the_service_rests(edition):
    page = Client().get(reverse("portal:service", args=["duplicates"])).content.decode()
    assert "№ 172" in page
    assert "39-бабына" in clause(1)


def test_nobody_applies_for_an_original_and_the_list_of_services_does_not_offer_it(edition, original):
    codes = {service.code for service, _edition in services_on(date(2026, 3, 16))}
    assert "duplicates" in codes
    assert "original" not in codes


@pytest.mark.norm("DUP-9")
def test_the_archive_of_a_closed_school_is_found_by_its_name(edition):
    ClosedSchool.objects.create(
        name_kk="№ 9 орта мектеп", name_ru="Средняя школа № 9", closed_on="2011-08-31", archive_kk="Аудандық архив",
        archive_ru="Районный архив", address_kk="Архив көшесі, 2", address_ru="ул. Архивная, 2",
    )  # fmt: skip
    with on("2026-03-16 10:00"):
        client = Client()
        found = client.get(reverse("portal:board", args=["duplicates"]), {"q": "№ 9"}).content.decode()
        assert "Архив көшесі, 2" in found
        assert (
            "Архив көшесі, 2"
            not in client.get(reverse("portal:board", args=["duplicates"]), {"q": "№ 8"}).content.decode()
        )
        assert client.get(reverse("portal:service", args=["duplicates"])).status_code == 200


def test_kazakh_is_cyrillic(edition):
    assert cyrillic(edition.form_kk) == edition.form_kk


@pytest.mark.norm("LAW-19-1-2")
def test_an_original_knows_no_ground_but_the_laws_own(original, general):
    own = {ground.code: ground.text_kk for ground in original.grounds.all()}
    assert set(own) == {"1", "2"}
    assert set(own.values()) <= {ground.text_kk for ground in general}
