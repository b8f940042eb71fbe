"""At the body: five or fifteen working days from its registration, one extension, an impartial answer."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from complaints import conditions
from complaints.conditions import extension_is_untold
from complaints.models import SignedAct
from kazservices.deadlines import service as deadlines
from kazservices.deadlines.models import Outcome
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.notices.models import Notice
from kazservices.offices.absences import note_absence
from tests import world
from tests.complaints import scene
from tests.complaints.scene import clock_of, day_of, fresh

EXTEND = {"ground": "study", "days": 10, "reason": "Жергілікті жерге барып тексеру керек."}
UPHELD = {"motive": "Анықтама жарамды болған.", "ordered": "Өтінішті қайта қарау."}


@pytest.fixture
def at_the_body(user, place, body, refused):
    """Forwarded on Wed 8 April 2026, registered at the body on Thu 9 April."""
    return considered(user, place, body, refused)


def considered(user, place, body, about, **said):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=about, **said)
    with world.at("2026-04-08 10:00"):
        complaint = scene.forward(complaint, place.clerk)
    with world.at("2026-04-09 10:00"):
        return advance(complaint.at_the_body, "take_up", by=body.clerk)


def on_paper(place, body):
    """Brought, registered, forwarded and registered at the body on Fri 3 April 2026."""
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain_on_paper(place.clerk, place.office)
        complaint = advance(complaint, "register", by=place.clerk)
        complaint = scene.forward(complaint, place.clerk)
        return advance(complaint.at_the_body, "take_up", by=body.clerk)


@pytest.mark.norm("LAW-25-2a", "ADM-47-2")
def test_a_body_considers_within_five_working_days_of_its_own_registration(at_the_body):
    assert at_the_body.state == "considered"
    assert day_of(at_the_body, "answer_5") == date(2026, 4, 16)  # Thu 9 April -> Thu
    assert clock_of(at_the_body, "answer_15") is None


@pytest.mark.norm("CONS-14-5", "LAW-25-2b", "CLK-COMPL-AUTH")
def test_the_authority_for_quality_has_fifteen(user, place, refused):
    authority = scene.build_authority(place.office, inside=True)
    complaint = considered(user, place, authority, refused, addressee="quality")
    assert complaint.office == authority.office
    assert day_of(complaint, "answer_15") == date(2026, 4, 30)  # Thu 9 April -> Thu, fifteen working days
    assert clock_of(complaint, "answer_5") is None


@pytest.mark.norm("ADM-47-1", "ADM-47-3")
def test_one_may_complain_to_the_authority_at_once(user, place, refused):
    authority = scene.build_authority(place.office, inside=True)
    with world.at("2026-04-03 10:00"):  # Fri
        complaint = scene.complain(user, authority.office, about=refused)
    assert (complaint.capacity, complaint.state, complaint.against) == ("body", "considered", place.office)
    assert day_of(complaint, "answer_15") == date(2026, 4, 24)  # Fri 3 April -> Fri
    assert clock_of(complaint, "forward") is None


@pytest.mark.norm("ADM-47-1", "CONS-14-5")
def test_at_the_authority_one_says_of_whom_one_complains_where_it_is_about_no_case(user, place):
    authority = scene.build_authority(place.office, inside=True)
    with world.at("2026-04-03 10:00"):  # Fri
        for said in ({}, {"against": "00"}):
            with pytest.raises(ValidationError) as refusal:
                scene.complain(user, authority.office, subject="act", **said)
            assert set(refusal.value.error_dict) == {"against"}
        complaint = scene.complain(user, authority.office, subject="act", against=place.office.code)
    assert (complaint.capacity, complaint.state, complaint.against) == ("body", "considered", place.office)
    assert day_of(complaint, "answer_15") == date(2026, 4, 24)  # Fri, fifteen working days


@pytest.mark.norm("ADM-47-1", "CONS-14-6")
def test_of_the_staff_of_the_state_corporation_one_complains_anywhere_alike(user, place):
    authority, head = scene.build_authority(place.office, inside=True), scene.build_corporation(place.office)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(
            user, authority.office, category="STATE_CORPORATION", corporation="head", subject="act"
        )
    assert (complaint.against, complaint.considered_by) == (authority.office, head)


@pytest.mark.norm("ADM-47-1")
def test_a_case_of_another_office_than_the_one_named_is_told(user, place, refused):
    authority = scene.build_authority(place.office, inside=True)
    with world.at("2026-04-03 10:00"), pytest.raises(ValidationError) as refusal:
        scene.complain(user, authority.office, about=refused, against=authority.office.code)
    assert set(refusal.value.error_dict) == {"against"}


@pytest.mark.norm("CONS-14-1")
def test_of_the_authority_itself_one_complains_to_the_body_above_it(user, place):
    authority = scene.build_authority(place.office, inside=True)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, authority.office, subject="act", against=authority.office.code)
    assert (complaint.capacity, complaint.considered_by) == ("provider", authority.office.superior_body)


@pytest.mark.norm("LAW-25-4a", "CLK-COMPL-EXT")
def test_fifteen_days_extended_by_ten_end_ten_working_days_after_the_original_term(user, place, refused):
    authority = scene.build_authority(place.office, inside=True)
    complaint = considered(user, place, authority, refused, addressee="quality")
    with world.at("2026-04-20 10:00"):
        complaint = scene.move(complaint, "extend", authority.head, **EXTEND)
    assert complaint.state == "extended"
    # Thu 30 April and ten working days to Tue 19 May: Fri 1, Thu 7 and Mon 11 May (for Sat 9) are days off.
    assert day_of(complaint, "answer_15") == date(2026, 5, 19)
    assert (clock_of(complaint, "answer_15").length, clock_of(complaint, "answer_15").extended_by) == (15, 10)
    facts = complaint.papers.get(kind="complaint_extension").facts
    assert (facts["due_before"][:10], facts["due_after"][:10]) == ("2026-04-30", "2026-05-19")


def test_the_page_counts_what_the_extension_has_added(user, client, at_the_body, body):
    client.force_login(user)
    client.cookies["django_language"] = "ru"
    page = reverse("portal:case", args=[at_the_body.ref])
    with world.at("2026-04-10 10:00"):
        assert "Срок: 5 рабочих дней. " in client.get(page).text
        scene.move(at_the_body, "extend", body.head, **EXTEND)
        assert "Срок: 5 рабочих дней, продлён на 10 рабочих дней. " in client.get(page).text


@pytest.mark.norm("LAW-25-4a", "CLK-COMPL-EXT")
@pytest.mark.parametrize("days", [0, 11, 30])
def test_by_no_more_than_ten_working_days(at_the_body, body, days):
    with world.at("2026-04-10 10:00"), pytest.raises(ValidationError) as refusal:
        scene.move(at_the_body, "extend", body.head, **EXTEND | {"days": days})
    assert "days" in refusal.value.error_dict


@pytest.mark.norm("LAW-25-4a")
def test_only_for_one_of_the_two_grounds_once_and_before_the_term_has_ended(at_the_body, body):
    with world.at("2026-04-10 10:00"):
        with pytest.raises(ValidationError) as refusal:
            scene.move(at_the_body, "extend", body.head, **EXTEND | {"ground": "holiday"})
        assert "ground" in refusal.value.error_dict
    with world.at("2026-04-16 18:31"), pytest.raises(MoveNotAllowed):  # a minute after the end of the term
        scene.move(at_the_body, "extend", body.head, **EXTEND)
    with world.at("2026-04-16 18:29"):
        complaint = scene.move(at_the_body, "extend", body.head, **EXTEND)
        with pytest.raises(MoveNotAllowed):
            scene.move(complaint, "extend", body.head, **EXTEND)


@pytest.mark.norm("LAW-25-4a")
@pytest.mark.parametrize("kind", ["organisation", "corporation", "informatization"])
def test_neither_a_school_nor_the_state_corporation_extends(user, place, body, refused, kind):
    complaint = considered(user, place, body, refused)
    type(body.office).objects.filter(pk=body.office.pk).update(kind=kind)
    with world.at("2026-04-10 10:00"), pytest.raises(MoveNotAllowed) as refusal:
        scene.move(complaint, "extend", body.head, **EXTEND)
    assert refusal.value.reason == conditions.body_may_extend.reason


@pytest.mark.norm("LAW-25-4a")
def test_no_other_rule_can_be_extended(user, place):
    with world.at(scene.FILED):
        case = world.apply(user, place.office)
    for clock in case.deadlines.running():
        with pytest.raises(ValueError, match="no norm allows"):
            deadlines.extend(clock, by=1, at=clock.started_at)


@pytest.mark.norm("LAW-25-4b", "CLK-COMPL-EXTN")
def test_of_an_extension_the_complainant_is_told_at_once_in_his_cabinet(at_the_body, body, user):
    with world.at("2026-04-10 10:00"):
        complaint = scene.move(at_the_body, "extend", body.head, **EXTEND)
    told = clock_of(complaint, "tell_extension")
    assert complaint.time.local(told.due_at).date() == date(2026, 4, 15)  # three working days from Fri 10 April
    assert told.outcome == Outcome.MET
    letter = Notice.objects.get(case=complaint.pk, letter="complaint_extended", channel="cabinet", recipient=user)
    assert EXTEND["reason"] in letter.body
    with world.at("2026-04-10 10:05"), pytest.raises(MoveNotAllowed) as refusal:
        advance(complaint, "tell_extension", by=body.clerk)
    assert refusal.value.reason == extension_is_untold.reason


@pytest.mark.norm("LAW-25-4b", "CLK-COMPL-EXTN")
def test_on_paper_the_notice_is_owed_until_it_is_sent(place, body):
    complaint = on_paper(place, body)
    with world.at("2026-04-06 10:00"):
        complaint = scene.move(complaint, "extend", body.head, **EXTEND)
    assert clock_of(complaint, "tell_extension").is_running
    with world.at("2026-04-10 10:00"):  # Fri: due on Thu 9 April, sent on Wed 8, noted now
        with pytest.raises(ValidationError) as refusal:
            advance(complaint, "tell_extension", by=body.clerk, sent_on="2026-04-11")
        assert "sent_on" in refusal.value.error_dict
        complaint = advance(complaint, "tell_extension", by=body.clerk, sent_on="2026-04-08")
    assert not complaint.deadlines.breaches().exists()


@pytest.mark.norm("LAW-25-1", "LAW-5-2-7", "CONS-14-7")
def test_the_answer_has_its_reasons_and_the_way_to_court_and_ends_the_term(at_the_body, body, user, place):
    with world.at("2026-04-15 10:00"):
        with pytest.raises(ValidationError) as refusal:
            scene.move(at_the_body, "refuse", body.head, motive=" ")
        assert "motive" in refusal.value.error_dict
        complaint = scene.move(at_the_body, "refuse", body.head, motive="Мерзім шынымен өткен.")
    assert (complaint.state, complaint.outcome) == ("answered", "refused")
    assert clock_of(complaint, "answer_5").outcome == Outcome.MET
    assert complaint.papers.get(kind="complaint_refused").facts["court"] is True
    assert Notice.objects.filter(case=complaint.pk, letter="complaint_answered", recipient=user).exists()
    provider = complaint.forwarded_from
    assert (fresh(provider).state, fresh(provider).outcome) == ("answered", "refused")
    assert Notice.objects.filter(case=provider.pk, letter="complaint_outcome", recipient=place.head).exists()
    client = Client()
    client.force_login(user)
    shown = client.get(reverse("portal:case", args=[provider.ref])).content.decode()
    assert reverse("portal:case", args=[complaint.ref]) in shown  # the answer itself is one step away


@pytest.mark.norm("LAW-5-2-7", "LAW-25-2a")
def test_on_paper_the_term_ends_when_the_answer_has_been_sent(place, body):
    complaint = on_paper(place, body)
    with world.at("2026-04-09 10:00"):
        complaint = scene.move(complaint, "refuse", body.head, motive="Негізсіз.")
    assert (complaint.state, clock_of(complaint, "answer_5").is_running) == ("refused", True)
    with world.at("2026-04-14 10:00"):  # Tue: due on Fri 10 April, posted that day, noted now
        with pytest.raises(ValidationError) as refusal:
            advance(complaint, "answer", by=body.clerk, sent_on="2026-04-08")
        assert refusal.value.error_dict["sent_on"][0].code == "too_early"
        complaint = advance(complaint, "answer", by=body.clerk, sent_on="2026-04-10")
    assert (complaint.state, complaint.answered_on) == ("answered", date(2026, 4, 10))
    assert clock_of(complaint, "answer_5").outcome == Outcome.MET
    assert not complaint.deadlines.breaches().exists()


@pytest.mark.norm("CLK-COMPL-PROV", "LAW-25-2a")
def test_an_answer_that_was_signed_after_closing_was_not_sent_in_time(place, body):
    complaint = on_paper(place, body)
    with world.at("2026-04-10 19:00"):  # Fri, the last day, half an hour after closing
        complaint = scene.move(complaint, "refuse", body.head, motive="Негізсіз.")
    with world.at("2026-04-13 10:00"):  # Mon
        complaint = advance(complaint, "answer", by=body.clerk, sent_on="2026-04-10")
    assert clock_of(complaint, "answer_5").ended_at == complaint.acts.get(kind="answer").at
    assert [clock.rule for clock in complaint.deadlines.breaches()] == ["complaint.answer_5"]


@pytest.mark.norm("LAW-5-2-9")
def test_a_term_of_execution_beyond_the_calendar_is_told_at_its_field(client, at_the_body, body):
    client.force_login(body.head)
    with world.at("2026-11-10 10:00"):
        said = {**UPHELD, "reopen": "on", "within": "366"}
        answer = client.post(reverse("admin:move", args=[at_the_body.ref, "satisfy"]), said)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"within"}
    assert fresh(at_the_body).state == "considered"


@pytest.mark.norm("CONS-14-3", "LAW-25-1", "LAW-25-4a")
def test_the_person_complained_of_signs_nothing_but_the_full_satisfaction(user, place, body, refused):
    complaint = considered(user, place, body, refused)
    type(complaint).objects.filter(pk=complaint.pk).update(person=body.head)
    complaint = fresh(complaint)
    with world.at("2026-04-10 10:00"):
        for name, facts, field in (
            ("extend", EXTEND, "reason"),
            ("refuse", {"motive": "Негізсіз."}, "motive"),
            ("satisfy", UPHELD, "motive"),
            ("satisfy_in_part", UPHELD, "motive"),
        ):
            with pytest.raises(ValidationError) as refusal:
                scene.move(complaint, name, body.head, **facts)
            assert refusal.value.error_dict[field][0].code == "not_impartial"
    assert fresh(complaint).state == "considered"


@pytest.mark.norm("CONS-14-3")
def test_in_his_own_office_he_grants_no_part_nor_does_his_subordinate(user, place, refused):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=refused)
        complaint = advance(complaint, "name_official", by=place.clerk, person=place.head.pk)
        for signer in (place.head, place.chair):
            with pytest.raises(ValidationError) as refusal:
                scene.move(complaint, "grant_in_part", signer, granted="Бір бөлігі.")
            assert refusal.value.error_dict["granted"][0].code == "not_impartial"
        for signer in (place.clerk, place.secretary):
            with pytest.raises(PermissionDenied):
                scene.move(complaint, "grant_in_part", signer, granted="Бір бөлігі.")


@pytest.mark.norm("CONS-14-3", "LAW-4-1-3")
def test_nobody_takes_himself_or_his_superior_out_of_a_complaint(user, place, refused):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=refused)  # about the chair, who has signed
        for by, instead in (
            (place.clerk, place.secretary),
            (place.clerk, place.member1),
            (place.secretary, place.deputy),
        ):
            with pytest.raises((ValidationError, PermissionDenied)):
                advance(complaint, "name_official", by=by, person=instead.pk)
        complaint = advance(complaint, "name_official", by=place.clerk, person=place.head.pk)  # his superior
        for by in (place.head, place.clerk):
            with pytest.raises(ValidationError) as refusal:
                advance(complaint, "name_official", by=by, person=place.secretary.pk)
            assert refusal.value.error_dict["person"][0].code == "not_impartial"


@pytest.mark.norm("CONS-14-3")
def test_who_stands_in_for_the_one_complained_of_stays_his_subordinate(user, place):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office)
        complaint = advance(complaint, "name_official", by=place.clerk, person=place.head.pk)
    with world.at("2026-04-06 09:00"):
        days = {"since": date(2026, 4, 6), "until": date(2026, 4, 10)}
        note_absence(user=place.head, office=place.office, reason="Демалыс", by=place.operator, substitute=place.clerk,
                     act="№ 7", **days)  # fmt: skip
    with world.at("2026-04-07 10:00"):
        with pytest.raises(ValidationError) as refusal:
            scene.move(complaint, "grant_in_part", place.clerk, granted="Бір бөлігі.")
        assert refusal.value.error_dict["granted"][0].code == "not_impartial"
        act = SignedAct(
            complaint_id=complaint.pk, kind="part", by=place.clerk, at=world.clock.now(), on=date(2026, 4, 7)
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            act.save()


@pytest.mark.norm("CONS-14-3")
def test_his_superior_may_name_another(user, place, refused):
    with world.at("2026-04-03 17:00"):
        complaint = scene.complain(user, place.office, about=refused)
        complaint = advance(complaint, "name_official", by=place.head, person=place.secretary.pk)
        complaint = scene.move(complaint, "grant_in_part", place.chair, granted="Бір бөлігі.")
    assert complaint.acts.get().by == place.chair


@pytest.mark.norm("CONS-14-3")
@pytest.mark.parametrize(("person", "signer", "lawful"), [
    ("head", "head", False),
    ("head", "clerk", False),
    ("chair", "secretary", False),
    ("secretary", "head", True),
    ("clerk", "head", True),
])  # fmt: skip
def test_the_database_itself_refuses_the_signature(user, place, person, signer, lawful):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        type(complaint).objects.filter(pk=complaint.pk).update(person=getattr(place, person))
        act = SignedAct(
            complaint=complaint, kind="part", by=getattr(place, signer), at=complaint.submitted_at, on=date(2026, 3, 20)
        )
        if lawful:
            act.save()
            return
        with pytest.raises(IntegrityError), transaction.atomic():
            act.save()


@pytest.mark.norm("CONS-14-3")
def test_the_database_refuses_a_decision_without_its_signed_act(at_the_body, body):
    decided = {"outcome": "refused", "motive": "Негізсіз.", "decided_by": body.head, "state": "refused"}
    with pytest.raises(IntegrityError), transaction.atomic():
        type(at_the_body).objects.filter(pk=at_the_body.pk).update(**decided)


@pytest.mark.norm("CONS-14-3")
def test_who_has_signed_is_not_named_as_complained_of_afterwards(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        complaint = scene.move(complaint, "grant_in_part", place.head, granted="Бір бөлігі.")
        with pytest.raises(ValidationError) as refusal:
            advance(complaint, "name_official", by=place.clerk, person=place.head.pk)
    assert refusal.value.error_dict["person"][0].code == "has_signed"


def test_only_the_people_of_the_body_decide_and_those_of_the_provider_do_not(at_the_body, place, body):
    with world.at("2026-04-10 10:00"):
        for stranger in (place.head, place.clerk, body.clerk):
            with pytest.raises(PermissionDenied):
                scene.move(at_the_body, "satisfy", stranger, **UPHELD)


@pytest.mark.norm("LAW-5-2-9", "LAW-25-1")
def test_an_upheld_complaint_orders_something_and_turns_the_refusal_into_a_case_again(at_the_body, body, refused, user):
    with world.at("2026-04-14 10:00"):  # Tue
        with pytest.raises(ValidationError) as refusal:
            scene.move(at_the_body, "satisfy", body.head, **UPHELD | {"ordered": ""})
        assert "ordered" in refusal.value.error_dict
        complaint = scene.move(at_the_body, "satisfy", body.head, **UPHELD, within=3, reopen=True)
    refused.refresh_from_db()
    assert refused.state == "opinions_in"
    clock = refused.deadlines.running().get(rule="deferral.decide")
    assert (clock.length, clock.source) == (3, "ordered")
    assert refused.time.local(clock.due_at).date() == date(2026, 4, 17)  # Fri: three working days from Tue 14 April
    fallen = refused.papers.get(state="withdrawn")
    assert fallen.withdrawn_upon == complaint.decision
    assert complaint.decision.endswith("14.04.2026")


@pytest.mark.norm("LAW-5-2-9")
def test_without_a_term_of_its_own_the_case_is_counted_as_a_new_one_and_marked_as_our_assumption(
    at_the_body, body, refused
):
    with world.at("2026-04-14 10:00"):
        scene.move(at_the_body, "satisfy_in_part", body.head, **UPHELD, reopen=True)
    clock = refused.deadlines.running().get(rule="deferral.decide")
    assert (clock.length, clock.source) == (6, "assumed")
    assert refused.time.local(clock.due_at).date() == date(2026, 4, 22)  # six working days from Tue 14 April


def test_an_upheld_complaint_on_an_omission_leaves_the_result_alone(at_the_body, body, refused):
    with world.at("2026-04-14 10:00"):
        scene.move(at_the_body, "satisfy", body.head, **UPHELD)
    refused.refresh_from_db()
    assert refused.state == "refused"
