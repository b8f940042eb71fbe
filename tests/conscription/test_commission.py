"""The commission: one voice a member, quorum, ties, recusal, a second look after the hearing. Norms: GAP-13, GAP-31."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conscription import commission
from conscription.states import State
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from tests import world

pytestmark = pytest.mark.django_db
CALL = {
    "grounds": ["2"], "motive": "…", "held_at": world.local("2026-04-01 11:00"), "place": "…", "way": "phone",
}  # fmt: skip


@pytest.mark.norm("CONS-10-3")
def test_a_member_speaks_once(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        advance(case, "give_opinion", by=place.member1, decision="approve")
        with pytest.raises(ValidationError) as told:
            advance(case, "give_opinion", by=place.member1, decision="approve")
    assert told.value.code == "voted"
    assert case.opinions.count() == 1


def test_the_chair_the_clerk_and_the_head_have_no_vote(user, place):
    case = world.to_members(user, place)
    for person in (place.chair, place.clerk, place.head, place.secretary):
        with world.at("2026-03-27 10:00"), pytest.raises(PermissionDenied):
            advance(case, "give_opinion", by=person, decision="approve")


@pytest.mark.norm("CONS-10-3")
def test_a_refusing_opinion_names_ground_and_motive(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        with pytest.raises(ValidationError) as told:
            advance(case, "give_opinion", by=place.member1, decision="refuse", ground="2", motive=" ")
        assert "motive" in told.value.error_dict


@pytest.mark.norm("CONS-10-8")
def test_without_a_quorum_no_hearing_unless_the_head_allows_it_and_no_refusal(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        advance(case, "give_opinion", by=place.member1, decision="refuse", ground="2", motive="…")
    with world.at("2026-03-30 09:30"):
        case = advance(case, "close_opinions", by=place.chair)
        assert not commission.tally(case).has_quorum  # one of three
        with pytest.raises(MoveNotAllowed):
            world.make(case, "call_hearing", place.chair, **CALL)
        world.make(case, "permit_hearing", place.head, reason="Мүшелер іссапарда.")
        case = world.make(case, "call_hearing", place.chair, **CALL)
    with world.at("2026-04-01 11:40"):
        times = {"started_at": world.local("2026-04-01 11:00"), "ended_at": world.local("2026-04-01 11:30")}
        case = world.make(case, "record_hearing", place.secretary, **world.RECORD, **times)
    refusal = {"grounds": ["2"], "motive": "…"}
    with world.at("2026-04-02 10:00"):
        with pytest.raises(MoveNotAllowed):
            world.make(case, "refuse", place.chair, **refusal)
        world.make(case, "revise_opinion", place.member2, decision="refuse", ground="2", motive="…")
        assert world.make(case, "refuse", place.chair, **refusal).state == State.REFUSED


def test_without_a_quorum_the_chair_may_grant_with_a_reason(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-30 09:30"):
        case = advance(case, "close_opinions", by=place.chair)
        with pytest.raises(ValidationError):
            world.make(case, "grant", place.chair)
        assert world.make(case, "grant", place.chair, motive="Құжаттар толық.").state == State.GRANTED


def test_a_member_who_is_recused_has_no_seat_and_his_vote_no_weight(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        advance(case, "give_opinion", by=place.member1, decision="approve")
        case = advance(case, "recuse", by=place.head, person=place.member1.pk, reason="Туысы")
    tally = commission.tally(case)
    assert (tally.seats, tally.given) == (2, 0)


def test_the_hearing_stands_on_a_ground_that_the_members_named(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 10:00"), pytest.raises(ValidationError) as told:
        world.make(case, "call_hearing", place.chair, **{**CALL, "grounds": ["1"], "rests_on": ["study_certificate"]})
    assert "grounds" in told.value.error_dict


def test_after_the_hearing_a_member_may_change_his_mind_and_silence_keeps_the_first(user, place):
    case = world.to_heard(user, place)
    with world.at("2026-04-01 15:00"):
        case = advance(case, "revise_opinion", by=place.member1, decision="approve")
    tally = commission.tally(case)
    assert (tally.approve, tally.refuse) == (2, 1)


@pytest.mark.norm("CONS-10-4")
def test_a_refusal_against_the_majority_carries_the_chairs_motive(user, place):
    case = world.to_heard(user, place)
    refusal = {"grounds": ["2"], "motive": "…"}
    with world.at("2026-04-02 10:00"):
        advance(case, "revise_opinion", by=place.member1, decision="approve")
        with pytest.raises(ValidationError) as told:
            world.make(case, "refuse", place.chair, **refusal)
        assert "chair_motive" in told.value.error_dict
        case = world.make(case, "refuse", place.chair, **refusal, chair_motive="Оқу аяқталған, бұл анық.")
    assert case.state == State.REFUSED


def test_a_refusal_on_a_ground_that_was_not_heard_is_none(user, place):
    case = world.to_heard(user, place)
    with world.at("2026-04-02 10:00"), pytest.raises(ValidationError) as told:
        world.make(case, "refuse", place.chair, grounds=["1"], motive="…")
    assert "grounds" in told.value.error_dict


def test_the_head_who_permits_and_the_chair_who_decides_are_two_persons(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 10:00"), pytest.raises(PermissionDenied):
        advance(case, "permit_hearing", by=place.chair, reason="…")


@pytest.mark.norm("CONS-S9-1")
def test_ground_one_rests_on_a_document_never_on_a_silent_register(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 16:00"):
        for member in place.members:
            case = advance(case, "give_opinion", by=member, decision="refuse", ground="1", motive="…")
    call = {**CALL, "grounds": ["1"]}
    with world.at("2026-03-30 10:00"):
        for nothing in ([], ["register:identity"]):  # asked, and silent
            with pytest.raises(ValidationError) as told:
                world.make(case, "call_hearing", place.chair, **call, rests_on=nothing)
            assert "rests_on" in told.value.error_dict
        document = case.attachments.get().requirement
        assert world.make(case, "call_hearing", place.chair, **call, rests_on=[document]).state == State.HEARING_CALLED
