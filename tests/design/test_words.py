"""Dates, terms and bilingual columns in the reader's words."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from kazservices.clock import fixed_at
from kazservices.design.pieces import HeatCell

from . import samples


def draw(source, language="kk", **context):
    with translation.override(language):
        return Template("{% load design %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("minutes", "kk", "ru"),
    [
        (400, "6 сағ 40 мин қалды", "Осталось 6 ч 40 мин"),
        (480, "1 жұмыс күні қалды", "Остался 1 рабочий день"),
        (960, "2 жұмыс күні қалды", "Осталось 2 рабочих дня"),
        (-80, "Мерзімі 1 сағ 20 мин өтіп кетті", "Срок истёк 1 ч 20 мин назад"),
    ],
)
def test_working_time_left_is_said_in_words(minutes, kk, ru):
    assert draw("{{ m|working_time_left:480 }}", m=minutes) == kk
    assert draw("{{ m|working_time_left:480 }}", "ru", m=minutes) == ru


@pytest.mark.parametrize(("minutes", "kind"), [(-1, "bad"), (0, "warn"), (479, "warn"), (480, "ok")])
def test_less_than_a_working_day_is_amber(minutes, kind):
    assert draw("{{ m|urgency:480 }}", m=minutes) == kind


def test_a_moment_is_told_by_the_clock_of_almaty():
    assert draw("{{ at|staff_datetime }}", at=samples.at(30, 18, 30)) == "30.03.2026, дс, 18:30"
    with fixed_at(samples.at(30, 12)):
        assert draw("{{ at|citizen_datetime }}", at=samples.at(2, 18, 30, 4)) == "2 сәуір, бейсенбі, 18:30"
        assert draw("{{ at|citizen_date }}", "ru", at=date(2026, 4, 2)) == "2 апреля, четверг"


def test_a_day_of_another_year_is_told_to_a_citizen_with_its_year():
    with fixed_at(samples.at(30, 12)):
        assert draw("{{ at|citizen_date }}", "ru", at=date(2025, 9, 5)) == "5 сентября 2025 года, пятница"
        assert draw("{{ at|citizen_date }}", at=date(2025, 9, 5)) == "2025 жылғы 5 қыркүйек, жұма"


def test_the_iin_is_masked():
    assert draw("{{ iin|masked_iin }}", iin="000101500006") == "000101••••06"
    assert draw("{{ iin|masked_iin }}", iin="") == ""


@pytest.mark.parametrize(("language", "said"), [("kk", "Қызмет"), ("ru", "Услуга"), ("en", "Қызмет")])
def test_a_bilingual_row_answers_in_the_readers_language(language, said):
    row = SimpleNamespace(name_kk="Қызмет", name_ru="Услуга")
    assert draw('{{ row|in_language:"name" }}', language, row=row) == said
    assert draw('{{ row|in_language:"name" }}', language, row=vars(row)) == said


def test_a_missing_translation_falls_back_rather_than_silent():
    assert draw('{{ row|in_language:"name" }}', "ru", row=SimpleNamespace(name_kk="Қызмет", name_ru="")) == "Қызмет"


def test_every_day_of_the_strip_has_its_sentence():
    html = draw(
        "{% calendar_strip days accepted=a due=d today=t %}",
        days=samples.GOLDEN,
        a=date(2026, 3, 20),
        d=date(2026, 4, 2),
        t=date(2026, 3, 30),
    )
    for said in ("қабылдау күні", "Наурыз", "3-жұмыс күні", "Мерзім осы күні аяқталады", "Бұл — бүгін"):
        assert said in html
    assert "one-row" in html
    assert "start-5" in html


def test_a_long_term_is_drawn_in_weeks():
    days = samples.GOLDEN + [samples.GOLDEN[0]]
    assert "one-row" not in draw("{% calendar_strip days %}", days=days)


def test_the_six_steps_of_heat():
    assert [HeatCell(share).step for share in (100, 99.5, 98, 97.5, 96, 95.9, None)] == [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "none",
    ]


def test_the_demo_clock_stands_on_the_page(settings):
    settings.KAZ_CLOCK = "demo"
    with fixed_at(samples.at(20, 17)):
        assert "20.03.2026, жм, 17:00" in draw('{% include "design/demo_clock.html" %}')
    settings.KAZ_CLOCK = "real"
    assert draw('{% include "design/demo_clock.html" %}').strip() == ""


def test_a_size_is_told_in_the_readers_units():
    assert draw("{{ n|file_size }}", n=1_363_149) == "1,3 МБ"
    assert draw("{{ n|file_size }}", "en", n=300) == "1 KB"
