"""The terms of consideration count from the day of registration, whatever hour it was entered at. Norm: GAP-34."""

from datetime import date

import pytest

from kazservices.flow.door import advance
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of


@pytest.mark.norm("CONS-14-1", "CONS-14-4")
@pytest.mark.parametrize(
    ("arrived", "registered", "due"),
    [
        ("2026-04-03 18:29", date(2026, 4, 3), date(2026, 4, 10)),  # Fri, a minute before closing: Fri -> Fri
        ("2026-04-03 18:45", date(2026, 4, 6), date(2026, 4, 13)),  # Fri after hours: Mon -> Mon
        ("2026-04-04 12:00", date(2026, 4, 6), date(2026, 4, 13)),  # Sat: Mon -> Mon
        ("2026-12-31 19:00", date(2027, 1, 5), date(2027, 1, 13)),  # Thu: 1, 2, 4 and 7 January are days off
    ],
)
def test_the_portal_registers_on_the_day_of_acceptance(user, place, arrived, registered, due):
    with world.at(arrived):
        complaint = scene.complain(user, place.office)
    assert complaint.registered_on == complaint.accepted_on == registered
    assert day_of(complaint, "consider") == due


@pytest.mark.norm("CONS-14-4", "CLK-COMPL-PROV")
@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ("2026-04-08 10:05", None),  # Wed
        ("2026-04-08 18:45", None),  # Wed, after hours: it is still registered on that day
        ("2026-04-09 09:10", "2026-04-08"),  # written down on Thu
    ],
)
def test_at_the_provider_five_days_count_from_that_day_whenever_it_is_entered(place, entered, said):
    with world.at("2026-04-08 10:00"):
        complaint = scene.complain_on_paper(place.clerk, place.office)
    with world.at(entered):
        complaint = advance(complaint, "register", by=place.clerk, registered_on=said)
    assert complaint.registered_on == date(2026, 4, 8)
    assert day_of(complaint, "consider") == date(2026, 4, 15)  # Wed


@pytest.mark.norm("LAW-25-2a", "ADM-47-2")
@pytest.mark.parametrize(
    ("sent", "entered", "said", "registered", "due"),
    [
        ("2026-04-08 10:00", "2026-04-08 18:45", None, date(2026, 4, 8), date(2026, 4, 15)),  # Wed -> Wed
        ("2026-04-08 10:00", "2026-04-09 09:10", "2026-04-08", date(2026, 4, 8), date(2026, 4, 15)),
        ("2026-04-08 18:40", "2026-04-08 18:45", None, date(2026, 4, 9), date(2026, 4, 16)),  # arrived on Thu
    ],
)
def test_at_the_body_too(user, place, body, sent, entered, said, registered, due):  # noqa: PLR0917
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office)
    with world.at(sent):
        complaint = scene.forward(complaint, place.clerk)
    with world.at(entered):
        there = advance(complaint.at_the_body, "take_up", by=body.clerk, registered_on=said)
    assert (there.registered_on, day_of(there, "answer_5")) == (registered, due)


@pytest.mark.norm("CONS-14-4", "CLK-COMPL-AUTH")
@pytest.mark.parametrize(
    ("sent", "confirmed", "due"),
    [
        ("2026-04-08 10:00", "2026-04-08", date(2026, 4, 15)),  # Wed -> Wed
        ("2026-04-08 18:40", "2026-04-08", date(2026, 4, 15)),  # their day is theirs, whatever our hours are
        ("2026-04-08 10:00", "2026-04-11", date(2026, 4, 17)),  # Sat -> Fri: from the day that they name
    ],
)
def test_outside_it_counts_from_the_day_that_the_body_names(user, place, sent, confirmed, due):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office)
    with world.at(sent):
        complaint = scene.forward(complaint, place.clerk)
    with world.at("2026-04-14 10:00"):
        complaint = advance(complaint, "confirm_registration", by=place.clerk, number="1", registered_on=confirmed)
        assert clock_of(complaint, "their_5").started_at <= world.clock.now()
    assert day_of(complaint, "their_5") == due
