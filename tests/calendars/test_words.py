from datetime import date, datetime

import pytest

from calendars import words
from calendars.arithmetic import DayKind
from calendars.kazakhstan import HOLIDAYS, HOLIDAYS_LAW, LABOUR_CODE
from calendars.shipped import shipped_shifts
from calendars.vocabulary import HOLIDAY_NAMES, KIND_NAMES, MONTHS

DAY = date(2026, 4, 2)
LANGUAGES = ("kk", "ru", "en")


def test_dates_for_citizens_and_for_staff():
    assert words.citizen_date(DAY, "kk") == "2 сәуір, бейсенбі"
    assert words.citizen_date(DAY, "ru", year=True) == "2 апреля 2026 года, четверг"
    assert words.citizen_date(DAY, "kk", year=True) == "2026 жылғы 2 сәуір, бейсенбі"
    assert words.citizen_datetime(datetime(2026, 4, 2, 18, 30), "en") == "2 April, Thursday, 18:30"
    assert words.staff_date(date(2026, 3, 30), "kk") == "30.03.2026, дс"
    assert words.staff_datetime(datetime(2026, 3, 30, 9, 5), "ru") == "30.03.2026, пн, 09:05"


ENDINGS = {1: "қаңтардан", 2: "ақпаннан", 3: "наурыздан", 4: "сәуірден", 5: "мамырдан", 6: "маусымнан"}
ENDINGS |= {7: "шілдеден", 8: "тамыздан", 9: "қыркүйектен", 10: "қазаннан", 11: "қарашадан", 12: "желтоқсаннан"}


@pytest.mark.parametrize(("month", "kk"), ENDINGS.items())
def test_not_later_than_takes_the_ending_of_the_month(month, kk):
    assert words.not_later_than(date(2026, month, 2), "kk") == f"2 {kk} кешіктірмей"


def test_until_and_on_a_day():
    assert words.until(date(2026, 6, 30), "kk") == "30 маусымға дейін"
    assert words.until(date(2026, 6, 30), "ru") == "до 30 июня"
    assert words.on_day(date(2026, 9, 1), "kk") == "1 қыркүйекте"
    assert words.on_day(date(2026, 9, 1), "ru") == "1 сентября"
    assert words.not_later_than(DAY, "ru") == "не позднее 2 апреля"
    assert words.not_later_than(DAY, "en") == "by 2 April at the latest"


@pytest.mark.parametrize(
    ("minutes", "kk", "ru", "en"),
    [
        (960, "2 жұмыс күні қалды", "Осталось 2 рабочих дня", "2 working days left"),
        (500, "1 жұмыс күні қалды", "Остался 1 рабочий день", "1 working day left"),
        (2400, "5 жұмыс күні қалды", "Осталось 5 рабочих дней", "5 working days left"),
        (400, "6 сағ 40 мин қалды", "Осталось 6 ч 40 мин", "6 h 40 min left"),
        (60, "1 сағ қалды", "Осталось 1 ч", "1 h left"),
        (0, "0 мин қалды", "Осталось 0 мин", "0 min left"),
        (-80, "Мерзімі 1 сағ 20 мин өтіп кетті", "Срок истёк 1 ч 20 мин назад", "Overdue by 1 h 20 min"),
        (-960, "Мерзімі 2 жұмыс күні өтіп кетті", "Срок истёк 2 рабочих дня назад", "Overdue by 2 working days"),
    ],
)
def test_the_time_left_in_words(minutes, kk, ru, en):
    assert [words.left_words(minutes, 480, lang) for lang in LANGUAGES] == [kk, ru, en]


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1-і"), (2, "2-сі"), (6, "6-сы"), (9, "9-ы"), (10, "10-ы"), (14, "14-і"), (20, "20-сы"), (30, "30-ы"),
     (50, "50-і"), (100, "100-і"), (120, "120-сы"), (0, "0-і")],
)  # fmt: skip
def test_a_kazakh_number_takes_the_ending_of_its_last_word(number, said):
    assert words.possessive_kk(number) == said


def test_how_many_days_count():
    assert words.counted_words(14, 6, "kk") == "14 күннің 6-сы жұмыс күні ретінде есептеледі"
    assert words.counted_words(14, 6, "ru") == "Из 14 дней считаются 6 рабочих дней"
    assert words.counted_words(21, 1, "ru") == "Из 21 дня считается 1 рабочий день"
    assert words.counted_words(14, 6, "en") == "Of 14 days 6 count as working days"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_holiday_and_act_has_words(lang):
    assert all(KIND_NAMES[kind][lang] for kind in DayKind)
    assert all(HOLIDAY_NAMES[key][lang] for key in {holiday.key for holiday in HOLIDAYS} | {"kurban_ait"})
    acts = {HOLIDAYS_LAW, LABOUR_CODE} | {row.act for row in shipped_shifts()}
    assert all("№" in words.act_words(act, lang) or "No" in words.act_words(act, lang) for act in acts)
    assert words.act_words("an operator's own words", lang) == "an operator's own words"


def test_no_latin_letter_stands_in_a_kazakh_word():
    said = [names["kk"] for table in (KIND_NAMES, HOLIDAY_NAMES) for names in table.values()]
    said += MONTHS["kk"]
    assert not [text for text in said if any("a" <= letter.lower() <= "z" for letter in text)]
