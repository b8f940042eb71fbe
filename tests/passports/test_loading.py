"""Passport files: every fault named by file, line and field, in the reader's language; all or nothing."""

import re
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from kazservices.cases.models import Applicant, Case
from kazservices.offices.models import User
from kazservices.passports import loading
from kazservices.passports.faults import PassportError
from kazservices.passports.loading import FOLDER, LOADED, REPLACED, UNCHANGED, load
from kazservices.passports.models import Category, Edition, Ground, NoEdition, Requirement, Service
from kazservices.passports.service import edition_on

DEFERRAL = FOLDER / "deferral-2022.yaml"
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.yaml"))
EDITIONS = len(SHIPPED) - 1  # beside the general grounds of the Law


@pytest.fixture
def spoiled(tmp_path):
    """The deferral's file with one passage changed; gives its path and the line of the change."""

    def write(old: str, new: str, name="spoiled.yaml"):
        text = DEFERRAL.read_text(encoding="utf-8")
        assert old in text
        line = text[: text.index(old)].count("\n") + 1
        path = tmp_path / name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path, line

    return write


def faults_of(path: Path):
    with pytest.raises(PassportError) as refused:
        load(path)
    return refused.value.faults


# A passage, what it is changed into, the field at fault, how many lines below (None: elsewhere), what is said.
SPOILED = [
    ("valid_to: null", "valid_to: null\ncolour: red", "colour", 1, "unknown field"),
    ("    group: study\n", "    group: study\n    colour: red\n", "categories[4].colour", 1, "unknown field"),
    ("  term_length: 6\n", "", "standard.term_length", None, "the field is missing"),
    ("term_length: 6", "term_length: six", "standard.term_length", 0, "a whole number from 0 to 366"),
    ("term_length: 6", "term_length: true", "standard.term_length", 0, "a whole number from 0 to 366"),
    ("hearing_required: true", "hearing_required: maybe", "decided.hearing_required", 0, "true or false"),
    ("valid_from: 2022-05-29", "valid_from: 29 May", "valid_from", 0, "a date is expected"),
    ("valid_from: 2022-05-29", "valid_from: 2022-02-31", "valid_from", 0, "a date is expected"),
    ("valid_to: null", "valid_to: 2021-01-01", "valid_to", 0, "ends before it begins"),
    pytest.param(("price: 0", "price: 100", "standard.price", 0, "must be 0"), marks=pytest.mark.norm("LAW-24")),
    ("code: STUDY", "code: DEPUTY", "categories[8].code", None, "stands here twice"),
    (
        "- code: STUDY\n    norm: CONS-D-C5",
        "- code: STUDY\n    norm: CONS-D-C99",
        "categories[4].norm",
        1,
        "register",
    ),
    ("kk: Оқып жүрмін", "kk: Оқып жүрмiн", "categories[4].plain.kk", 0, "Latin letters"),
    ("ru: Учусь\n", "ru: ''\n", "categories[4].plain.ru", 0, "the text is empty"),
    ("ru: Учусь\n", f"ru: {'У' * 81}\n", "categories[4].plain.ru", 0, "longer than 80"),
    ("group: study", "group: music", "categories[4].group", 0, "no such group"),
    ('opens: "03-01"', 'opens: "02-29"', "windows[0].opens", 0, "no such day in every year"),
    ('opens: "03-01"', 'opens: "07-01"', "windows[0].closes", 1, "closes before it opens"),
    ("condition: guardian", "condition: nobody", "categories[1].documents[1].condition", 0, "no question asks"),
    ("on_yes: document", "on_yes: closes", "categories[1].questions[0].on_yes", 0, "what the applicant is told"),
    ("offered: no_call_up_act", "offered: sometimes", "grounds[2].offered", 0, "one of these"),
    ("schedule: akimat", "schedule: night", "standard.schedule", 0, "one of these"),
    ("gap: GAP-23", "gap: GAP-X", "assumptions[0].gap", 0, "a gap or a norm"),
    ("ru_status: our translation, not official", "ru_status: official", "ru_status", 0, "one of these"),
    ("windows:\n", "windows: 5\nold_windows:\n", "windows", 0, "a list is expected"),
    ("valid_to: null", "valid_to: null\nvalid_to: null", "YAML", None, "not well-formed"),
]


