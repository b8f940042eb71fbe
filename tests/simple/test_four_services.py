"""The four services of the school that run from their files: what each asks, by when it answers, and by whose word."""

import json

import pytest

from kazservices.deadlines.models import Deadline
from kazservices.documents import drawing
from kazservices.documents.papers import read
from kazservices.passports.models import Edition, Ground
from kazservices.passports.service import grounds_named
from kazservices.reports.norms import REGISTER
from kazservices.simple.flows import flow_of
from tests import world
from tests.conftest import on

from . import school as at_school

CHILD = ["child_name", "child_iin"]

#: Service, its row of the page's list, categories with their documents, fields, whether it is handed over on paper.
SERVICES = [
    pytest.param(
        "home-schooling", "SCH-5", {"HEALTH": ["medical_conclusion"]}, [*CHILD, "class", "since", "address"],
        marks=pytest.mark.norm("SCH-5"), id="home schooling",
    ),
    pytest.param(
        "meals", "SCH-6",
        {"SOCIAL_AID": ["aid_certificate"], "LOW_INCOME": ["income_documents"],
         "GUARDIANSHIP": ["guardianship_decision"]}, [*CHILD, "class", "diet"],
        marks=pytest.mark.norm("SCH-6"), id="meals",
    ),
    pytest.param(
        "camps", "SCH-7", {"LOW_INCOME": ["income_proof", "health_note"]}, [*CHILD, "class", "camp", "season"],
        marks=pytest.mark.norm("SCH-7"), id="camps",
    ),
    pytest.param(
        "preschool", "SCH-1", {"REFERRAL": []}, [*CHILD, "referral", "birth_day"],
        marks=pytest.mark.norm("SCH-1"), id="preschool",
    ),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("service", "norm", "categories", "fields"), SERVICES)
def test_what_the_file_asks_is_asked_and_nothing_else(service, norm, categories, fields):
    edition = Edition.objects.get(service=service)
    asked = {c.code: [r.code for r in c.requirements.all()] for c in edition.categories.all()}
    assert asked == categories
    assert [field.code for field in edition.fields.all()] == fields
    assert [item.register for item in edition.register_items.all()] == ["identity"]
    assert [question.code for c in edition.categories.all() for question in c.questions.all()] == (
        ["health_need"] if service == "camps" else []
    )
    rows = (*edition.categories.all(), *edition.fields.all(), *edition.register_items.all())
    assert {row.norm for row in rows} == {norm}


@pytest.mark.django_db
@pytest.mark.parametrize(("service", "norm", "categories", "fields"), SERVICES)
def test_it_is_called_as_the_page_calls_it_and_marked_as_not_verified(service, norm, categories, fields, client):
    edition = Edition.objects.get(service=service)
    assert edition.name_raw == source_of(norm)
    assert edition.name_kk == source_of(norm).rstrip(".")
    assert edition.source_status == Edition.Source.REPORTED
    assert {said.gap for said in edition.assumptions.all()} == {"GAP-20"}
    with on("2026-03-20 10:00"):
        page = client.get(f"/services/{service}/").content.decode()
    assert "Ресми мәтінмен салыстырылмаған" in page
    assert edition.source_kk in page
    assert edition.name_kk in page


def source_of(norm: str) -> str:
    rows = {row["id"]: row["source"] for row in json.loads(REGISTER.read_text(encoding="utf-8"))}
    return rows[norm]


@pytest.mark.django_db
def test_each_may_be_refused_on_the_first_two_grounds_of_the_law_and_no_other_of_its_own():
    for edition in Edition.objects.filter(service__in=at_school.SERVICES):
        assert [ground.code for ground in grounds_named(edition)] == ["law-1", "law-2"]
    assert Ground.objects.get(code="law-1").offered == Ground.Offered.NEVER


def clock(service, step, due, norm, *, at="2026-03-20 12:00"):
    return pytest.param((service, step, at, due), marks=pytest.mark.norm(norm), id=f"{service} {step} {at}")


# Fri 20 March 2026 before Nauryz: D1 is Thu 26 March, D2 Fri 27, D5 Wed 1 April. Lunch is from 13:00 to 14:30.
CLOCKS = [
    clock("home-schooling", "decide", "Fri 27 Mar 18:30", "SCH-5"),
    clock("home-schooling", "register", "Fri 20 Mar 18:30", "SCH-5"),
    clock("meals", "decide", "Wed 01 Apr 18:30", "SCH-6"),
    clock("meals", "register", "Fri 20 Mar 18:30", "SCH-6"),
    clock("camps", "decide", "Wed 01 Apr 18:30", "SCH-7"),
    clock("camps", "register", "Fri 20 Mar 18:30", "SCH-7"),
    clock("preschool", "decide", "Fri 20 Mar 12:30", "SCH-1"),
    clock("preschool", "decide", "Fri 20 Mar 14:50", "SCH-1", at="2026-03-20 12:50"),
    clock("preschool", "decide", "Thu 26 Mar 09:20", "SCH-1", at="2026-03-20 18:20"),
]


@pytest.mark.parametrize("line", CLOCKS)
def test_the_clock_ends_when_the_file_says(user, school, line):
    service, step, at, due = line
    with on(at):
        case = at_school.apply(user, school.office, service)
    found = Deadline.objects.get(case=case.pk, rule=f"{service}.{step}")
    assert f"{found.due_at.astimezone(world.ALMATY):%a %d %b %H:%M}" == due
    assert (found.is_running, found.ours) == (step == "decide", True)


@pytest.mark.parametrize("service", at_school.SERVICES)
def test_each_is_granted_by_the_head_and_its_paper_is_drawn_in_both_languages(user, school, service):
    with on("2026-03-20 12:00"):
        case = at_school.apply(user, school.office, service)
        case = world.make(case, "grant", school.head, motive="Бәрі дұрыс.")
    paper = case.papers.get(kind="simple_result")
    page = drawing.html(paper)
    flow = flow_of(case)
    for language in ("kk", "ru"):
        for said in (flow.result["title"][language], flow.result["decision"][language]):
            assert said in page
    for said in (at_school.CHILD["child_name"], "Бәрі дұрыс.", "Басшы", "Руководитель", "Head 27"):
        assert said in page
    assert read(paper).startswith(b"%PDF")
