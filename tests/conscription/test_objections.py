"""What the law objects to in the facts of a move, each at its field; one fault a line, all else lawful."""

import pytest
from django.core.exceptions import ValidationError

from kazservices.flow.door import rehearse
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role
from tests import world
from tests.world import SINCE, local


def objected(case, move, by, **facts) -> set[str]:
    """The fields, or the codes where no field is meant, of what is objected to."""
    with pytest.raises(ValidationError) as told:
        rehearse(case, move, by=by, **facts)
    return set(getattr(told.value, "error_dict", None) or {told.value.code})


LAWFUL = {
    "grounds": ["2"], "motive": "Оқу мерзімі аяқталған.", "held_at": local("2026-04-01 11:00"),
    "place": "214-кабинет", "way": "in_person",
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        pytest.param("grounds", {"grounds": []}, marks=pytest.mark.norm("CONS-10-5", "LAW-5-1-2")),
        pytest.param("grounds", {"grounds": ["1"], "rests_on": ["*"]}, marks=pytest.mark.norm("CONS-10-5")),
        pytest.param("motive", {"motive": " "}, marks=pytest.mark.norm("CONS-10-5", "LAW-19-1-1")),
        pytest.param("held_at", {"held_at": local("2026-04-02 11:00")}, marks=pytest.mark.norm("CONS-10-7")),  # Thu
    ],
)
def test_a_preliminary_decision_has_a_named_ground_a_motive_and_an_hour_in_time(user, place, field, fault):
    case = world.to_opinions(user, place)
    if fault.get("rests_on"):  # a document that is there: only the members have not named the ground
        fault = {**fault, "rests_on": [case.attachments.get().requirement]}
    with world.at("2026-03-30 12:00"):
        assert objected(case, "call_hearing", place.chair, **{**LAWFUL, **fault}) == {field}
        rehearse(case, "call_hearing", by=place.chair, **LAWFUL)


@pytest.mark.norm("CONS-S9-1", "CONS-10-5")
def test_ground_one_names_a_document_that_is_there(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 16:00"):
        for member, ground in zip(place.members, ("1", "1", "2"), strict=True):
            case = world.make(case, "give_opinion", member, decision="refuse", ground=ground, motive="Жалған.")
    with world.at("2026-03-30 12:00"):
        of_ground_one = {**LAWFUL, "grounds": ["1"]}
        for nothing in ([], ["no-such-document"], ["register:births"]):
            assert objected(case, "call_hearing", place.chair, **of_ground_one, rests_on=nothing) == {"rests_on"}
        there = [case.attachments.get().requirement]
        rehearse(case, "call_hearing", by=place.chair, **of_ground_one, rests_on=there)
        rehearse(case, "call_hearing", by=place.chair, **LAWFUL)  # another ground names no document


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        pytest.param("ground", {"ground": ""}, marks=pytest.mark.norm("CONS-10-3", "LAW-5-1-2")),
        pytest.param("motive", {"motive": ""}, marks=pytest.mark.norm("CONS-10-3", "LAW-19-1-1")),
    ],
)
def test_a_member_is_against_only_on_a_ground_and_with_a_motive(user, place, field, fault):
    case = world.to_members(user, place)
    lawful = {"decision": "refuse", "ground": "2", "motive": "Мерзімі өткен."}
    with world.at("2026-03-27 10:00"):
        assert objected(case, "give_opinion", place.member1, **{**lawful, **fault}) == {field}
        rehearse(case, "give_opinion", by=place.member1, **lawful)


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        pytest.param("grounds", {"grounds": []}, marks=pytest.mark.norm("CONS-10-5", "LAW-5-1-2")),
        pytest.param("grounds", {"grounds": ["1"]}, marks=pytest.mark.norm("CONS-10-5")),
        pytest.param("motive", {"motive": ""}, marks=pytest.mark.norm("CONS-10-5", "LAW-19-1-1")),
    ],
)
def test_a_refusal_has_a_ground_that_was_heard_and_a_motive(user, place, field, fault):
    case = world.to_heard(user, place)
    lawful = {"grounds": ["2"], "motive": "Аяқталғаны анықталды."}
    with world.at("2026-04-02 15:00"):
        assert objected(case, "refuse", place.chair, **{**lawful, **fault}) == {field}
        rehearse(case, "refuse", by=place.chair, **lawful)


@pytest.mark.norm("CONS-10-8")
def test_the_head_allows_only_what_is_lacking_in_words_and_not_to_himself(user, place):
    case = world.to_opinions(user, place)
    with world.at("2026-03-30 12:00"):
        assert objected(case, "permit_hearing", place.head, reason="Кешікті.") == {"not_lacking"}
    with world.at("2026-03-31 10:00"):  # D4: the last day for the notice has passed
        assert objected(case, "permit_hearing", place.head, reason=" ") == {"reason"}
        Staff.objects.create(user=place.chair, office=place.office, role=Role.HEAD, since=SINCE)
        assert objected(case, "permit_hearing", place.chair, reason="Кешікті.") == {"same_person"}
        rehearse(case, "permit_hearing", by=place.head, reason="Кешікті.")


@pytest.mark.norm("LAW-19")
def test_acceptance_is_refused_only_in_words(user, place):
    with world.at("2026-03-20 10:00"):
        case = world.apply(user, place.office)
        assert objected(case, "refuse_acceptance", place.clerk, missing=[], motive=" ") == {"motive"}
        rehearse(case, "refuse_acceptance", by=place.clerk, missing=[], motive="Анықтама басқа адамға берілген.")


@pytest.mark.norm("CONS-10-4")
def test_a_grant_against_the_members_or_without_a_quorum_has_a_motive(user, place):
    case = world.to_opinions(user, place)  # two would refuse, one would approve
    with world.at("2026-03-30 12:00"):
        assert objected(case, "grant", place.chair) == {"motive"}
        rehearse(case, "grant", by=place.chair, motive="Анықтама жарамды.")
