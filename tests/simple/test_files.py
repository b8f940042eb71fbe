"""The block «flow» of a passport file: every fault is named by its line; a bad file keeps only its own service out."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import translation

from calendars.rules import Unit
from kazservices.offices.roles import Role
from kazservices.passports.faults import PassportError
from kazservices.passports.files import read_file
from kazservices.passports.loading import FOLDER
from kazservices.simple import introducing
from kazservices.simple.flows import Flow
from kazservices.simple.rules import rules

MEALS = FOLDER / "meals-reported.yaml"

# A passage, what it is changed into, the field at fault, how many lines below (None: elsewhere), what is said.
SPOILED = [
    ("kind: simple", "kind: clever", "flow.kind", 0, "one of these"),
    ("  decider: head\n", "", "flow.decider", None, "the field is missing"),
    ("decider: head", "decider: auditor", "flow.decider", 0, "one of these"),
    ("decider: head", "decider: head\n  second: janitor", "flow.second", 1, "one of these"),
    ("decider: head", "decider: head\n  second: head", "flow.second", 1, "another than the one who decides"),
    ("starts: [submit]", "starts: [hand_over]", "flow.clocks[0].starts", None, "one of these"),
    ("stops: [grant, refuse]", "stops: [hand_over]", "flow.clocks[0].stops", None, "one of these"),
    ("stops: [grant, refuse]", "stops: [grant]", "flow.clocks", None, "one clock is called “decide”"),
    ("- code: decide", "- code: answer", "flow.clocks", None, "one clock is called “decide”"),
    ("length: 5\n      unit", "length: 6\n      unit", "flow.clocks", None, "another term than the standard"),
    ("unit: working_days\n      label", "unit: fortnights\n      label", "flow.clocks[0].unit", 0, "one of these"),
    ("en: Result}", "de: Ergebnis}", "flow.clocks[0].label.en", None, "the field is missing"),
    ("- code: register", "- code: decide", "flow.clocks[1].code", None, "stands here twice"),
    ("{number}: тамақтандыру туралы өтінішіңіз", "{nomer}: тамақтандыру туралы өтінішіңіз",
     "flow.letters.taken.subject.kk", 0, "no letter knows “{nomer}”"),
    ("{number}: заявление", "{number: заявление", "flow.letters.taken.subject.ru", 0, "a brace stands alone"),
    ("kk: Шешім жеке кабинетте.", "kk: Шешiм жеке кабинетте.", "flow.letters.granted.text.kk", 0, "Latin letters"),
    ("general_grounds: [law-1, law-2]", "general_grounds: []", "grounds", None, "no ground of refusal"),
    ("general_grounds: [law-1, law-2]", "general_grounds: [law-9]", "general_grounds", None, "one of these"),
    ("status: reported", "status: official", "act.number", None, "the field is missing"),
]  # fmt: skip


@pytest.fixture
def spoiled(tmp_path):
    """The file of the meals with one passage changed; gives its path and the line of the change."""

    def write(old: str, new: str):
        text = MEALS.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "spoiled.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path, text[: text.index(old)].count("\n") + 1

    return write


@pytest.mark.parametrize("change", SPOILED, ids=lambda change: f"{change[2]}: {change[4]}")
def test_a_fault_of_the_flow_is_named_by_file_line_and_field(spoiled, change):
    old, new, field, lines_below, says = change
    path, line = spoiled(old, new)
    with pytest.raises(PassportError) as refused:
        introducing.introduce(path)
    found = {fault.field.partition(" ")[0]: fault for fault in refused.value.faults}
    fault = next(fault for name, fault in found.items() if name.startswith(field))
    with translation.override("en"):
        assert says in str(fault)
        assert str(fault).startswith(f"{path}:{fault.line}: {fault.field}: ")
    if lines_below is not None:
        assert fault.line == line + lines_below


@pytest.fixture
def no_faults():
    yield
    introducing.faults.clear()


@pytest.mark.usefixtures("no_faults")
def test_a_bad_file_keeps_its_own_service_out_and_every_command_says_so(spoiled, tmp_path):
    path, line = spoiled("decider: head", "decider: janitor")
    introducing.introduce_all(tmp_path)
    with pytest.raises(SystemCheckError, match=rf"spoiled\.yaml:{line}: flow\.decider"):
        call_command("check")


def test_the_files_of_the_project_are_in_order():
    assert introducing.faults == []
    call_command("check")


def test_a_file_without_a_flow_runs_by_code_and_is_left_alone():
    assert introducing._read(FOLDER / "deferral-2022.yaml") == []


def flow(since: date, until: date | None = None) -> Flow:
    clock = {
        "code": "decide", "norm": "SCH-6", "starts": ["submit"], "stops": ["grant", "refuse"], "length": 5,
        "unit": "working_days", "responsible": "", "label": {"kk": "Нәтиже", "ru": "Результат", "en": "Result"},
    }  # fmt: skip
    return Flow("meals", f"meals-{since.year}", since, until, "school", "ТАМ", Role.HEAD, "ТАМ-Б", False, (clock,), {})


def test_a_clock_holds_until_the_next_edition_begins():
    (only,) = rules(flow(date(2023, 1, 1)))
    assert (only.since, only.until, only.unit) == (date(2023, 1, 1), None, Unit.WORKING_DAYS)
    (ended,) = rules(flow(date(2023, 1, 1), date(2026, 12, 31)), date(2026, 6, 1))
    assert ended.until == date(2026, 5, 31)
    assert only.responsible == Role.HEAD
    assert only.starts == {"submit", "reopen", "withdraw_result"}


def test_our_own_words_stand_where_no_official_text_is_loaded():
    standard = read_file(MEALS).content["standard"]
    assert standard["alias"]["raw"] == standard["alias"]["kk"]
    assert standard["name"]["raw"].endswith(".")
