"""At the provider: three working days to grant all or to forward, five to consider. Norm: GAP-34."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from complaints.bundles import making
from kazservices.cases.models import CaseParty
from kazservices.deadlines.models import Deadline, Outcome
from kazservices.flow import sweeps
from kazservices.flow.door import advance, options
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from kazservices.reports import clocks
from kazservices.reports.scope import Scope
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of, fresh


@pytest.mark.norm("CONS-14-2", "CONS-14-4", "CLK-COMPL-FWD")
def test_a_complaint_of_the_portal_is_registered_at_once_and_two_clocks_run(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    assert complaint.state == "registered"
    assert complaint.registered_on == date(2026, 3, 20)
    assert day_of(complaint, "forward") == date(2026, 3, 30)  # Mon: three working days from arrival, across Nauryz
    assert day_of(complaint, "consider") == date(2026, 4, 1)  # Wed: five from registration
    assert clock_of(complaint, "register").outcome == Outcome.MET


@pytest.mark.norm("CONS-14-2", "CONS-14-4", "CLK-COMPL-PROV")
@pytest.mark.parametrize(
    ("arrived", "forward", "consider"),
    [
        ("2026-04-03 18:29", date(2026, 4, 8), date(2026, 4, 10)),  # Fri, a minute before closing -> Wed, Fri
        ("2026-04-03 18:30", date(2026, 4, 9), date(2026, 4, 13)),  # Fri at closing: accepted Mon -> Thu, Mon
        ("2026-04-04 12:00", date(2026, 4, 9), date(2026, 4, 13)),  # Sat: the same
        ("2026-04-29 10:00", date(2026, 5, 5), date(2026, 5, 8)),  # Wed -> Tue, Fri: 1 May is a day off, 7 May too
    ],
)
def test_the_terms_count_from_the_acceptance_day_by_the_hours_of_the_office(user, place, arrived, forward, consider):
    with world.at(arrived):
        complaint = scene.complain(user, place.office)
    assert (day_of(complaint, "forward"), day_of(complaint, "consider")) == (forward, consider)


@pytest.mark.norm("CONS-14-3", "LAW-4-1-3")
def test_granted_in_full_on_the_second_day_both_clocks_are_met_and_nothing_is_forwarded(user, place, body, refused):
    with world.at("2026-04-03 10:00"):  # Fri
        complaint = scene.complain(user, place.office, about=refused)
    assert complaint.person == place.chair  # who has signed the refusal is the official complained of
    with world.at("2026-04-07 12:00"):  # Tue, D2
        complaint = scene.move(complaint, "grant_in_full", place.chair, granted="Күші жойылды.", reopen=True)
    assert complaint.state == "granted"
    assert {clock_of(complaint, rule).outcome for rule in ("forward", "consider")} == {Outcome.MET}
    refused.refresh_from_db()
    assert refused.state == "opinions_in"  # a new favourable decision, tied to the complaint
    assert refused.papers.filter(state="withdrawn", withdrawn_upon=complaint.decision).exists()
    assert not body.office.cases.filter(service="complaint").exists()
    letter = Notice.objects.get(case=complaint.pk, letter="complaint_granted", channel="cabinet")
    assert "Күші жойылды." in letter.body


@pytest.mark.norm("CONS-14-3")
def test_after_three_working_days_it_can_no_longer_be_kept_by_granting_it(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-31 09:05"), pytest.raises(MoveNotAllowed):  # Tue, D4
        advance(complaint, "grant_in_full", by=place.head, document=None)


@pytest.mark.norm("CONS-14-3")
def test_granted_in_part_is_no_exception_the_clocks_run_on_and_it_travels_with_the_complaint(user, place, body):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-26 10:00"):
        complaint = scene.move(complaint, "grant_in_part", place.head, granted="Мерзім туралы талап орындалды.")
    assert {clock.rule for clock in complaint.deadlines.running()} == {"complaint.forward", "complaint.consider"}
    with world.at("2026-03-27 10:00"):
        complaint = scene.forward(complaint, place.head)
    assert "Мерзім туралы талап" in complaint.at_the_body.granted
    assert "Мерзім туралы талап" in complaint.papers.get(kind="complaint_forwarding").facts["granted"]


@pytest.mark.norm("CONS-14-2")
def test_forwarded_on_the_third_day_ends_the_first_clock_as_met_and_the_second_as_transferred(
    user, place, body, refused
):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=refused)
    with world.at("2026-04-08 18:00"):  # Wed, D3
        complaint = scene.forward(complaint, place.clerk)
    assert complaint.state == "forwarded"
    assert clock_of(complaint, "forward").outcome == Outcome.MET
    assert clock_of(complaint, "consider").outcome == Outcome.TRANSFERRED
    assert not complaint.deadlines.breaches().exists()
    there = complaint.at_the_body
    assert (there.office, there.state, there.capacity, there.about_id) == (body.office, "received", "body", refused.pk)
    with world.at("2026-04-08 18:10"):
        seen = type(refused).objects.visible_to(body.head)
        assert refused in seen  # the administrative case goes with it
    parts = CaseParty.objects.filter(office=body.office, part="superior_body", norm="CONS-14-2")
    assert {party.case_id for party in parts} == {refused.pk, complaint.pk}
    sent = complaint.papers.get(kind="complaint_forwarding").facts
    assert sent["case_file"]["sha256"] == complaint.bundles.get().sha256
    assert sent["body"]["kk"] == body.office.name_kk


@pytest.mark.norm("CONS-14-2")
def test_without_the_case_file_nothing_is_forwarded(user, place, body):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        with pytest.raises(MoveNotAllowed):
            scene.move(complaint, "forward", place.clerk)


@pytest.mark.norm("CONS-14-2")
def test_neither_by_the_third_day_is_a_breach_and_forwarding_stays_possible_and_due(user, place, body):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-31 09:10"):  # Tue, after D3
        sweeps.note_breaches()
        assert list(complaint.deadlines.breaches().values_list("rule", flat=True)) == ["complaint.forward"]
        complaint = scene.forward(complaint, place.clerk)
    assert complaint.state == "forwarded"
    assert clock_of(complaint, "consider").outcome == Outcome.TRANSFERRED
    assert complaint.deadlines.breaches().count() == 1  # the second went over in time: never missed


@pytest.mark.norm("CONS-14-6")
def test_a_complaint_about_the_state_corporation_is_taken_in_and_sent_on_not_considered(user, place, body):
    head = scene.build_corporation(place.office)
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office, category="STATE_CORPORATION", corporation="head", subject="act")
    assert complaint.considered_by == head
    assert not complaint.deadlines.filter(rule="complaint.consider").exists()
    with world.at("2026-03-26 10:00"):
        for name in ("grant_in_full", "grant_in_part"):
            with pytest.raises(MoveNotAllowed):
                advance(complaint, name, by=place.head)
        complaint = scene.forward(complaint, place.clerk)
    assert (complaint.state, complaint.is_outside) == ("forwarded", True)


@pytest.mark.norm("CONS-14-6")
def test_the_complainant_chooses_between_its_head_and_the_informatization_authority(user, place):
    with world.at(scene.FILED):
        with pytest.raises(ValidationError) as nobody:
            scene.complain(user, place.office, category="STATE_CORPORATION", corporation="informatization")
        assert "corporation" in nobody.value.error_dict  # the directory names none yet
        authority = scene.build_outside("10", "Ақпараттандыру", kind="informatization")
        complaint = scene.complain(
            user, place.office, category="STATE_CORPORATION", corporation="informatization", subject="act"
        )
    assert complaint.considered_by == authority


@pytest.mark.norm("CONS-14-3")
def test_another_clerk_may_not_grant_but_the_clerk_complained_of_may(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-26 10:00"):
        with pytest.raises(PermissionDenied):
            scene.move(complaint, "grant_in_full", place.clerk, granted="Қабылданды.")
        assert "grant_in_full" not in {option.move.name for option in options(complaint, place.clerk)}
        complaint = advance(complaint, "name_official", by=place.head, person=place.clerk.pk)
        complaint = scene.move(complaint, "grant_in_full", place.clerk, granted="Қабылданды.")
    assert complaint.state == "granted"


@pytest.mark.norm("CONS-14-1", "LAW-4-1-3")
def test_a_complaint_names_what_is_complained_of_and_is_entered_in_the_register_of_complaints(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office, subject="omission", official="Іс жүргізуші")
    assert complaint.number.startswith("Ш-")
    assert complaint.particulars["subject"] == "omission"
    assert [entry.move for entry in complaint.journal.order_by("number")] == ["submit", "register"]


def test_who_takes_a_complaint_back_ends_its_clocks(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        stranger = world.build_recipient("000101100006")
        with pytest.raises(PermissionDenied):
            advance(complaint, "withdraw", by=stranger)
        complaint = advance(complaint, "withdraw", by=user)
    assert not Deadline.objects.running().filter(case=complaint.pk).exists()
    assert fresh(complaint).state == "withdrawn"


@pytest.mark.norm("CONS-14-2")
def test_the_case_file_is_ordered_by_itself_and_anew_when_a_part_is_granted(user, place, body, refused):
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, place.office, about=refused)
    for moment, ordered in (("2026-04-03 10:01", 1), ("2026-04-03 10:02", 1)):
        with world.at(moment):
            sweeps.run_errands()
            making.make_waiting()
            assert complaint.bundles.filter(state="ready").count() == ordered
    with world.at("2026-04-03 11:00"):
        complaint = scene.move(complaint, "grant_in_part", place.head, granted="Бір бөлігі.")
        sweeps.run_errands()
        making.make_waiting()
        assert complaint.bundles.filter(state="ready").count() == 2
        assert fresh(complaint).case_file.others.get() == refused.case_ptr


@pytest.mark.norm("CONS-14-2")
def test_a_case_file_from_before_a_part_was_granted_goes_nowhere(user, place, body):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        scene.case_file(complaint, place.clerk)
        assert fresh(complaint).case_file is not None
    with world.at("2026-03-26 10:00"):
        complaint = scene.move(complaint, "grant_in_part", place.head, granted="Бір бөлігі.")
        with pytest.raises(MoveNotAllowed):
            scene.move(complaint, "forward", place.clerk)
        assert scene.forward(complaint, place.clerk).state == "forwarded"


@pytest.mark.norm("CONS-14-2", "CLK-COMPL-PROV")
@pytest.mark.parametrize("forwarded", ["2026-04-09 09:30", "2026-04-13 12:00", "2026-05-04 12:00"])
def test_forwarded_however_late_only_the_forwarding_is_missed(user, place, body, forwarded):
    with world.at("2026-04-03 10:00"):  # Fri: to be forwarded by Wed 8, considered by Fri 10
        complaint = scene.complain(user, place.office)
    with world.at(forwarded):
        sweeps.note_breaches()
        complaint = scene.forward(complaint, place.clerk)
        sweeps.note_breaches()
        scope = Scope((place.office,), date(2026, 4, 1), date(2026, 5, 31), as_of=world.clock.now())
        late = clocks.standing(clocks.clocks(scope.narrowed(service="complaint")), clocks.LATE)
        assert [clock.rule for clock in late] == ["complaint.forward"]
    assert clock_of(complaint, "consider").outcome == Outcome.TRANSFERRED
    assert [clock.rule for clock in complaint.deadlines.breaches()] == ["complaint.forward"]


@pytest.mark.norm("CONS-14-4")
def test_what_nobody_considers_or_forwards_is_missed_while_it_runs(user, place):
    with world.at("2026-04-03 10:00"):  # Fri
        complaint = scene.complain(user, place.office)
    with world.at("2026-04-13 12:00"):  # Mon
        sweeps.note_breaches()
    missed = set(complaint.deadlines.breaches().values_list("rule", flat=True))
    assert missed == {"complaint.forward", "complaint.consider"}


@pytest.mark.norm("CONS-14-2")
def test_the_file_that_goes_has_all_that_has_happened_in_the_case(user, place, body):
    with world.at(scene.FILED):
        case = world.apply(user, place.office)
    with world.at("2026-03-26 10:00"):
        complaint = scene.complain(user, place.office, about=case, subject="omission")
        scene.case_file(complaint, place.clerk)
    with world.at("2026-03-27 10:00"):
        world.make(case, "send_to_members", place.chair)
    with world.at("2026-03-30 10:00"):
        with pytest.raises(MoveNotAllowed):
            scene.move(fresh(complaint), "forward", place.clerk)
        sweeps.run_errands()
        making.make_waiting()
        assert scene.move(fresh(complaint), "forward", place.clerk).state == "forwarded"
