"""On paper, by post, from a higher body: who brings it, and when it is registered. Norm: GAP-34."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from complaints.forms import ArrivalForm
from complaints.pages import page
from kazservices.cases.models import Applicant
from kazservices.deadlines.models import Outcome
from kazservices.flow.door import advance
from kazservices.notices.models import Notice
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of


@pytest.mark.norm("CONS-14-1", "CONS-14-4")
def test_on_paper_it_waits_for_the_clerk_who_registers_it_on_its_acceptance_day(place):
    with world.at("2026-03-26 10:00"):  # Thu
        complaint = scene.complain_on_paper(place.clerk, place.office)
    assert complaint.state == "received"
    assert day_of(complaint, "register") == date(2026, 3, 26)
    assert day_of(complaint, "forward") == date(2026, 3, 31)  # runs from the arrival, registered or not
    assert clock_of(complaint, "consider") is None
    with world.at("2026-03-26 17:00"):
        complaint = advance(complaint, "register", by=place.clerk, registered_on="2026-03-26")
    assert clock_of(complaint, "register").outcome == Outcome.MET
    assert not complaint.deadlines.breaches().exists()
    assert day_of(complaint, "consider") == date(2026, 4, 2)


@pytest.mark.norm("CONS-14-1", "CLK-COMPL-PROV")
def test_registered_later_than_it_arrived_is_a_breach_and_the_five_days_are_shown_from_arrival_too(place):
    with world.at("2026-03-26 10:00"):  # Thu
        complaint = scene.complain_on_paper(place.clerk, place.office)
    with world.at("2026-03-30 10:00"):  # Mon
        complaint = advance(complaint, "register", by=place.clerk)
    assert clock_of(complaint, "register").breach_noted_at is not None
    assert day_of(complaint, "consider") == date(2026, 4, 6)  # five from Mon 30 March
    with world.at("2026-03-30 10:05"):
        assert page(complaint, place.clerk)["from_arrival"].date() == date(2026, 4, 2)  # five from Thu 26 March


@pytest.mark.norm("CONS-14-4", "CLK-COMPL-PROV")
def test_a_registration_entered_later_counts_from_its_own_day(place):
    with world.at("2026-03-26 10:00"):  # Thu
        complaint = scene.complain_on_paper(place.clerk, place.office)
    with world.at("2026-03-27 10:00"):  # written into the book on Thu, entered on Fri
        complaint = advance(complaint, "register", by=place.clerk, registered_on="2026-03-26")
    assert complaint.registered_on == date(2026, 3, 26)
    assert day_of(complaint, "consider") == date(2026, 4, 2)
    line = complaint.journal.get(move="register")
    assert (line.at.date(), line.kept.facts["registered_on"]) == (date(2026, 3, 27), "2026-03-26")


@pytest.mark.norm("CONS-14-4")
@pytest.mark.parametrize(("day", "code"), [("2026-03-25", "before_arrival"), ("2026-03-28", "future")])
def test_a_registration_before_the_arrival_or_in_the_future_is_told_at_its_field(place, day, code):
    with world.at("2026-03-26 10:00"):
        complaint = scene.complain_on_paper(place.clerk, place.office)
        with pytest.raises(ValidationError) as refusal:
            advance(complaint, "register", by=place.clerk, registered_on=day)
    assert refusal.value.error_dict["registered_on"][0].code == code
    complaint.refresh_from_db()
    assert complaint.state == "received"


@pytest.mark.norm("CONS-14-1", "CLK-COMPL-FWD")
@pytest.mark.parametrize("how", ["post", "higher_body"])
def test_what_came_by_post_or_from_a_higher_body_counts_from_the_moment_it_arrived(place, how):
    arrival = {
        "how": how, "at": "2026-03-26T16:00:00+05:00", "sender": "Облыс әкімдігі", "number": "17-3/112",
        "date": "2026-03-19",
    }  # fmt: skip
    with world.at("2026-03-27 09:30"):  # Fri: entered a day later
        complaint = scene.complain_on_paper(place.clerk, place.office, arrival=arrival)
    assert complaint.accepted_on == date(2026, 3, 26)  # Thu
    assert day_of(complaint, "forward") == date(2026, 3, 31)  # three working days from Thursday
    assert (complaint.arrival, complaint.sender_number) == (how, "17-3/112")


@pytest.mark.norm("CONS-14-1")
def test_a_case_of_another_person_is_named_by_no_complaint(user, place, refused):
    stranger = world.build_recipient("000101100006")
    with world.at("2026-04-03 10:00"):
        with pytest.raises(ValidationError) as refusal:
            scene.complain(stranger, place.office, about=refused)
        assert refusal.value.error_dict["about"][0].code == "not_own"
        other = Applicant.objects.create(iin="010203500011", full_name="Оспанов Бекзат Нұрланұлы")
        with pytest.raises(ValidationError) as refusal:
            scene.complain_on_paper(place.clerk, place.office, other, about=refused)
    assert refusal.value.error_dict["about"][0].code == "not_own"
    assert not refused.complaints.exists()


@pytest.mark.norm("CONS-14-1")
def test_a_second_complaint_on_one_case_waits_for_the_answer_to_the_first(user, place, refused):
    with world.at("2026-04-03 10:00"):
        first = scene.complain(user, place.office, about=refused)
        with pytest.raises(ValidationError) as refusal:
            scene.complain(user, place.office, about=refused)
        assert refusal.value.error_dict["about"][0].code == "second"
        assert first.number in str(refusal.value)
        advance(first, "withdraw", by=user)
        assert scene.complain(user, place.office, about=refused).state == "registered"


def test_a_complaint_about_a_case_goes_to_its_office_or_to_a_body_above_it(user, place, refused):
    other = world.build_place("07", "Басқа аудан әкімдігі")
    with world.at("2026-04-03 10:00"), pytest.raises(ValidationError) as refusal:
        scene.complain(user, other.office, about=refused)
    assert refusal.value.error_dict["about"][0].code == "other_office"


def test_whoever_has_a_cabinet_reads_there_what_was_brought_on_paper(user, place):
    person = Applicant.objects.create(user=user, iin=user.iin, full_name=user.full_name)
    with world.at("2026-03-26 10:00"):
        complaint = scene.complain_on_paper(place.clerk, place.office, person)
        advance(complaint, "register", by=place.clerk)
    assert Notice.objects.filter(case=complaint.pk, letter="complaint_registered", recipient=user).exists()


@pytest.mark.norm("CLK-COMPL-FWD")
@pytest.mark.parametrize(("hour", "arrived"), [("", "2026-03-26 09:00"), ("17:20", "2026-03-26 17:20")])
def test_a_stamp_without_an_hour_counts_from_the_opening_of_its_day(place, hour, arrived):
    posted = {"how": "post", "arrived_on": "2026-03-26", "arrived_at": hour}
    with world.at("2026-03-27 19:10"):  # written down on Fri after the closing
        form = ArrivalForm(posted, office=place.office)
        assert form.is_valid(), form.errors
        assert datetime.fromisoformat(form.said()["at"]) == datetime.fromisoformat(arrived).replace(tzinfo=world.ALMATY)


@pytest.mark.parametrize("day", ["2026-03-28", "0206-03-26", "2019-03-26"])
def test_a_day_of_arrival_that_cannot_be_is_told_at_its_field(place, day):
    with world.at("2026-03-27 10:00"):
        form = ArrivalForm({"how": "post", "arrived_on": day}, office=place.office)
        assert "arrived_on" in form.errors