@pytest.mark.norm("LAW-14-3-1")
@pytest.mark.parametrize("change", SPOILED, ids=lambda change: change[2])
def test_a_fault_is_named_by_file_line_and_field(passports, spoiled, change):
    old, new, field, lines_below, says = change
    path, line = spoiled(old, new)
    before = set(Edition.objects.values_list("code", "sha256"))
    with translation.override("en"):
        found = {fault.field: fault for fault in faults_of(path)}
        assert says in str(found[field])
        assert str(found[field]).startswith(f"{path}:{found[field].line}: {field}: ")
    if lines_below is not None:
        assert found[field].line == line + lines_below
    assert set(Edition.objects.values_list("code", "sha256")) == before


@pytest.mark.parametrize(("language", "says"), [("kk", "белгісіз өріс"), ("ru", "неизвестное поле")])
def test_an_unknown_field_is_named_in_the_readers_language(db, spoiled, language, says):
    path, line = spoiled("valid_to: null", "valid_to: null\ncolour: red")
    with translation.override(language):
        assert str(PassportError(*faults_of(path))) == f"{path}:{line + 1}: colour: {says}"


def test_all_faults_of_a_file_are_named_at_once_and_in_their_order(db, spoiled):
    path, _line = spoiled("valid_to: null", "valid_to: soon\ncolour: red\nprice: 5")
    found = faults_of(path)
    assert [fault.field for fault in found] == ["valid_to", "colour", "price"]
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"edition: [\n", b"\xff\xfe\x00", b"edition: x\n"])
def test_what_is_no_passport_at_all_is_refused(db, tmp_path, content):
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    assert faults_of(path)


def test_loading_twice_is_the_same_as_once(passports):
    loaded = Edition.objects.get(code="deferral-2022")
    rows = set(Requirement.objects.values_list("pk", flat=True))
    assert {done.outcome for done in loading.load_all()} == {UNCHANGED}
    again = Edition.objects.get(code="deferral-2022")
    assert (again.pk, again.loaded_at) == (loaded.pk, loaded.loaded_at)
    assert set(Requirement.objects.values_list("pk", flat=True)) == rows


def test_an_edition_nobody_uses_may_be_replaced(passports, spoiled):
    path, _line = spoiled("kk: Оқып жүрмін", "kk: Мен оқып жүрмін")
    before = (Edition.objects.count(), Category.objects.count())
    assert load(path).outcome == REPLACED
    assert Category.objects.get(norm="CONS-D-C5").plain_kk == "Мен оқып жүрмін"
    assert (Edition.objects.count(), Category.objects.count()) == before


def a_case_on(edition, office):
    person = User.objects.create(username="someone", iin="040612500019")
    applicant = Applicant.objects.create(
        user=person, iin=person.iin, full_name="А. Б.", birth_date=date(2004, 6, 12), language="kk"
    )
    moment = datetime(2026, 3, 20, 9, tzinfo=UTC)
    return Case.objects.create(
        service="deferral",
        edition=edition,
        office=office,
        applicant=applicant,
        submitted_at=moment,
        accepted_on=date(2026, 3, 20),
    )


@pytest.mark.norm("LAW-14-3-1")
@pytest.mark.parametrize(("language", "says"), [("kk", "жаңа редакция"), ("ru", "новую редакцию")])
def test_an_edition_in_use_is_never_changed_only_followed(deferral, office, spoiled, language, says):
    a_case_on(deferral, office)
    path, _line = spoiled("kk: Оқып жүрмін", "kk: Мен оқып жүрмін")
    with translation.override(language):
        (fault,) = faults_of(path)
        assert says in str(fault)
    assert (fault.field, fault.line) == ("edition", 4)
    assert Category.objects.get(norm="CONS-D-C5").plain_kk == "Оқып жүрмін"

    follower, _line = spoiled("edition: deferral-2022", "edition: deferral-2026", "follower.yaml")
    follower.write_text(
        follower.read_text(encoding="utf-8").replace("valid_from: 2022-05-29", "valid_from: 2026-09-01")
    )
    assert load(follower).outcome == LOADED
    assert edition_on("deferral", date(2026, 3, 20)) == deferral
    assert edition_on("deferral", date(2026, 9, 1)).code == "deferral-2026"


