"""One door: permission first, whatever the state; then the law; then stage, clocks, journal, letters together."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conscription.states import STAGES, State
from kazservices.cases.models import Case
from kazservices.documents import papers
from kazservices.flow.door import advance, options, prepare
from kazservices.flow.errors import MoveNotAllowed, PaperMissing, PaperOutdated
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Absence
from tests import world

pytestmark = pytest.mark.django_db


def footprint(case):
    return (
        Case.objects.values_list("stage", "status", "journal_count").get(pk=case.pk),
        Notice.objects.filter(case=case.pk).count(),
        list(case.deadlines.values_list("rule", "ended_at")),
    )


def test_every_state_has_a_stage():
    assert set(STAGES) == set(State)


@pytest.mark.parametrize("role", ["clerk", "secretary", "member1", "head", "auditor", "operator"])
def test_a_role_without_the_move_is_refused_and_nothing_is_written(user, place, role):
    case = world.to_opinions(user, place)
    before = footprint(case)
    with world.at("2026-03-30 12:00"), pytest.raises(PermissionDenied):
        advance(case, "call_hearing", by=getattr(place, role))
    assert footprint(case) == before


def test_the_chair_of_another_office_is_refused_in_every_state(user, place):
    stranger = world.build_place("07", "Басқа аудан әкімдігі").chair
    for case in (world.to_members(user, place), world.to_opinions(user, place), world.to_refused(user, place)):
        for move in ("send_to_members", "grant", "refuse"):
            with world.at("2026-04-02 16:00"), pytest.raises(PermissionDenied):
                advance(case, move, by=stranger)


def test_a_term_of_office_that_has_ended_gives_no_move(user, place):
    case = world.to_opinions(user, place)
    place.chair.posts.update(until=world.date(2026, 3, 29))
    with world.at("2026-03-30 12:00"), pytest.raises(PermissionDenied):
        prepare(case, "grant", by=place.chair, motive="…")


def test_one_who_is_recused_takes_no_part_and_the_deputy_presides(user, place):
    case = world.to_members(user, place)
    with world.at("2026-03-27 10:00"):
        assert "grant" not in {option.move.name for option in options(case, place.deputy)}
        world.make(case, "recuse", place.head, person=place.chair.pk, reason="Өтініш берушінің туысы.")
        assert "grant" not in {option.move.name for option in options(case, place.chair)}
        assert "grant" in {option.move.name for option in options(case, place.deputy)}


def test_the_deputy_presides_while_the_chair_is_away(user, place):
    case = world.to_opinions(user, place, votes=("approve",) * 3)
    with world.at("2026-03-30 12:00"), pytest.raises(PermissionDenied):
        advance(case, "grant", by=place.deputy)
    day = world.date(2026, 3, 30)
    Absence.objects.create(
        user=place.chair, office=place.office, since=day, until=day, reason="Демалыс", entered_by=place.secretary
    )
    with world.at("2026-03-30 12:00"):
        assert world.make(case, "grant", place.deputy).state == State.GRANTED


def test_nobody_moves_his_own_case(place):
    place.chair.iin = "000101100006"
    place.chair.save()
    with world.at("2026-03-20 17:00"):
        case = world.apply(place.chair, place.office)
    with world.at("2026-03-26 10:00"), pytest.raises(PermissionDenied):
        advance(case, "send_to_members", by=place.chair)


def test_a_move_that_issues_a_paper_is_refused_without_it(user, place):
    case = world.to_opinions(user, place, votes=("approve",) * 3)
    with world.at("2026-03-30 12:00"):
        with pytest.raises(PaperMissing):
            advance(case, "grant", by=place.chair)
        paper = prepare(case, "grant", by=place.chair, motive="")
        papers.render(paper.pk)
        with pytest.raises(PaperMissing):  # not signed
            advance(case, "grant", by=place.chair, document=paper)


def test_a_paper_signed_before_its_facts_changed_is_outdated(user, place):
    case = world.to_opinions(user, place, votes=("approve",) * 3)
    with world.at("2026-03-30 12:00"):
        paper = prepare(case, "grant", by=place.chair, motive="")
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=place.chair, sha256=paper.sha256)
    with world.at("2026-03-31 09:10"), pytest.raises(PaperOutdated):  # it names yesterday as the day of the decision
        advance(case, "grant", by=place.chair, document=paper)


def test_signing_other_bytes_than_those_shown_is_refused(user, place):
    case = world.to_opinions(user, place, votes=("approve",) * 3)
    with world.at("2026-03-30 12:00"):
        paper = prepare(case, "grant", by=place.chair, motive="")
        papers.render(paper.pk)
        with pytest.raises(ValidationError):
            papers.sign(paper, by=place.chair, sha256="0" * 64)


def test_a_decided_case_knows_no_second_decision(user, place):
    case = world.to_refused(user, place)
    with world.at("2026-04-02 16:00"), pytest.raises(MoveNotAllowed):
        advance(case, "grant", by=place.chair)


def test_the_system_makes_only_its_own_moves(user, place):
    case = world.to_members(user, place)
    for move in ("grant", "refuse", "withdraw", "give_opinion"):
        with pytest.raises(PermissionDenied):
            advance(case, move, by=SYSTEM)


def test_the_state_cannot_be_assigned(user, place):
    case = world.to_members(user, place)
    with pytest.raises(AttributeError):
        case.state = State.GRANTED
