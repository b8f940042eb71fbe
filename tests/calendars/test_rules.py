from datetime import date, datetime

import pytest

from calendars import rules
from calendars.rules import Rule, Unit, due_at, register, registry, rule_on, rules_on
from calendars.terms import BadField, known_rule, rule_term

from .conftest import OFFICES

AKIMAT, FRIDAY = OFFICES["akimat"], datetime(2026, 3, 20, 17)


def a_rule(**changes) -> Rule:
    row = {
        "code": "test.decide",
        "norm": "CONS-8",
        "since": None,
        "until": None,
        "starts": frozenset({"submit"}),
        "stops": frozenset({"grant"}),
        "length": 6,
        "unit": Unit.WORKING_DAYS,
    }
    return Rule(**(row | changes))


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    kept = dict(registry)
    monkeypatch.setattr(rules, "_editions", {})
    monkeypatch.setitem(registry, "test.decide", a_rule())
    yield
    registry.clear()
    registry.update(kept)


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (a_rule(), "2026-04-02 18:30"),
        (a_rule(length=0), "2026-03-20 18:30"),
        (a_rule(length=30, unit=Unit.WORKING_MINUTES), "2026-03-20 17:30"),
        (a_rule(length=6, unit=Unit.CALENDAR_DAYS), "2026-03-26 18:30"),
        (a_rule(length=1, unit=Unit.CALENDAR_MONTHS), "2026-04-20 18:30"),
        (a_rule(length=0, unit=Unit.FIXED_DATE, month_day=(8, 20)), "2026-08-20 18:30"),
        (a_rule(length=-1, unit=Unit.FIXED_DATE, month_day=(8, 20)), "2026-08-19 18:30"),  # before it: GAP-28
    ],
)
def test_a_rule_comes_due_in_its_unit(rule, due):
    assert f"{due_at(rule, AKIMAT, FRIDAY):%Y-%m-%d %H:%M}" == due


@pytest.mark.norm("CLK-CONS-CHAIR1")
def test_a_step_counts_from_the_day_of_its_own_event():
    evening = datetime(2026, 3, 19, 19)  # Thursday, after closing: accepted on Friday
    assert due_at(a_rule(length=1, from_acceptance=False), AKIMAT, evening).date() == date(2026, 3, 20)
    assert due_at(a_rule(length=1), AKIMAT, evening).date() == date(2026, 3, 26)


def test_a_backward_term_is_counted_from_the_end_of_the_other():
    register(a_rule(), a_rule(code="test.notice", before="test.decide", length=3))
    term = rule_term(registry["test.notice"], AKIMAT, FRIDAY)
    assert (term.accepted_on, term.base, term.due.date()) == (date(2026, 3, 20), date(2026, 4, 2), date(2026, 3, 30))
    with pytest.raises(ValueError, match="counted backward from test.decide"):
        due_at(registry["test.notice"], AKIMAT, FRIDAY)


def test_a_new_edition_is_a_second_row():
    old, new = a_rule(until=date(2025, 12, 31)), a_rule(since=date(2026, 1, 1), length=5)
    register(old, new)
    register(old)  # twice is once
    assert rule_on("test.decide", date(2025, 6, 1)) is old
    assert rules_on(date(2026, 6, 1)) == {"test.decide": new}
    assert registry["test.decide"] is new
    with pytest.raises(ValueError, match="two editions"):
        register(a_rule(since=date(2026, 6, 1), length=7))


def test_a_rule_is_named_and_in_force_or_refused():
    register(a_rule(since=date(2026, 1, 1)))
    for code, day in (("no.such", date(2026, 4, 1)), (None, date(2026, 4, 1)), ("test.decide", date(2025, 4, 1))):
        with pytest.raises(BadField, match="^rule: "):
            known_rule(code, day)


def test_a_fixed_date_needs_its_day_and_nothing_else_has_one():
    for changes in ({"unit": Unit.FIXED_DATE}, {"month_day": (8, 20)}):
        with pytest.raises(ValueError, match="month and day"):
            a_rule(**changes)


def test_a_label_falls_back_to_what_there_is():
    rule = a_rule(label_kk="Нәтиже", label_en="Result")
    assert [rule.label(lang) for lang in ("kk", "ru", "en")] == ["Нәтиже", "Result", "Result"]
    assert a_rule().label("kk") == "test.decide"
