import io
import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(*arguments) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.norm("CONS-8", "CLK-CONS-TOTAL")
def test_one_term_is_explained_day_by_day():
    told = json.loads(run("deadline", "deferral.decide", "--received", "2026-03-20T17:00", "--json"))
    assert (told["accepted_on"], told["due_on"], told["target_on"]) == ("2026-03-20", "2026-04-02", "2026-04-01")
    assert told["due_at"] == "2026-04-02T18:30:00+05:00"
    assert (told["rule"], told["norm"], told["schedule"]) == ("deferral.decide", "CONS-8", "akimat")
    assert sum(day["counted"] for day in told["days"]) == 6
    nauryz = told["days"][1]
    assert (nauryz["date"], nauryz["counted"], nauryz["kind"]) == ("2026-03-21", False, "holiday")
    assert "267-II" in nauryz["act"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", ["14 күннің 6-сы жұмыс күні ретінде есептеледі", "02.04.2026, бс: 6-жұмыс күні", "Наурыз мейрамы"]),
        ("ru", ["Из 14 дней считаются 6 рабочих дней", "02.04.2026, чт: 6-й рабочий день", "Наурыз мейрамы"]),
        ("en", ["Of 14 days 6 count as working days", "02.04.2026, Thu: working day 6", "Nauryz"]),
    ],
)
def test_people_are_told_in_their_language(lang, said):
    told = run("deadline", "deferral.decide", "--received", "2026-03-20T17:00", "--lang", lang)
    assert all(words in told for words in said)


def test_kazakh_is_the_default():
    assert "жұмыс күні" in run("deadline", "deferral.decide", "--received", "2026-03-20T17:00")


def test_a_term_is_explained_by_the_calendar_known_on_a_day():
    asked = ("deadline", "deferral.decide", "--received", "2026-08-28T12:00", "--json")
    assert json.loads(run(*asked))["due_on"] == "2026-09-07"
    known = json.loads(run(*asked, "--as-of", "2026-03-17"))
    assert (known["due_on"], known["as_of"]) == ("2026-09-08", "2026-03-17")
    assert known["calendar_revision"] < json.loads(run(*asked))["calendar_revision"]


def test_a_provisional_date_says_so():
    told = json.loads(run("deadline", "deferral.decide", "--received", "2026-12-30T18:00", "--json"))
    assert (told["due_on"], told["provisional"]) == ("2027-01-12", True)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["deferral.decide"], "--received"),
        (["deferral.decide", "--received", "yesterday"], "--received"),
        (["deferral.decide", "--received", "2031-03-20T17:00"], "--received"),
        (["no.such", "--received", "2026-03-20T17:00"], "rule"),
        (["deferral.decide", "--received", "2026-03-20T17:00", "--as-of", "soon"], "--as-of"),
        (["deferral.decide", "--received", "2026-03-20T17:00", "--as-of", "2099-01-01"], "--as-of"),
        ([], "code of a rule"),
        (["--batch", "--list"], "code of a rule"),
    ],
)
def test_a_bad_question_is_answered_by_its_field(arguments, field):
    with pytest.raises(CommandError, match=field):
        run("deadline", *arguments)


def test_all_rules_are_listed_with_their_norms():
    rows = {row["rule"]: row for row in json.loads(run("deadline", "--list", "--json"))}
    whole = rows["deferral.decide"]
    assert (whole["length"], whole["unit"], whole["norm"]) == (6, "working_days", "CONS-8")
    listed = run("deadline", "--list").splitlines()
    assert len(listed) == len(rows)
    assert all(row["norm"] for row in rows.values())


def test_the_check_goes_year_by_year():
    told = run("calendar", "--check")
    assert "2024: holidays agrees on every day" in told
    assert "2026-12-17 Thu: ours worked, workalendar off; right: ours" in told
    assert set(json.loads(run("calendar", "--check", "--json"))) >= {"2022", "2027"}


@pytest.mark.parametrize("name", ["nothing", "../x", "os.path"])
def test_an_unknown_bench_is_refused(name):
    with pytest.raises(CommandError, match="no bench"):
        run("bench", name)
