"""The public page of a service answers before anything is filled in."""

from datetime import date

import pytest
from django.utils.html import escape

from kazservices.passports.models import CallUpAct, Edition
from tests.conftest import on

pytestmark = pytest.mark.django_db
PAGE = "/services/deferral/"


def test_the_home_page_says_which_services_are_open(client, read):
    with on("2026-03-20 10:00"):
        page = read(client.get("/"))
    assert "Әскерге шақыруды кейінге қалдыру" in page
    assert "Ашық: 30 маусымға дейін" in page


@pytest.mark.norm("CONS-S10-1")
def test_outside_the_period_the_citizen_is_told_before_filling_anything_in(client, read):
    with on("2026-07-05 10:00"):
        page = read(client.get(PAGE))
    assert "Келесі кезең 1 қыркүйекте басталады" in page
    assert "/services/deferral/apply/" not in page


@pytest.mark.norm("CONS-8", "CLK-0")
def test_the_calculator_counts_the_golden_week(client, read):
    with on("2026-03-16 10:00"):
        page = read(client.get(PAGE, {"day": "2026-03-20", "hour": "17:00"}))
    assert "2 сәуір, бейсенбі, 18:30" in page
    assert "6-жұмыс күні" in page
    assert "Наурыз" in page


def test_filed_after_hours_the_answer_comes_a_day_later_and_the_page_says_so(client, read):
    with on("2026-03-16 10:00"):
        page = read(client.get(PAGE, {"day": "2026-03-20", "hour": "17:00"}))
        late = read(client.get(PAGE, {"day": "2026-03-20", "hour": "18:31"}))
    assert "26 наурыз, бейсенбі" in page
    assert "3 сәуір, жұма, 18:30" in late


def test_a_day_that_is_none_is_an_error_at_its_field(client, read):
    with on("2026-03-16 10:00"):
        page = read(client.get(PAGE, {"day": "2026-02-30", "hour": "17:00"}))
        far = read(client.get(PAGE, {"day": "2090-03-20", "hour": "17:00"}))
    for html in (page, far):
        assert 'id="id_day-error"' in html
        assert 'href="#id_day"' in html
        assert "<title>Қате:" in html


@pytest.mark.norm("CONS-S8-2", "LAW-5-P1")
def test_the_page_says_what_is_never_asked(client, read):
    with on("2026-03-16 10:00"):
        page = read(client.get(PAGE))
    assert "Бұларды сізден сұрамаймыз" in page
    assert "куәландыратын құжат" in page


@pytest.mark.norm("LAW-14-3-1")
def test_the_page_prints_categories_grounds_assumptions_and_the_act(client, read):
    with on("2026-03-16 10:00"):
        page = read(client.get(PAGE))
    for said in ("№ 289", "№ 28065", "Тегін", "18.30", "6 (алты) жұмыс күні", "порталы", "1414"):
        assert said in page
    edition = Edition.objects.on("deferral", date(2026, 3, 16))
    for row in (*edition.categories.all(), *edition.assumptions.all(), *edition.grounds.all()):
        assert escape(getattr(row, "label_kk", "") or row.text_kk)[:60] in page


@pytest.mark.norm("CONS-S9-3")
def test_without_a_call_up_act_the_citizen_is_told_before_filing(client, place, read):
    with on("2026-03-16 10:00"):
        with_act = read(client.get(PAGE))
        CallUpAct.objects.all().delete()
        without = read(client.get(PAGE))
    assert "актісі жүктелмеген" not in with_act
    assert "актісі жүктелмеген" in without


def test_the_page_speaks_russian(client, read):
    client.cookies["django_language"] = "ru"
    with on("2026-03-16 10:00"):
        page = read(client.get(PAGE, {"day": "2026-03-20", "hour": "17:00"}))
    assert '<html lang="ru">' in page
    assert "2 апреля, четверг, 18:30" in page
    assert "Неге" not in page


@pytest.mark.parametrize("path", ["/services/nothing/", "/cases/nothing/", "/nowhere/"])
def test_a_page_that_is_none_says_where_to_go_on(client, path, read):
    page = read(client.get(path), 404)
    assert "Мұндай бет жоқ" in page


@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/personal-data/"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_of_plain_words(client, path, language, read):
    client.cookies["django_language"] = language
    assert f'lang="{language}"' in read(client.get(path))


def test_the_passport_asks_the_database_little(client, place, django_assert_max_num_queries):
    with on("2026-03-16 10:00"):
        client.get(PAGE)
        with django_assert_max_num_queries(16):
            client.get(PAGE)
