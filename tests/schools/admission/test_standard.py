"""The rows of the standard as the page of the school prints them; and what the editions decide beside it."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kazservices.passports import service as passports
from kazservices.passports.models import Edition, NoEdition
from tests import world

from . import scene

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[3] / "fixtures" / "law" / "admission-rules.txt"


def source() -> str:
    return " ".join(SOURCE.read_text(encoding="utf-8").split())


@pytest.fixture
def edition():
    return Edition.objects.get(code="admission-2020")


@pytest.mark.parametrize(
    ("field", "after"),
    [
        pytest.param("provider", "1 Көрсетілетін қызметті берушінің атауы", marks=pytest.mark.norm("ADM-S1")),
        pytest.param("channels", "ұсыну тәсілдері", marks=pytest.mark.norm("ADM-S2", "ADM-9-1")),
        pytest.param("term", "Мемлекеттік қызметті көрсету мерзімі", marks=pytest.mark.norm("ADM-S3-1", "ADM-S3-2")),
        pytest.param("form", "Мемлекеттік қызметті көрсету нысаны", marks=pytest.mark.norm("ADM-S4")),
        pytest.param("result", "Мемлекеттік қызметті көрсету нәтижелері", marks=pytest.mark.norm("ADM-S5-1")),
        pytest.param("price", "оны алу тәсілдері", marks=pytest.mark.norm("ADM-S6")),
        pytest.param("schedule", "7 Жұмыс кестесі", marks=pytest.mark.norm("ADM-S7-1", "ADM-S7-2", "SCHED-2")),
        pytest.param("application", "Порталға:", marks=pytest.mark.norm("ADM-S8-E1")),
        pytest.param("gateway", "өлшеміндегі цифрлық фотосуреті.", marks=pytest.mark.norm("ADM-S8-G")),
        pytest.param("acknowledgement", "шлюзі арқылы алады.", marks=pytest.mark.norm("ADM-S8-N")),
    ],
)
@pytest.mark.parametrize("code", ["admission-2020", "admission-classes-2020"])
def test_a_row_says_what_the_standard_prints_after_these_words(code, field, after):
    edition = Edition.objects.get(code=code)
    raw = getattr(edition, f"{field}_raw")
    assert f"{after} {raw}" in source()
    assert getattr(edition, f"{field}_kk").rstrip(" ;") == raw.rstrip(" ;")
    assert getattr(edition, f"{field}_ru")


@pytest.mark.norm("ADM-S5-2", "ADM-S5-3", "ADM-S5-5")
@pytest.mark.parametrize("code", ["admission-2020", "admission-classes-2020"])
def test_the_form_of_the_result_is_told_with_the_turns_and_the_paper(code):
    edition = Edition.objects.get(code=code)
    for words in ("туралы хабарлама келеді", "үш көрсетілетін қызметті алушыға", "қағаз жеткізгіште ресімделеді"):
        assert words in edition.result_form_kk
    assert edition.result_form_raw in source()


BOTH = ("admission-2020", "admission-classes-2020")
ROWS = ("name", "provider", "channels", "term", "form", "result", "price", "schedule", "other")


@pytest.mark.norm("LAW-14-3-1")
@pytest.mark.parametrize("code", BOTH)
@pytest.mark.parametrize("field", ROWS)
def test_every_row_of_the_standard_stands_in_both_languages(code, field):
    edition = Edition.objects.get(code=code)
    raw, kazakh, russian = (getattr(edition, f"{field}_{language}") for language in ("raw", "kk", "ru"))
    assert raw in source()
    assert kazakh
    assert russian


@pytest.mark.norm("LAW-19-1-5")
@pytest.mark.parametrize("code", BOTH)
def test_a_ground_that_no_law_sets_says_on_what_it_rests(code):
    """That the class is full is a ground of the standard alone, beside the law's own (GAP-18)."""
    kinds = {ground.code: ground.basis_kind for ground in Edition.objects.get(code=code).grounds.all()}
    assert kinds["3"] == "sublaw"
    for ground in Edition.objects.get(code=code).grounds.all():
        assert ground.basis_kk
        assert ground.basis_ru


@pytest.mark.norm("LAW-5-2-1")
@pytest.mark.parametrize("code", BOTH)
def test_nothing_is_provided_before_the_first_day_of_the_edition(code, school):
    edition = Edition.objects.get(code=code)
    with world.at("2026-03-02 10:00"):
        passports.switch(edition, on=True, reason="Тексерілді", by=school.operator)
    assert passports.edition_on(edition.service_id, edition.valid_from) == edition
    with pytest.raises(NoEdition):
        passports.edition_on(edition.service_id, edition.valid_from - timedelta(days=1))


@pytest.mark.norm("ADM-1")
def test_the_service_is_called_as_the_rules_call_it(edition):
    assert f'"{edition.name_raw}"' in source()
    assert (edition.service.name_kk, edition.price) == (edition.name_kk, Decimal(0))


@pytest.mark.norm("ADM-S9-1", "ADM-S9-2", "ADM-S9-3")
def test_the_grounds_are_those_of_row_nine_with_the_number_of_the_order_put_right(edition):
    raw = [ground.text_raw for ground in edition.grounds.all()]
    assert all(text in source() for text in raw)
    assert [bool(re.search("№ 546", text)) for text in raw] == [False, True, False]
    assert not any("546" in ground.text_kk + ground.text_ru for ground in edition.grounds.all())


@pytest.mark.norm("ADM-S10-3")
def test_nothing_of_a_case_is_told_to_who_is_not_of_it(edition, school, pool, client):
    assert "келісімімен" in edition.other_kk
    with world.at("2026-04-01 10:00"):
        case = scene.apply(school)
        client.force_login(scene.parent())
        assert client.get(f"/cases/{case.ref}/").status_code == 404


def test_the_later_edition_is_reported_off_and_open_to_31_august_once_switched_on(school):
    later = Edition.objects.get(code="admission-2025")
    assert (later.source_status, later.on_by_default) == ("reported", False)
    assert passports.edition_on("admission", date(2026, 8, 20)).code == "admission-2020"
    scene.pool(school)
    passports.switch(later, on=True, reason="Ресми мәтінмен салыстырылды", by=school.operator)
    with world.at("2026-08-31 18:29"):
        assert scene.apply(school).edition == later


@pytest.mark.norm("ADM-10")
def test_the_other_classes_and_the_clauses_that_are_absent_stay_off(edition):
    with pytest.raises(NoEdition):
        passports.edition_on("admission_classes", date(2026, 6, 1))
    assert "GAP-04" in Edition.objects.get(code="admission-classes-2020").assumptions.values_list("gap", flat=True)
