"""Proposals, conclusions, measures: each is entered, answered for by somebody, and seen when it is not done."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from complaints.registers import service, warning
from complaints.registers.models import Conclusion, Measure, Proposal
from kazservices.flow import sweeps
from kazservices.notices.models import Notice
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


def objection(act, **facts):
    with pytest.raises(ValidationError) as told:
        act(**facts)
    return set(told.value.error_dict) if hasattr(told.value, "error_dict") else set()


# --- proposals ---


@pytest.mark.norm("LAW-25-3")
def test_a_proposal_is_kept_with_its_body_its_cases_and_the_day_that_it_names_itself(keep, case):
    first = keep.proposal(their_number="07-1/15", numbers=(case.number,), answer_by=date(2026, 4, 20))
    second = keep.proposal(direction="made")
    assert [first.number, second.number] == ["03-2026-0001", "03-2026-0002"]
    assert list(first.cases.values_list("number", flat=True)) == [case.number]
    with world.at("2026-04-20 18:00"):
        assert not Proposal.objects.overdue(keep.office.today()).exists()
    with world.at("2026-04-21 09:00"):
        assert list(Proposal.objects.overdue(keep.office.today())) == [first]
        service.answer_proposal(first, on=date(2026, 4, 21), words="Орындалды", by=keep.head)
        assert not Proposal.objects.overdue(keep.office.today()).exists()
    assert not case.deadlines.filter(norm="LAW-25-3").exists()  # the day is theirs: no clock of the law runs


@pytest.mark.norm("LAW-25-3")
def test_a_proposal_is_not_dated_ahead_nor_answered_before_it_came_nor_twice(keep):
    assert objection(keep.proposal, day=date(2026, 3, 25)) == {"day"}
    assert objection(keep.proposal, answer_by=date(2026, 3, 19)) == {"answer_by"}
    assert objection(keep.proposal, numbers=("КҚ-03-2026-000099",)) == {"numbers"}
    proposal = keep.proposal()

    def answer(on):
        return service.answer_proposal(proposal, on=on, words="Орындалды", by=keep.clerk)

    assert objection(answer, on=date(2026, 3, 19)) == {"on"}
    assert objection(answer, on=date(2026, 3, 25)) == {"on"}
    assert answer(date(2026, 3, 24)).answered_by == keep.clerk
    assert objection(answer, on=date(2026, 3, 24)) == set()  # of the whole, of no field


@pytest.mark.norm("LAW-25-3")
def test_what_is_done_on_a_proposal_is_a_measure_with_a_person_a_day_and_a_proof(keep):
    proposal = keep.proposal()
    measure = keep.measure(proposal)
    assert objection(keep.measure, source=proposal, due_on=date(2026, 3, 23)) == {"due_on"}
    assert objection(keep.close, measure=measure, on=date(2026, 3, 25)) == {"on"}
    assert objection(keep.close, measure=measure, proof=" ") == {"proof"}
    with world.at("2026-03-28 10:00"):
        assert list(Measure.objects.overdue(keep.office.today())) == [measure]
        closed = keep.close(measure, on=date(2026, 3, 26))
        assert not Measure.objects.overdue(keep.office.today()).exists()
    assert (closed.done_on, closed.done_by, closed.proof) == (date(2026, 3, 26), keep.clerk, "№ 14 бұйрық, 24.03.2026")
    assert objection(keep.close, measure=measure) == set()  # of the whole, of no field


# --- conclusions ---


@pytest.mark.norm("LAW-29-4")
def test_a_conclusion_without_a_measure_is_seen_until_one_is_decided_on(keep):
    conclusion = keep.conclusion(service="deferral")
    assert list(Conclusion.objects.without_measure()) == [conclusion]
    measure = keep.measure(conclusion)
    assert not Conclusion.objects.without_measure().exists()
    assert (measure.source, measure.is_overdue) == (conclusion, False)
    assert keep.close(measure).done_on == date(2026, 3, 24)


@pytest.mark.norm("LAW-29-4")
def test_a_conclusion_says_something_in_words_or_as_a_file_that_opens(keep):
    assert objection(keep.conclusion, text=" ") == {"text"}
    assert objection(keep.conclusion, day=date(2026, 3, 25)) == {"day"}
    broken = world.SimpleUploadedFile("a.pdf", b"not a file", content_type="application/pdf")
    assert objection(keep.conclusion, upload=broken) == {"upload"}
    kept = keep.conclusion(text="", upload=world.picture("қорытынды.png"))
    assert (kept.file_name, kept.file_type, len(kept.sha256)) == ("қорытынды.png", "image/png", 64)


@pytest.mark.norm("LAW-29-4")
@pytest.mark.parametrize("who", ["auditor", "member1", "operator"])
def test_only_the_keepers_of_the_office_enter_take_and_close(keep, place, who):
    stranger = getattr(place, who)
    proposal, conclusion = keep.proposal(), keep.conclusion()
    measure = keep.measure(conclusion)
    answer = {"on": date(2026, 3, 24), "words": "Орындалды"}
    for act in (
        lambda: keep.proposal(by=stranger),
        lambda: keep.conclusion(by=stranger),
        lambda: keep.measure(conclusion, by=stranger),
        lambda: keep.close(measure, by=stranger),
        lambda: service.answer_proposal(proposal, **answer, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.norm("LAW-25-3")
@pytest.mark.parametrize("who", ["auditor", "operator"])
def test_only_the_keepers_enter_and_answer_a_proposal(keep, place, who):
    proposal = keep.proposal()
    with pytest.raises(PermissionDenied):
        keep.proposal(by=getattr(place, who))
    with pytest.raises(PermissionDenied):
        service.answer_proposal(proposal, on=date(2026, 3, 24), words="Орындалды", by=getattr(place, who))


# --- measures in a case ---


@pytest.mark.norm("LAW-5-2-9")
def test_a_measure_to_restore_a_right_stands_in_the_journal_of_its_case(keep, case):
    measure = keep.measure(case)
    with world.at("2026-03-26 10:00"):
        keep.close(measure, by=keep.head, on=date(2026, 3, 26))
    taken, done = case.journal.select_related("kept").filter(move__startswith="measure_").order_by("number")
    assert (taken.norm, taken.actor, taken.kept.facts) == (
        "LAW-5-2-9", keep.clerk, {"measure": measure.pk, "due_on": "2026-03-27"},
    )  # fmt: skip
    assert (done.norm, done.actor, done.kept.facts["done_on"]) == ("LAW-5-2-9", keep.head, "2026-03-26")


@pytest.mark.norm("LAW-5-2-9")
def test_a_measure_in_a_case_is_for_its_keepers_and_whoever_answers_for_it(keep, case, place, user):
    other = world.build_place("05", "Басқа аудан әкімдігі")
    for stranger in (place.auditor, place.member1, place.operator, other.head, other.clerk, user):
        with pytest.raises(PermissionDenied):
            keep.measure(case, by=stranger)
    measure = keep.measure(case, responsible=place.secretary.pk)
    for stranger in (place.auditor, place.member1, other.head, user):
        with pytest.raises(PermissionDenied):
            keep.close(measure, by=stranger)
    assert keep.close(measure, by=place.secretary).done_by == place.secretary
    assert objection(keep.measure, source=case, responsible=other.head.pk) == {"responsible"}
    assert objection(keep.measure, source=case, due_on=date(2026, 3, 23)) == {"due_on"}


@pytest.mark.norm("LAW-5-2-9")
def test_a_measure_is_closed_once_with_a_proof_on_a_day_that_has_come(keep, case):
    measure = keep.measure(case)
    assert objection(keep.close, measure=measure, proof=" ") == {"proof"}
    assert objection(keep.close, measure=measure, on=date(2026, 3, 25)) == {"on"}
    keep.close(measure)
    assert objection(keep.close, measure=measure) == set()  # of the whole, of no field
    assert case.journal.filter(move="measure_done").count() == 1


def test_the_database_too_wants_one_source_and_a_proof(keep, case):
    measure = keep.measure(case)
    for wrong in ({"proposal": keep.proposal()}, {"case": None}, {"done_on": date(2026, 3, 24)}, {"what": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(**wrong)


# --- a courtesy of ours ---


def test_whoever_answers_for_an_overdue_measure_and_the_head_are_told_once(keep, case, place):
    measure = keep.measure(case, responsible=place.secretary.pk)
    done = keep.measure(keep.proposal())
    keep.close(done)
    with world.at("2026-03-27 23:00"):
        assert warning.warn_of_overdue() == (0, 0)
    with world.at("2026-03-28 00:10"):
        assert [sweeps.run("measures").acted for _ in range(2)] == [1, 0]
    told = Notice.objects.filter(letter="measure_overdue", channel="cabinet")
    assert {notice.recipient for notice in told} == {place.secretary, place.head}
    assert "27.03.2026" in told.first().body
    assert measure.what in told.first().body
