"""At the provider: three working days to grant all or to forward, five to consider. Norm: GAP-34."""

from datetime import date

import pytest

from kazservices.deadlines.models import Outcome
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of, fresh


@pytest.mark.norm("CONS-14-2", "CONS-14-4", "CLK-COMPL-FWD")
def test_a_complaint_of_the_portal_is_registered_at_once_and_two_clocks_run(user, place):
    with world.at("2026-03-20 17:00"):
        complaint = scene.complain(user, place.office)
    assert complaint.state == "registered"
    assert complaint.registered_on == date(2026, 3, 20)
    assert day_of(complaint, "forward") == date(2026, 3, 30)  # Mon: three working days from arrival, across Nauryz
    assert day_of(complaint, "consider") == date(2026, 4, 1)  # Wed: five from registration
    assert clock_of(complaint, "register").outcome == Outcome.MET


@pytest.mark.norm("CONS-14-3", "LAW-4-1-3")
def test_granted_in_full_on_the_second_day_both_clocks_are_met_and_nothing_is_forwarded(user, place, body, refused):
    with world.at("2026-04-03 10:00"):  # Fri
        complaint = scene.complain(user, place.office, about=refused)
    assert complaint.person == place.chair
    with world.at("2026-04-07 12:00"):  # Tue, D2
        complaint = scene.move(
            complaint, "grant_in_full", place.chair, granted="Бас тартудың күші жойылды.", reopen=True
        )
    assert complaint.state == "granted"
    assert {clock_of(complaint, rule).outcome for rule in ("forward", "consider")} == {Outcome.MET}
    refused.refresh_from_db()
    assert refused.state == "opinions_in"
    assert not place.office.superior_body.cases.filter(service="complaint").exists()


@pytest.mark.norm("CONS-14-2")
def test_forwarded_on_the_third_day_ends_the_first_clock_as_met_and_the_second_as_transferred(user, place, body):
    with world.at("2026-03-20 17:00"):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-30 18:00"):  # Mon, D3
        complaint = scene.forward(complaint, place.clerk)
    assert complaint.state == "forwarded"
    assert clock_of(complaint, "forward").outcome == Outcome.MET
    assert clock_of(complaint, "consider").outcome == Outcome.TRANSFERRED
    assert not complaint.deadlines.breaches().exists()
    there = complaint.at_the_body
    assert (there.office, there.state, there.capacity) == (body.office, "received", "body")
    assert fresh(complaint).considered_by == body.office
