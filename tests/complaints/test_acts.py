"""What an act on a complaint must say, and whose name stands under it: told at the field, and nothing is done."""

import pytest
from django.core.exceptions import ValidationError

from kazservices import clock
from kazservices.deadlines import service as deadlines
from kazservices.flow.door import advance
from tests import world
from tests.complaints import scene
from tests.complaints.scene import fresh

EXTEND = {"ground": "study", "days": 10, "reason": "Жергілікті жерге барып тексеру керек."}
UPHELD = {"motive": "Анықтама жарамды болған.", "ordered": "Өтінішті қайта қарау."}
MOTIVE = {"motive": "Бас тарту заңды."}


@pytest.fixture
def registered(user, place):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-26 10:00"):
        scene.case_file(complaint, place.clerk)
        yield fresh(complaint)


@pytest.fixture
def considered(user, place, body):
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-27 10:00"):
        complaint = scene.forward(complaint, place.clerk)
    with world.at("2026-03-30 10:00"):
        yield advance(complaint.at_the_body, "take_up", by=body.clerk)


def refused(complaint, move, by, **facts):
    """{field: code} of what the move objects to; the complaint is as it was."""
    with pytest.raises(ValidationError) as refusal:
        world.make(complaint, move, by, **facts)
    assert fresh(complaint).state == complaint.state
    assert fresh(complaint).journal_count == complaint.journal_count
    return {field: errors[0].code for field, errors in refusal.value.error_dict.items()}


@pytest.mark.parametrize("move", [
    pytest.param("grant_in_full", marks=pytest.mark.norm("CONS-14-3")),
    pytest.param("grant_in_part", marks=pytest.mark.norm("CONS-14-3")),
])  # fmt: skip
def test_what_is_granted_is_written(registered, place, move):
    signed = {"signed_by": place.head.pk} if move == "grant_in_full" else {}
    assert refused(registered, move, place.head, granted=" \n", **signed) == {"granted": "words"}


@pytest.mark.parametrize(("move", "facts"), [
    pytest.param("grant_in_full", {"granted": "Күші жойылды."}, marks=pytest.mark.norm("CONS-14-3")),
    pytest.param("forward", {}, marks=pytest.mark.norm("CONS-14-2", "CONS-14-6")),
])  # fmt: skip
def test_at_the_provider_nobody_signs_in_another_name(registered, place, move, facts):
    assert refused(registered, move, place.head, signed_by=place.clerk.pk, **facts) == {"signed_by": "signed_by"}


@pytest.mark.parametrize(("move", "facts"), [
    pytest.param("extend", EXTEND, marks=pytest.mark.norm("LAW-25-4a", "CLK-COMPL-EXT")),
    pytest.param("satisfy", UPHELD, marks=pytest.mark.norm("LAW-25-1", "CONS-14-3")),
    pytest.param("satisfy_in_part", UPHELD, marks=pytest.mark.norm("LAW-25-1", "CONS-14-3")),
    pytest.param("refuse", MOTIVE, marks=pytest.mark.norm("LAW-25-1", "CONS-14-3")),
])  # fmt: skip
def test_at_the_body_nobody_signs_in_another_name(considered, body, move, facts):
    assert refused(considered, move, body.head, signed_by=body.clerk.pk, **facts) == {"signed_by": "signed_by"}


@pytest.mark.parametrize(("move", "facts", "field"), [
    pytest.param("extend", EXTEND, "reason", marks=pytest.mark.norm("LAW-25-4a", "CLK-COMPL-EXT")),
    pytest.param("satisfy", UPHELD, "motive", marks=pytest.mark.norm("LAW-25-1", "CONS-14-3")),
    pytest.param("satisfy", UPHELD, "ordered", marks=pytest.mark.norm("LAW-5-2-9", "LAW-25-1")),
    pytest.param("satisfy_in_part", UPHELD, "motive", marks=pytest.mark.norm("LAW-25-1", "CONS-14-3")),
    pytest.param("satisfy_in_part", UPHELD, "ordered", marks=pytest.mark.norm("LAW-5-2-9", "LAW-25-1")),
    pytest.param("refuse", MOTIVE, "motive", marks=pytest.mark.norm("LAW-25-1", "CONS-14-3")),
])  # fmt: skip
def test_no_act_of_the_body_goes_without_its_words(considered, body, move, facts, field):
    assert refused(considered, move, body.head, signed_by=body.head.pk, **facts | {field: "  "}) == {field: "words"}


@pytest.mark.norm("LAW-5-2-9")
def test_where_there_is_no_decision_of_a_case_none_is_opened_again(considered, body):
    reopen = {**UPHELD, "reopen": True, "signed_by": body.head.pk}
    assert refused(considered, "satisfy", body.head, **reopen) == {"reopen": "reopen"}


@pytest.mark.norm("LAW-5-2-7", "LAW-25-1")
def test_what_came_to_the_body_at_once_is_answered_there_and_nobody_else_is_told(user, place):
    authority = scene.build_authority(place.office, inside=True)
    case = world.to_refused(user, place)
    with world.at("2026-04-03 10:00"):
        complaint = scene.complain(user, authority.office, about=case)
    with world.at("2026-04-06 10:00"):
        complaint = scene.move(complaint, "refuse", authority.head, **MOTIVE)
    assert fresh(complaint).state == "answered"
    assert not place.office.cases.filter(service="complaint").exists()


@pytest.mark.norm("LAW-25-4a", "CLK-COMPL-EXT")
@pytest.mark.parametrize("by", [0, 11])
def test_a_clock_itself_is_made_longer_by_one_to_ten_days(considered, by):
    with pytest.raises(ValueError, match="by 1 to 10"):
        deadlines.extend(considered.answer_clock, by=by, at=clock.now())


@pytest.mark.norm("LAW-25-4a", "CLK-COMPL-EXT")
def test_a_clock_itself_is_made_longer_once_and_only_while_it_runs(considered, body):
    running = considered.answer_clock
    deadlines.extend(running, by=3, at=clock.now())
    with pytest.raises(ValueError, match="once"):
        deadlines.extend(running, by=3, at=clock.now())
    scene.move(considered, "refuse", body.head, **MOTIVE)
    ended = scene.clock_of(considered, "answer_5")
    ended.extended_by = 0
    with pytest.raises(ValueError, match="while it runs"):
        deadlines.extend(ended, by=3, at=clock.now())


@pytest.mark.norm("LAW-4-1-3")
def test_complained_of_is_a_person_of_the_office_and_known_from_then_on(registered, place, body, user):
    for stranger in (user, body.head):
        with pytest.raises(ValidationError) as refusal:
            advance(registered, "name_official", by=place.clerk, person=stranger.pk)
        assert refusal.value.error_dict["person"][0].code == "person"
    assert advance(registered, "name_official", by=place.clerk, person=place.member1.pk).person == place.member1


@pytest.mark.norm("LAW-4-1-3")
def test_who_has_signed_an_act_is_not_complained_of_any_more(registered, place):
    complaint = scene.move(registered, "grant_in_part", place.head, granted="Бір бөлігі.")
    with pytest.raises(ValidationError) as refusal:
        advance(complaint, "name_official", by=place.clerk, person=place.head.pk)
    assert refusal.value.error_dict["person"][0].code == "has_signed"
