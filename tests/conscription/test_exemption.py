"""Exemption: the same life; at 27 by the register's date of birth on the acceptance date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conscription.age import full_years
from conscription.states import State
from kazservices.flow.door import options
from kazservices.flow.errors import MoveNotAllowed
from tests import world


@pytest.mark.norm("CONS-E-C2")
@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1999, 3, 20), date(2026, 3, 20), 27),  # the birthday itself
        (date(1999, 3, 21), date(2026, 3, 20), 26),  # the day before
        (date(2000, 2, 29), date(2027, 2, 28), 26),
        (date(2000, 2, 29), date(2027, 3, 1), 27),  # a leapling in a common year
        (date(2000, 2, 29), date(2028, 2, 29), 28),
    ],
)
def test_full_years(born, on, years):
    assert full_years(born, on) == years


@given(st.dates(date(1950, 1, 1), date(2010, 1, 1)), st.dates(date(2022, 1, 1), date(2027, 1, 1)))
def test_years_never_go_back(born, on):
    assert full_years(born, on) <= full_years(born, on.replace(month=12, day=31))


def answered(case, birth_date):
    case.register_requests.filter(register="identity").update(
        answer={"found": True, "birth_date": birth_date}, answered_at=case.submitted_at
    )


@pytest.mark.norm("CONS-E-C2", "CONS-S8-3")
@pytest.mark.parametrize(
    ("birth_date", "state"),
    [("1999-03-20", State.GRANTED), ("1999-03-21", None), ("1999-03-26", None)],
)
def test_27_is_reached_on_the_acceptance_date_not_on_the_day_of_decision(user, place, birth_date, state):
    approve = ("approve",) * 3
    case = world.to_opinions(user, place, votes=approve, service="exemption", category="AGE_27")
    answered(case, birth_date)
    with world.at("2026-03-30 12:00"):
        if state:
            assert world.make(case, "grant", place.chair).state == state
        else:
            with pytest.raises(MoveNotAllowed):
                world.make(case, "grant", place.chair)


@pytest.mark.norm("CONS-E-C2", "LAW-5-P1")
@pytest.mark.parametrize(("known", "lawful"), [(date(1999, 3, 20), True), (date(1999, 3, 21), False), (None, False)])
def test_while_the_register_is_silent_its_last_answer_at_entry_stands_in(place, known, lawful):
    user = world.build_recipient(birth_date=known)
    case = world.to_opinions(user, place, votes=("approve",) * 3, service="exemption", category="AGE_27")
    with world.at("2026-03-30 12:00"):
        assert ("grant" in [o.move.name for o in options(case, place.chair) if o.is_open]) == lawful


def test_without_consent_nobody_is_exempted_for_an_age_that_was_not_asked(place):
    user = world.build_recipient(birth_date=date(1990, 1, 1))
    how = {"votes": ("approve",) * 3, "service": "exemption", "category": "AGE_27", "given": False}
    case = world.to_opinions(user, place, **how)
    with world.at("2026-03-30 12:00"), pytest.raises(MoveNotAllowed):
        world.make(case, "grant", place.chair)


@pytest.mark.norm("CONS-8", "CONS-S0")
def test_an_exemption_has_its_own_number_and_the_same_clock(user, place):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office, service="exemption", category="DEGREE")
    assert case.number == "БОС-03-2026-000001"
    assert case.time.local(case.deadlines.get(rule="exemption.decide").due_at).date() == date(2026, 4, 2)
