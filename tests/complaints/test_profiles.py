"""Two orders of complaint, by the day of the decision and by what its edition says. Norm: GAP-09."""

from datetime import date

import pytest

from complaints import bodies, conditions
from kazservices.deadlines.models import Outcome
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from kazservices.passports.models import Edition
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of


def decide_in_2021(case, signer):
    """The last day of the older order, by somebody of the office."""
    type(case).objects.filter(pk=case.pk).update(decided_at=case.time.opening(date(2021, 6, 30)))
    case.papers.update(signed_by=signer)


@pytest.mark.norm("ADM-47-1", "ADM-47-2")
def test_on_a_decision_from_before_july_2021_the_head_himself_considers_within_five_working_days(user, place, refused):
    decide_in_2021(refused, place.clerk)
    with world.at("2026-04-03 10:00"):  # Fri
        complaint = scene.complain(user, place.office, about=refused)
    assert (complaint.capacity, complaint.state, complaint.considered_by) == ("body", "considered", place.office)
    assert clock_of(complaint, "forward") is None
    assert day_of(complaint, "answer_5") == date(2026, 4, 10)  # Fri
    with world.at("2026-04-07 10:00"):
        complaint = scene.move(complaint, "refuse", place.head, motive="Негізсіз.")
    assert complaint.state == "answered"


def test_where_the_head_himself_is_complained_of_it_is_forwarded_even_then(user, place, refused):
    decide_in_2021(refused, place.head)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, place.office, about=refused)
    assert (complaint.capacity, complaint.profile) == ("provider", "2022")


@pytest.mark.parametrize(
    ("named", "decided_on", "profile"),
    [
        ("", date(2021, 6, 30), "2020"),
        ("", date(2021, 7, 1), "2022"),
        ("2020", date(2026, 4, 2), "2020"),
        ("2022", date(2020, 4, 2), "2022"),
    ],
)
def test_an_edition_may_name_its_own_order(named, decided_on, profile):
    assert bodies.profile_of(Edition(complaint_profile=named), decided_on) == profile


@pytest.mark.norm("ADM-48")
def test_under_either_order_the_answer_names_the_way_to_court(user, place, refused):
    decide_in_2021(refused, place.clerk)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, place.office, about=refused)
        complaint = scene.move(complaint, "refuse", place.head, motive="Негізсіз.")
    assert complaint.papers.get(kind="complaint_refused").facts["court"] is True


@pytest.mark.norm("ADM-47-1", "ADM-47-3")
def test_under_either_order_the_authority_for_quality_considers_if_he_so_chooses(user, place, refused):
    authority = scene.build_authority(place.office)
    decide_in_2021(refused, place.clerk)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, place.office, about=refused, addressee="quality")
    assert (complaint.considered_by, complaint.capacity) == (authority, "provider")


@pytest.mark.norm("CONS-14-3", "CONS-14-2")
@pytest.mark.parametrize("named_by", ["clerk", "head"])
def test_where_the_head_turns_out_to_be_complained_of_it_goes_to_the_body_above(user, place, body, refused, named_by):
    decide_in_2021(refused, place.member1)
    with world.at("2026-04-03 10:00"):  # Fri
        complaint = scene.complain(user, place.office, about=refused)
    with world.at("2026-04-07 10:00"):  # Tue
        complaint = advance(complaint, "name_official", by=place.staff[named_by], person=place.head.pk)
    assert (complaint.state, complaint.capacity, complaint.considered_by) == ("registered", "provider", body.office)
    assert clock_of(complaint, "answer_5").outcome == Outcome.TRANSFERRED
    assert day_of(complaint, "forward") == date(2026, 4, 10)  # Fri, three working days from Tue
    letter = Notice.objects.get(case=complaint.pk, letter="complaint_handed_over", channel="cabinet")
    assert body.office.name_kk in letter.subject + letter.body
    with world.at("2026-04-08 10:00"):
        assert scene.forward(complaint, place.clerk).at_the_body.office == body.office
    assert not complaint.deadlines.breaches().exists()
    assert not complaint.deadlines.running().exists()


@pytest.mark.norm("CONS-14-3")
def test_a_head_of_whom_nobody_complains_hands_nothing_over(user, place, refused):
    decide_in_2021(refused, place.member1)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, place.office, about=refused)
        with pytest.raises(MoveNotAllowed) as refusal:
            advance(complaint, "hand_over", by=SYSTEM)
    assert refusal.value.reason == conditions.head_is_complained_of.reason
