"""The ways in which a citizen could be refused unheard, or on a wrong ground, and that none of them is open."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from conscription import commission, hearings
from conscription.models import Hearing
from conscription.states import State
from kazservices.documents import papers
from kazservices.flow import sweeps
from kazservices.flow.door import advance, options, prepare
from kazservices.flow.errors import MoveNotAllowed, PaperMissing
from kazservices.notices.models import Notice
from kazservices.offices.models import Absence, Office
from kazservices.passports.models import CallUpAct
from tests import world

pytestmark = pytest.mark.django_db
MOVED = {"place": "214-кабинет", "way": "in_person", "reason": "…"}
REFUSAL = {"grounds": ["2"], "motive": "…"}


@pytest.mark.norm("CONS-10-5")
def test_a_hearing_is_never_moved_to_an_earlier_hour_or_to_the_day_of_its_new_notice(user, place):
    case = world.to_hearing(user, place, held_at="2026-03-31 16:00")
    with world.at("2026-03-31 09:00"):
        for soon in ("2026-03-31 09:10", "2026-03-31 17:00"):
            with pytest.raises(ValidationError):
                advance(case, "postpone_hearing", by=place.secretary, held_at=world.local(soon), **MOVED)
        case = advance(case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-04-01 16:00"), **MOVED)
    assert case.state == State.HEARING_CALLED


def test_earlier_only_when_the_applicant_himself_has_asked_for_it(user, place):
    case = world.to_hearing(user, place)  # called on Mon 30 March 12:00 for Wed 1 April 11:00
    with world.at("2026-03-30 14:40"):
        case = advance(case, "ask_postponement", by=user, wish="Ертерек", wished_at=world.local("2026-03-30 16:00"))
        soon = {"held_at": world.local("2026-03-30 16:00"), "asked_by": "applicant"}
        case = advance(case, "postpone_hearing", by=place.secretary, **soon, **MOVED)
    assert hearings.current(case).held_at.astimezone(world.ALMATY).isoformat() == "2026-03-30T16:00:00+05:00"


@pytest.mark.norm("CONS-10-5", "CONS-10-7")
def test_absence_counts_only_when_the_notice_of_that_very_time_was_served(user, place):
    case = world.to_hearing(user, place, held_at="2026-03-31 11:00")
    with world.at("2026-03-31 10:00"):
        case = advance(case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-04-01 16:00"), **MOVED)
    Notice.objects.filter(case=case.pk, letter="hearing_moved").delete()
    with world.at("2026-04-01 16:10"), pytest.raises(MoveNotAllowed):
        advance(case, "record_no_show", by=place.secretary, note="…")


def test_a_wish_without_an_answer_stands_in_the_way_of_recording_an_absence(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-03-31 10:00"):
        case = advance(case, "ask_postponement", by=user, wish="Ауруханадамын")
    with world.at("2026-04-01 11:10"), pytest.raises(MoveNotAllowed):
        advance(case, "record_no_show", by=place.secretary, note="…")
    with world.at("2026-03-31 12:00"):
        case = advance(case, "decline_wish", by=place.chair, reason="Анықтама жоқ.")
    assert Notice.objects.filter(case=case.pk, letter="wish_declined", channel="cabinet", recipient=user).exists()
    with world.at("2026-04-01 11:10"):
        assert advance(case, "record_no_show", by=place.secretary, note="…").state == State.HEARD


def test_the_bodys_postponement_does_not_use_up_the_applicants_wish(user, place):
    case = world.to_hearing(user, place, held_at="2026-03-31 11:00")
    with world.at("2026-03-31 10:00"):
        case = advance(case, "postpone_hearing", by=place.secretary, held_at=world.local("2026-04-01 11:00"), **MOVED)
        case = advance(case, "ask_postponement", by=user, wish="Емтихан", wished_at=world.local("2026-04-03 11:00"))
        later = {"held_at": world.local("2026-04-03 11:00"), "asked_by": "applicant"}
        case = advance(case, "postpone_hearing", by=place.secretary, **later, **MOVED)
    assert case.hearings.filter(counts_as_postponement=True).count() == 1


@pytest.mark.norm("CONS-10-7")
def test_the_record_of_a_hearing_takes_two_hands(user, place):
    case = world.to_hearing(user, place)
    times = {"started_at": world.local("2026-04-01 11:00"), "ended_at": world.local("2026-04-01 11:20")}
    with world.at("2026-04-01 11:40"):
        paper = prepare(case, "record_hearing", by=place.secretary, **world.RECORD, **times)
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=place.secretary, sha256=paper.sha256)
        with pytest.raises(PaperMissing):
            advance(case, "record_hearing", by=place.secretary, document=paper)
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
        assert advance(case, "record_hearing", by=place.chair, document=paper).state == State.HEARD


def test_a_member_recuses_himself_and_nobody_else(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        for other in (place.chair, place.member2):
            with pytest.raises(ValidationError):
                advance(case, "recuse", by=place.member1, person=other.pk, reason="…")
        with pytest.raises(ValidationError):
            advance(case, "recuse", by=place.head, person=user.pk, reason="…")  # no seat in the commission
        case = advance(case, "recuse", by=place.member1, person=place.member1.pk, reason="Туысым")
        assert len(commission.members(case)) == 2
        case = advance(case, "lift_recusal", by=place.head, person=place.member1.pk, reason="Қателік")
        assert len(commission.members(case)) == 3


@pytest.mark.norm("CONS-S9-3", "LAW-5-1-2")
def test_ground_three_falls_away_when_the_act_is_loaded_before_the_decision(user, place):
    acts = list(CallUpAct.objects.values())
    CallUpAct.objects.all().delete()
    case = world.to_members(user, place)
    third = {"ground": "3", "motive": "…"}
    with world.at("2026-03-27 10:00"):
        for member in place.members:
            case = advance(case, "give_opinion", by=member, decision="refuse", **third)
    call = {"grounds": ["3"], "motive": "…", "held_at": world.local("2026-04-01 11:00"), "place": "…", "way": "phone"}
    with world.at("2026-03-30 12:00"):
        case = world.make(case, "call_hearing", place.chair, **call)
    with world.at("2026-04-01 11:10"):
        case = advance(case, "record_no_show", by=place.secretary, note="…")
    CallUpAct.objects.bulk_create(CallUpAct(**act) for act in acts)
    with world.at("2026-04-02 10:00"), pytest.raises(ValidationError):
        world.make(case, "refuse", place.chair, grounds=["3"], motive="…")


@pytest.mark.norm("CONS-S9-3")
def test_an_act_for_a_region_covers_the_districts_in_it(user, place):
    CallUpAct.objects.update(office=Office.objects.get(code="01"))
    assert CallUpAct.objects.in_force(date(2026, 3, 20), place.office).count() == 1


def test_the_refusal_names_the_day_of_the_hearing_not_the_day_it_was_written_down(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-04-02 09:30"):
        case = advance(case, "record_no_show", by=place.secretary, note="…")
        case = world.make(case, "refuse", place.chair, **REFUSAL)
    assert case.papers.get(kind="refusal").facts["heard"] == {"on": "2026-04-01", "how": "no_show"}


@pytest.mark.norm("CONS-10-8")
def test_a_grant_is_open_while_a_hearing_is_called(user, place):
    case = world.to_hearing(user, place)
    with world.at("2026-03-31 12:00"):
        case = world.make(case, "grant", place.chair, motive="Ұстанымы дәлелді.")
    assert hearings.current(case).status == Hearing.Status.NOT_NEEDED
    assert not case.deadlines.running().exists()
    assert case.deadlines.get(rule="deferral.hearing").breach_noted_at is None


def test_a_commission_whose_term_is_over_neither_votes_nor_presides(user, place):
    case = world.to_members(user, place)
    place.office.commissions.update(until=date(2026, 3, 26))
    with world.at("2026-03-27 10:00"):
        assert options(case, place.chair) == options(case, place.member1) == []
        assert commission.members(case) == []


def test_a_member_away_for_a_part_of_the_round_keeps_his_vote(user, place):
    case = world.to_members(user, place)  # sent Thu 26 March; the round ends on Fri 27
    thursday = date(2026, 3, 26)
    away = {"user": place.member3, "office": place.office, "reason": "…", "entered_by": place.secretary}
    absence = Absence.objects.create(since=thursday, until=thursday, **away)
    with world.at("2026-03-26 15:00"):
        for member in (place.member1, place.member2):
            case = advance(case, "give_opinion", by=member, decision="approve")
    assert case.state == State.WITH_MEMBERS
    absence.until = date(2026, 3, 30)
    absence.save()
    with world.at("2026-03-26 16:00"):
        assert commission.silent_members(case) == []


def test_the_head_permits_what_is_lacking_now_and_nothing_that_comes_later(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        advance(case, "give_opinion", by=place.member1, decision="refuse", ground="2", motive="…")
    with world.at("2026-03-30 09:30"):
        case = advance(case, "close_opinions", by=place.chair)
        case = advance(case, "permit_hearing", by=place.head, reason="Мүшелер іссапарда.")
        assert case.permitted_for == [hearings.QUORUM]
    with world.at("2026-04-06 10:00"):  # long after D3: a permit for the quorum is none for lateness
        call = next(option for option in options(case, place.chair) if option.move.name == "call_hearing")
        assert not call.is_open


def test_nobody_permits_a_hearing_to_himself(user, place):
    place.chair.posts.create(office=place.office, role="head", since=world.SINCE)
    case = world.to_opinions(user, place)
    with world.at("2026-04-01 10:00"), pytest.raises(ValidationError):
        advance(case, "permit_hearing", by=place.chair, reason="…")


def test_the_deputy_is_warned_while_the_chair_is_away(user, place):
    world.to_opinions(user, place)
    day = date(2026, 3, 30)
    away = {"reason": "…", "entered_by": place.secretary}
    Absence.objects.create(user=place.chair, office=place.office, since=day, until=day, **away)
    with world.at("2026-03-30 09:05"):
        sweeps.warn()
    warned = Notice.objects.filter(letter="warning_official", channel="cabinet", body__contains="CONS-10-4")
    assert [notice.recipient for notice in warned] == [place.deputy]


def test_the_chair_who_closes_an_ended_round_by_hand_gains_no_day(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-30 09:30"):
        case = advance(case, "close_opinions", by=place.chair)
    assert case.time.local(case.deadlines.get(rule="deferral.conclude").due_at).date() == date(2026, 3, 30)


def test_a_bad_row_keeps_no_other_waiting(user, place, monkeypatch):
    first = world.to_members(user, place)
    second = world.to_members(world.build_recipient("000101100006"), place)

    def advance_or_fail(case, *args, real=sweeps.advance, **kwargs):
        if case.pk == first.pk:
            raise RuntimeError("broken")
        return real(case, *args, **kwargs)

    monkeypatch.setattr(sweeps, "advance", advance_or_fail)
    with world.at("2026-03-27 18:31"):
        assert sweeps.make_due_moves() == (2, 1)
    second.refresh_from_db()
    assert second.state == State.OPINIONS_IN
