"""Rows 1 to 7 and 10 of both standards, the whole passport, and the price, against the printed order and law."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CharField, TextField

from calendars.arithmetic import SCHEDULES
from kazservices.passports.models import Edition, NoEdition
from kazservices.passports.service import edition_on, windows
from kazservices.passports.shapes import latin_word

from . import law

SERVICES = ("deferral", "exemption")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def every_row(edition):
    """The edition and all that hangs on it."""
    yield edition
    for relation in ("windows", "assumptions", "register_items", "grounds", "categories"):
        yield from getattr(edition, relation).all()
    for category in edition.categories.all():
        for relation in ("variants", "questions", "requirements"):
            yield from getattr(category, relation).all()


@pytest.mark.norm("CONS-S0")
@pytest.mark.parametrize("service", SERVICES)
def test_the_service_is_called_as_its_rules_call_it_and_by_its_standards_title_too(editions, service):
    edition = editions[service]
    title = re.match('"(.+)" мемлекеттік көрсетілетін қызмет стандарты', law.standard(service)[0])[1]
    rules = f'"{edition.name_raw}" мемлекеттік қызметін көрсету қағидаларында:'
    assert edition.alias_raw == title
    assert rules in law.order()
    assert (edition.service.name_kk, edition.service.alias_kk) == (edition.name_kk, edition.alias_kk)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("field", "heading"),
    [
        pytest.param("provider", "Көрсетілетін қызметті берушінің атауы", marks=pytest.mark.norm("CONS-S1")),
        pytest.param("channels", ("ұсыну тәсілдері", 2), marks=pytest.mark.norm("CONS-S2")),
        pytest.param("term", "Мемлекеттік қызмет көрсету мерзімі", marks=pytest.mark.norm("CONS-S3")),
        pytest.param("form", "Мемлекеттік қызмет көрсету нысаны", marks=pytest.mark.norm("CONS-S4")),
        pytest.param("result", "Мемлекеттік қызмет көрсету нәтижесі", marks=pytest.mark.norm("CONS-S5")),
        pytest.param("price", ("төлемнің мөлшері", 6), marks=pytest.mark.norm("CONS-S6")),
    ],
)
def test_a_row_says_what_the_standard_prints_below_its_heading(editions, service, field, heading):
    words = heading if isinstance(heading, str) else heading[0]
    lines = law.standard(service)
    place = next(n for n, line in enumerate(lines) if words in line)
    edition = editions[service]
    assert getattr(edition, f"{field}_raw") == lines[place + 1]
    assert getattr(edition, f"{field}_kk") == law.cyrillic(lines[place + 1])
    assert getattr(edition, f"{field}_ru")


@pytest.mark.norm("CONS-S3")
@pytest.mark.parametrize("service", SERVICES)
def test_the_term_is_the_number_printed_in_working_days(editions, service):
    printed = re.search(r"(\d+) \(алты\) жұмыс күні", law.after(service, "Мемлекеттік қызмет көрсету мерзімі"))
    assert (editions[service].term_length, editions[service].term_unit) == (int(printed[1]), "working_days")


@pytest.mark.norm("CONS-S5")
@pytest.mark.parametrize("service", SERVICES)
def test_the_result_comes_in_electronic_form(editions, service):
    assert editions[service].result_form_raw == law.line_with(service, "нәтижесін ұсыну нысаны")


@pytest.mark.norm("CONS-S4")
def test_fully_automated_is_printed_with_the_note_that_a_commission_decides(editions):
    for edition in editions.values():
        assert "толық автоматтандырылған" in edition.form_kk
        assert edition.assumptions.filter(gap="GAP-11").exists()


@pytest.mark.norm("CONS-S6", "LAW-24")
def test_the_service_costs_nothing_and_the_database_takes_no_other_price(deferral):
    assert "төлемақы белгілеуге жол берілмейді" in " ".join(law.services_law())
    assert deferral.price == Decimal(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=deferral.pk).update(price=1)


@pytest.mark.norm("CONS-S7-1", "SCHED-1")
@pytest.mark.parametrize("service", SERVICES)
def test_the_office_keeps_the_hours_printed_in_row_seven(editions, service):
    edition = editions[service]
    printed = law.line_with(service, "сағат 9.00-ден 18.30-ға дейін, түскі асқа үзіліс сағат 13.00-ден 14.30-ға дейін")
    schedule = SCHEDULES[edition.schedule]
    hours = [f"{at.hour}.{at.minute:02}" for at in (schedule.opens, schedule.closes, *schedule.lunch)]
    assert re.findall(r"\d+\.\d\d", printed) == hours
    assert printed in edition.schedule_raw
    assert "дүйсенбіден бастап жұмаға дейін" in printed
    assert schedule.week == "five"


@pytest.mark.norm("CONS-S7-2", "SCHED-5")
@pytest.mark.parametrize("service", SERVICES)
def test_the_portal_is_open_day_and_night_and_says_which_day_counts(editions, service):
    edition = editions[service]
    assert law.line_with(service, "порталда – жөндеу жұмыстарын") in edition.schedule_raw
    assert "тәулік бойы" in edition.schedule_kk
    assert "круглосуточно" in edition.schedule_ru


@pytest.mark.norm("CONS-S8-0")
@pytest.mark.parametrize("service", SERVICES)
def test_every_category_wants_the_application_signed_by_eds_or_one_time_password(editions, service):
    printed, edition = law.line_with(service, law.APPLICATION), editions[service]
    assert {category["applications"] for category in law.categories(service).values()} == {1}
    assert edition.application_raw == printed
    assert edition.eds_accepted is ("ЭЦҚ-сымен" in printed) is True
    assert edition.otp_accepted is ("бірреттік парольмен" in printed) is True
    for category in edition.categories.all():
        assert law.APPLICATION not in " ".join(category.requirements.values_list("text_raw", flat=True))


@pytest.mark.norm("CONS-S8-4")
@pytest.mark.parametrize("service", SERVICES)
def test_the_passport_promises_the_mark_of_acceptance_with_the_date_of_the_result(editions, service):
    assert editions[service].acknowledgement_raw == law.line_with(service, "нәтижесін алу күні көрсетіле отырып")


@pytest.mark.norm("CONS-S10-1", "WIN-CONS")
@pytest.mark.parametrize("service", SERVICES)
def test_applications_are_taken_in_within_the_two_periods_of_row_ten(editions, service):
    edition = editions[service]
    loaded = [(*window.opens, *window.closes) for window in windows(edition)]
    assert loaded == law.windows(service) == [(3, 1, 6, 30), (9, 1, 12, 30)]
    assert {window.last_day_off for window in windows(edition)} == {"submission"}
    assert {window.norm for window in edition.windows.all()} == {"CONS-S10-1"}


@pytest.mark.norm("CONS-S10-1")
def test_the_treatment_of_a_last_day_off_is_printed_as_our_assumption(editions):
    for edition in editions.values():
        assert {"GAP-23", "GAP-24"} <= set(edition.assumptions.values_list("gap", flat=True))


@pytest.mark.norm("CONS-S10-2")
@pytest.mark.parametrize("service", SERVICES)
def test_the_passport_names_the_phones_and_addresses_of_row_ten(editions, service):
    edition, printed = editions[service], law.line_with(service, "ақпаратты бірыңғай байланыс орталығының")
    phones = re.search(r"орталығының (.+?) телефоны", printed)[1].split(", ")
    assert edition.contact_phones == phones == ["1414", "8 800 080 7777"]
    start = law.standard(service).index(law.line_with(service, "өтінішті қабылдау кезеңі"))
    assert edition.other_raw.splitlines() == law.standard(service)[start : start + 4]
    assert "www.gov4c.kz" in edition.other_ru


@pytest.mark.norm("LAW-14-3-1")
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("named", "holds"),
    [
        ("мемлекеттік көрсетілетін қызметтің атауын;", lambda e: e.name_raw),
        ("көрсетілетін қызметті берушінің атауын;", lambda e: e.provider_raw),
        ("мемлекеттік қызмет көрсету тәсілдерін;", lambda e: e.channels_raw),
        ("мемлекеттік қызмет көрсету мерзімін;", lambda e: e.term_raw),
        ("мемлекеттік қызмет көрсету нысанын;", lambda e: e.form_raw),
        ("мемлекеттік қызмет көрсету нәтижесін;", lambda e: e.result_raw),
        ("төлемақы мөлшерін", lambda e: e.price_raw),
        ("көрсетілетін қызметті берушінің жұмыс графигін;", lambda e: e.schedule_raw),
        ("қажетті құжаттардың тізбесін;", lambda e: e.categories.first().requirements.first().text_raw),
        ("Қазақстан Республикасының заңдарында белгіленген негіздерді", lambda e: e.grounds.first().text_raw),
        ("өзге де талаптарды", lambda e: e.other_raw),
    ],
)
def test_a_passport_holds_every_field_the_law_wants_of_a_standard(editions, service, named, holds):
    wanted = " ".join([*law.services_law(), "өзге де талаптарды"])
    assert named in wanted
    held = squeezed(holds(editions[service]))
    assert held  # nothing at all stands in every text
    assert held in squeezed(law.order())


@pytest.mark.norm("LAW-4-1-1")
@pytest.mark.parametrize("service", SERVICES)
def test_everything_a_citizen_may_read_stands_there_in_both_languages(editions, service):
    for row in every_row(editions[service]):
        for field in row._meta.fields:
            if isinstance(field, CharField | TextField) and field.name.endswith(("_kk", "_ru")) and not field.blank:
                assert getattr(row, field.name).strip(), (row, field.name)


@pytest.mark.norm("LAW-4-1-1")
@pytest.mark.parametrize("service", SERVICES)
def test_no_kazakh_word_hides_a_latin_letter_and_no_source_word_is_lost(editions, service):
    printed = squeezed(law.order())
    for row in every_row(editions[service]):
        names = {field.name for field in row._meta.fields}
        for name in (name for name in names if name.endswith("_kk")):
            assert latin_word(getattr(row, name)) is None, (row, name)
        for name in (name for name in names if name.endswith("_raw")):
            assert squeezed(getattr(row, name)) in printed, (row, name)


@pytest.mark.norm("LAW-5-2-1")
@pytest.mark.parametrize("service", SERVICES)
def test_the_edition_of_a_day_is_the_one_in_force_on_it(editions, service):
    assert edition_on(service, date(2026, 3, 20)) == editions[service]
    assert edition_on(service, editions[service].valid_from) == editions[service]
    with pytest.raises(NoEdition):
        edition_on(service, date(2022, 5, 28))
    with pytest.raises(NoEdition):
        edition_on("no-such-service", date(2026, 3, 20))


@pytest.mark.norm("LAW-5-2-1")
def test_a_newer_edition_takes_over_on_its_first_day_and_leaves_the_older_as_it_was(deferral):
    newer = Edition.objects.get(pk=deferral.pk)
    newer.pk, newer.code, newer.valid_from = None, "deferral-2026", date(2026, 9, 1)
    newer.save()
    assert edition_on("deferral", date(2026, 8, 31)) == deferral
    assert edition_on("deferral", date(2026, 9, 1)) == newer
    deferral.refresh_from_db()
    assert deferral.valid_to is None


@pytest.mark.norm("CONS-0-1")
@pytest.mark.parametrize("service", SERVICES)
def test_an_edition_names_the_order_that_gave_it(editions, service):
    edition = editions[service]
    head = law.order()[:700]
    assert f"{edition.act_date.year} жылғы {edition.act_date.day} мамырдағы № {edition.act_number} бұйрығы" in head
    assert f"17 мамырда № {edition.act_registration_number} болып тіркелді" in head
    assert edition.act_registration_date == date(2022, 5, 17)
    assert (edition.valid_from - edition.act_registration_date).days > 10


def test_what_the_standard_leaves_open_is_decided_by_the_edition(editions):
    for edition in editions.values():
        assert edition.hearing_required
        assert (edition.act_not_before, edition.objection_working_days, edition.postponements) == (3, 2, 1)
        assert edition.quorum == "more_than_half"
