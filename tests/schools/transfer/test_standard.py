"""The standard of transfer against the printed order: rows 1 to 10, the grounds, the numbers of the order."""

from functools import cache
from pathlib import Path

import pytest

from kazservices.passports.models import Edition

LAW = Path(__file__).resolve().parents[3] / "fixtures" / "law" / "transfer-2020.txt"
ROWS = {
    1: "1 Көрсетілетін қызметті берушінің атауы", 2: "2 Мемлекеттік қызметті ұсыну тәсілдері",
    3: "3 Мемлекеттік қызмет көрсету мерзімі", 4: "4 Мемлекеттік қызмет көрсету нысаны",
    5: "5 Мемлекеттік қызметті көрсету нәтижесі", 6: "6 Мемлекеттік қызмет көрсету кезінде көрсетілген",
    7: "7 Жұмыс уақыты", 8: "8 Мемлекеттік қызмет көрсету үшін қажетті құжаттар тізбесі",
    9: "9 Қазақстан Республикасының заңнамасында белгіленген", 10: "10 Мемлекеттік қызметті, оның ішінде",
}  # fmt: skip


@cache
def printed() -> dict[int, str]:
    """The text of each row, cut at the heads of the rows without any help from the passport."""
    text = " ".join(LAW.read_text(encoding="utf-8").split())
    starts = [*(text.index(head) for head in ROWS.values()), len(text)]
    return {row: text[starts[n] : starts[n + 1]].strip() for n, row in enumerate(ROWS)}


@pytest.fixture
def edition(db):
    return Edition.objects.get(code="transfer-2020")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param(1, "provider", marks=pytest.mark.norm("TRN-S1")),
        pytest.param(2, "channels", marks=pytest.mark.norm("TRN-S2")),
        pytest.param(3, "term", marks=pytest.mark.norm("TRN-S3")),
        pytest.param(4, "form", marks=pytest.mark.norm("TRN-S4")),
        pytest.param(5, "result", marks=pytest.mark.norm("TRN-S5-1", "TRN-S5-2")),
        pytest.param(5, "result_form", marks=pytest.mark.norm("TRN-S5-3", "TRN-S5-4")),
        pytest.param(7, "schedule", marks=pytest.mark.norm("TRN-S7-1", "TRN-S7-2")),
        pytest.param(8, "application", marks=pytest.mark.norm("TRN-S8-E")),
        pytest.param(10, "other", marks=pytest.mark.norm("TRN-S10-1", "TRN-S10-2", "TRN-S10-3")),
    ],
)
def test_a_row_says_what_the_order_prints(edition, row, field):
    raw, kazakh = getattr(edition, f"{field}_raw"), getattr(edition, f"{field}_kk")
    assert raw == kazakh
    assert len(raw) > 15
    assert raw in printed()[row]
    assert getattr(edition, f"{field}_ru")


@pytest.mark.norm("TRN-S6")
def test_the_service_is_free(edition):
    assert (edition.price, edition.price_raw, edition.price_ru) == (0, "Тегін", "Бесплатно")
    assert "Тегін" in printed()[6]


@pytest.mark.norm("TRN-S3", "TRN-S10-2")
def test_the_term_is_thirty_minutes_in_the_row_and_in_the_number(edition):
    assert "30 минут" in edition.term_raw
    assert "30 минуттан аспайды" in edition.other_raw
    assert (edition.term_length, edition.term_unit, edition.schedule) == (30, "working_minutes", "school")


@pytest.mark.norm("TRN-S10-3")
def test_where_one_may_ask_from_afar(edition):
    for way in ('"1414"', "8-800-080-7777", "анықтамалық қызметтері", "жеке кабинет"):
        assert way in edition.other_raw
    assert edition.contact_phones == ["1414", "8-800-080-7777"]


@pytest.mark.norm("TRN-S2", "TRN-S4")
def test_one_applies_by_the_portal_and_at_the_school(edition):
    assert edition.channels_open == ["portal", "office"]
    assert edition.form_raw == "Электронды / қағаз түрінде."


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("1", "дәйексіздігі анықталса", marks=pytest.mark.norm("TRN-S9-1")),
        pytest.param("2", "Үлгілік қағидаларында белгіленген", marks=pytest.mark.norm("TRN-S9-2")),
        pytest.param("3", "сынып-жинақталымының шамадан тыс толуы", marks=pytest.mark.norm("TRN-S9-3")),
    ],
)
def test_a_ground_is_printed_word_for_word(edition, code, words):
    ground = edition.grounds.get(code=code)
    assert words in ground.text_kk
    assert ground.text_raw in printed()[9]
    assert edition.grounds.count() == 3


@pytest.mark.norm("TRN-S9-2")
def test_the_order_is_named_by_its_right_number_and_the_source_by_its_own(edition):
    """Registration number 17553 belongs to order 564; the source says 546 (GAP-03)."""
    ground = edition.grounds.get(code="2")
    assert "№ 546" in ground.text_raw
    assert "№ 564" in ground.text_kk
    assert "№ 564" in ground.text_ru
    assert ground.text_kk == ground.text_raw.replace("№ 546", "№ 564")


@pytest.mark.norm("TRN-S8-P", "TRN-S8-E")
def test_the_documents_are_those_of_the_order_and_no_others(edition):
    asked = {r.code: (r.text_raw, r.channels) for r in edition.categories.get().requirements.all()}
    assert set(asked) == {"coupon_copy", "application", "identity_document", "coupon"}
    assert all(words in printed()[8] for words, _channels in asked.values())
    assert [code for code, (_words, channels) in asked.items() if channels == ["portal"]] == ["coupon_copy"]


@pytest.mark.norm("TRN-S1", "TRN-S7-1")
def test_the_hours_of_the_school_stand_in_the_row(edition):
    for words in ("дүйсенбіден бастап жұманы қоса алғанда", "13.00-ден 14.30-ға", "9.00-ден 18.30-ға"):
        assert words in edition.schedule_raw
    assert "Бастауыш, негізгі орта, жалпы орта білім беру ұйымдары" in edition.provider_raw


def test_the_service_is_called_as_its_rules_call_it_and_by_its_standards_title_too(edition):
    """The title of the standard lacks «Бастауыш»: the name of the Rules is the primary one (GAP-10)."""
    law = LAW.read_text(encoding="utf-8")
    assert f'"{edition.name_raw}"' in law or edition.name_raw in law
    assert f'"{edition.alias_raw}"' in law
    assert not edition.hearing_required
    assert {row.gap for row in edition.assumptions.all()} >= {
        "GAP-22",
        "GAP-32",
        "GAP-37",
        "GAP-18",
        "GAP-03",
        "GAP-08",
    }
