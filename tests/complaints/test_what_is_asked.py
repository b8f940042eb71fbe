"""What a complaint is asked for, and nothing more. Norms: CONS-14-1, CONS-14-6, LAW-4-1-3."""

from datetime import date

import pytest

from kazservices.passports.service import edition_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return edition_on("complaint", date(2026, 3, 20))


@pytest.mark.parametrize(
    ("code", "kind", "required", "of"),
    [
        pytest.param("about", "text", False, [], marks=pytest.mark.norm("CONS-14-1")),
        pytest.param("against", "office", False, ["PROVIDER"], marks=pytest.mark.norm("ADM-47-1")),
        pytest.param("subject", "choice", True, [], marks=pytest.mark.norm("LAW-4-1-3")),
        pytest.param("official", "text", False, [], marks=pytest.mark.norm("LAW-4-1-3")),
        pytest.param("text", "long_text", True, [], marks=pytest.mark.norm("CONS-14-1")),
        pytest.param("demand", "long_text", True, [], marks=pytest.mark.norm("CONS-14-3")),
        pytest.param("addressee", "choice", False, ["PROVIDER"], marks=pytest.mark.norm("CONS-14-2")),
        pytest.param("corporation", "choice", True, ["STATE_CORPORATION"], marks=pytest.mark.norm("CONS-14-6")),
    ],
)
def test_the_form_asks(edition, code, kind, required, of):
    field = edition.fields.get(code=code)
    assert (field.kind, field.required, [category.code for category in field.categories.all()]) == (kind, required, of)


def test_the_form_asks_nothing_else(edition):
    assert edition.fields.count() == 8


@pytest.mark.norm("LAW-4-1-3")
def test_a_complaint_is_about_a_decision_an_act_or_an_omission(edition):
    assert [choice["code"] for choice in edition.fields.get(code="subject").choices] == ["decision", "act", "omission"]


@pytest.mark.parametrize("category", [
    pytest.param("PROVIDER", marks=pytest.mark.norm("CONS-14-1")),
    pytest.param("STATE_CORPORATION", marks=pytest.mark.norm("CONS-14-6")),
])  # fmt: skip
def test_papers_may_be_added_and_none_is_demanded(edition, category):
    paper = edition.categories.get(code=category).requirements.get()
    assert (paper.code, paper.later) == ("evidence", True)