def test_the_general_grounds_in_use_are_never_changed(deferral, office, tmp_path):
    path = tmp_path / "law-grounds.yaml"
    text = (FOLDER / "law-grounds.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("offered: never", "offered: always", 1), encoding="utf-8")
    assert load(path).outcome == REPLACED
    assert load(FOLDER / "law-grounds.yaml").outcome == REPLACED
    a_case_on(deferral, office)
    (fault,) = faults_of(path)
    assert fault.field == "grounds"
    assert Ground.objects.get(edition=None, code="law-1").offered == "never"


def test_two_editions_of_a_service_do_not_begin_on_one_day(passports, spoiled):
    path, _line = spoiled("edition: deferral-2022", "edition: deferral-twin")
    assert [fault.field for fault in faults_of(path)] == ["valid_from"]


def test_the_letters_of_numbers_already_given_do_not_change(passports, spoiled):
    path, _line = spoiled("number_prefix: КҚ", "number_prefix: ЖЖ")
    assert [fault.field for fault in faults_of(path)] == ["service"]
    assert Service.objects.get(code="deferral").number_prefix == "КҚ"


def test_a_service_is_called_as_its_newest_edition_calls_it(passports, spoiled):
    path, _line = spoiled("edition: deferral-2022", "edition: deferral-2030")
    text = path.read_text(encoding="utf-8").replace("2022-05-29", "2030-01-01")
    path.write_text(
        re.sub(r"(ru: \|-\n +)Предоставление отсрочки от призыва\n", r"\1Отсрочка\n", text), encoding="utf-8"
    )
    load(path)
    assert Service.objects.get(code="deferral").name_ru == "Отсрочка"


def test_a_file_that_fails_on_the_way_leaves_nothing_behind(passports, spoiled, monkeypatch):
    path, _line = spoiled("kk: Оқып жүрмін", "kk: Мен оқып жүрмін")

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(loading, "_name_after_newest", broken)
    with pytest.raises(RuntimeError):
        load(path)
    assert Category.objects.get(norm="CONS-D-C5").plain_kk == "Оқып жүрмін"


def test_the_command_loads_checks_and_says_what_is_wrong(passports, spoiled):
    out, err = StringIO(), StringIO()
    call_command("passports", "--lang", "en", stdout=out)
    assert out.getvalue().splitlines() == [f"{path.stem}: unchanged" for path in sorted(FOLDER.glob("*.yaml"))]
    path, line = spoiled("valid_to: null", "valid_to: null\ncolour: red")
    with pytest.raises(CommandError):
        call_command("passports", "--check", str(path), "nowhere.yaml", "--lang", "ru", stdout=out, stderr=err)
    assert f"{path}:{line + 1}: colour: неизвестное поле" in err.getvalue()
    assert "nowhere.yaml" in err.getvalue()


def test_checking_writes_nothing(passports, spoiled):
    path, _line = spoiled("edition: deferral-2022", "edition: deferral-other")
    call_command("passports", "--check", str(path), stdout=StringIO())
    assert not Edition.objects.filter(code="deferral-other").exists()


@pytest.mark.parametrize(("language", "says"), [("kk", "күшінде"), ("ru", "не действует"), ("en", "No standard")])
def test_a_day_without_a_standard_is_told_in_words(passports, language, says):
    with translation.override(language), pytest.raises(NoEdition) as refused:
        edition_on("deferral", date(2020, 3, 1))
    with translation.override(language):
        assert says in str(refused.value)
        assert "01.03.2020" in str(refused.value)
