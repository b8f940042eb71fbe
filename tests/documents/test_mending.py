"""A slip of the pen is put right, a result is withdrawn: by two people, in a new paper that names the old one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from conscription.states import State
from kazservices.cases.journal import first_fault
from kazservices.documents import papers
from kazservices.documents.models import TWO_HANDS, Paper
from kazservices.flow.door import advance, options, prepare
from kazservices.flow.errors import HandMissing, MoveNotAllowed, PaperMissing, PaperOutdated
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from tests import world

MOTIVE = "Оқу мерзімі аяқталғаны анықталды."
ERRATUM = {"wrong": "аяқталғаны", "right": "аяқталғандығы", "reason": "Сөз қате терілген."}
BECAUSE = {"because": "Облыстық соттың 17.04.2026 № 5 шешімі."}


@pytest.fixture
def refused(user, place, quickly):
    return world.to_refused(user, place)  # Thu 2 April 2026, 15:00


@pytest.fixture(autouse=True)
def after_the_decision(refused):
    with world.at("2026-04-06 10:00"):  # Mon
        yield


def result_of(case) -> Paper:
    return case.papers.issued().get(kind__in=["refusal", "conclusion"])


def correct(case, by, **changed):
    return world.make(case, "correct", by, **{"paper": result_of(case).pk, **ERRATUM, **changed})


def drawn(case, move, by, **facts) -> Paper:
    paper = prepare(case, move, by=by, **facts)
    papers.render(paper.pk)
    paper.refresh_from_db()
    return paper


def sign(paper, *people):
    for person in people:
        paper = papers.sign(paper, by=person, sha256=paper.sha256)
    return paper


# --- a clerical error ---


def test_a_slip_of_the_pen_is_put_right_in_a_new_paper_that_names_the_old_one(refused, place):
    old, clocks = result_of(refused), list(refused.deadlines.order_by("pk").values())
    case = correct(refused, place.chair)
    new = result_of(case)
    old.refresh_from_db()
    assert (old.state, old.replaced_by, new.corrects, new.kind) == (Paper.State.REPLACED, new, old, old.kind)
    assert {new.signed_by, new.countersigned_by} == {place.chair, place.secretary}
    assert new.facts["corrects"]["number"] == old.number
    assert new.facts["motive"] == case.motive == MOTIVE.replace("аяқталғаны", "аяқталғандығы")
    assert case.state == State.REFUSED
    assert list(case.deadlines.order_by("pk").values()) == clocks
    line = case.journal.get(move="correct")
    assert (line.actor, line.kept.facts["replaced"]) == (place.chair, old.number)
    assert first_fault(case) == ""


def test_what_is_corrected_is_told_to_the_applicant_in_both_languages(refused, place, user):
    correct(refused, place.chair)
    letter = Notice.objects.get(case=refused.pk, letter="corrected", channel="cabinet")
    assert letter.recipient == user
    number = refused.papers.get(state=Paper.State.REPLACED).number
    assert number in letter.body


def test_only_the_words_of_the_erratum_differ_from_the_old_paper(refused, place):
    before = result_of(refused).facts
    after = result_of(correct(refused, place.chair)).facts
    differing = {name for name in after if after[name] != before.get(name)}
    assert differing == {"motive", "corrects", "inputs"}


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        ("келмеуі", "келуі", "not_clerical"),  # a word of the ground
        ("2026-04-02", "2026-04-03", "not_clerical"),  # the day of the decision
        ("Мұндай сөз жоқ", "…", "not_clerical"),
        ("Оқу мерзімі аяқталғаны анықталды", "Құжаттар толық, шағым негізді", "more_than_clerical"),
        ("аяқталғаны", "аяқталғаны", "words"),
        ("  ", "…", "words"),
        ("аяқталғаны", "х" * 201, "words"),
    ],
)
def test_a_correction_that_would_change_the_decision_is_refused(refused, place, wrong, right, code):
    with pytest.raises(ValidationError) as refusal:
        correct(refused, place.chair, wrong=wrong, right=right)
    assert [error.code for errors in refusal.value.error_dict.values() for error in errors] == [code]
    assert result_of(refused).corrects is None


def test_a_corrected_paper_may_itself_be_corrected(refused, place):
    case = correct(refused, place.chair)
    case = correct(case, place.chair, wrong="аяқталғандығы", right="аяқталғаны")
    assert result_of(case).facts["motive"] == MOTIVE
    assert case.papers.filter(state=Paper.State.REPLACED).count() == 2


def test_a_paper_that_was_replaced_meanwhile_is_not_corrected_again(refused, place):
    old = result_of(refused)
    paper = sign(drawn(refused, "correct", place.chair, paper=old.pk, **ERRATUM), place.chair, place.secretary)
    correct_again = drawn(refused, "correct", place.secretary, paper=old.pk, **{**ERRATUM, "right": "аяқталуы"})
    paper.refresh_from_db()
    assert (paper.state, correct_again.corrects) == (Paper.State.VOID, old)  # one draft of a correction at a time
    with pytest.raises(PaperMissing):
        advance(refused, "correct", by=place.secretary, document=paper)


def test_a_correction_is_dated_by_the_day_on_which_it_is_confirmed(refused, place):
    paper = sign(drawn(refused, "correct", place.chair, paper=result_of(refused).pk, **ERRATUM), place.chair)
    with world.at("2026-04-07 10:00"), pytest.raises(PaperOutdated):
        advance(refused, "correct", by=place.secretary, document=sign(paper, place.secretary))


def test_where_nothing_was_issued_the_correction_stands_greyed_with_its_reason(user, place):
    with world.at("2026-03-24 10:00"):
        case = world.apply(world.build_recipient("000101100006"), place.office)
        option = next(option for option in options(case, place.secretary) if option.move.name == "correct")
        assert not option.is_open
        with pytest.raises(MoveNotAllowed):
            prepare(case, "correct", by=place.secretary, paper=1, **ERRATUM)


# --- the withdrawal of a result ---


@pytest.mark.norm("LAW-5-2-9")
def test_a_withdrawn_result_is_named_in_an_act_and_the_case_begins_its_term_anew(refused, place, user):
    old = result_of(refused)
    case = world.make(refused, "withdraw_result", place.head, **BECAUSE)
    old.refresh_from_db()
    act = case.papers.get(kind=Paper.Kind.WITHDRAWAL)
    assert (old.state, old.withdrawn_by, old.withdrawn_at) == (Paper.State.WITHDRAWN, act, act.issued_at)
    assert act.facts["withdrawn"]["number"] == old.number
    assert act.facts["because"] == BECAUSE["because"]
    assert (case.state, case.reopened_because, case.refusal_grounds) == (State.OPINIONS_IN, BECAUSE["because"], [])
    assert case.deadlines.running().filter(rule="deferral.decide").exists()
    assert case.journal.get(move="withdraw_result").kept.facts["withdrawn"] == [old.number]
    letter = Notice.objects.get(case=case.pk, letter="result_withdrawn", channel="cabinet")
    assert letter.recipient == user
    assert BECAUSE["because"] in letter.body


@pytest.mark.norm("LAW-5-2-9")
def test_an_upheld_complaint_withdraws_the_result_too(refused):
    old = result_of(refused)
    case = advance(refused, "reopen", by=SYSTEM, **BECAUSE)
    assert (case.reopened_because, case.refusal_grounds) == (BECAUSE["because"], [])
    old.refresh_from_db()
    assert (case.state, old.state, old.withdrawn_by) == (State.OPINIONS_IN, Paper.State.WITHDRAWN, None)


@pytest.mark.parametrize("who", ["clerk", "member1", "operator", "auditor"])
@pytest.mark.parametrize("move", ["withdraw_result", "correct", "reopen"])
def test_nobody_without_the_role_touches_a_result(refused, place, move, who):
    with pytest.raises(PermissionDenied):
        prepare(refused, move, by=place.staff[who], **BECAUSE)


def test_a_result_withdrawn_once_is_not_withdrawn_again(refused, place):
    case = world.make(refused, "withdraw_result", place.head, **BECAUSE)
    with pytest.raises(MoveNotAllowed):
        prepare(case, "withdraw_result", by=place.head, **BECAUSE)


# --- two people ---


@pytest.mark.parametrize("move", ["correct", "withdraw_result"])
def test_one_hand_is_not_enough_and_the_same_hand_is_not_a_second(refused, place, move):
    facts = {"correct": {"paper": result_of(refused).pk, **ERRATUM}, "withdraw_result": BECAUSE}[move]
    by = {"correct": place.chair, "withdraw_result": place.head}[move]
    paper = sign(drawn(refused, move, by, **facts), by, by)
    assert paper.countersignature is None
    with pytest.raises(PaperMissing):
        advance(refused, move, by=by, document=paper)


@pytest.mark.parametrize(
    ("move", "people"), [("withdraw_result", ("chair", "secretary")), ("correct", ("secretary", "second_secretary"))]
)
def test_one_of_the_two_is_the_one_who_answers_for_it(refused, place, move, people):
    place.staff["second_secretary"] = world.build_staff(
        place.office, "secretary2", world.Role.SECRETARY, place.chair.posts.get().commission
    )
    facts = {"correct": {"paper": result_of(refused).pk, **ERRATUM}, "withdraw_result": BECAUSE}[move]
    first, second = (place.staff[who] for who in people)
    paper = sign(drawn(refused, move, first, **facts), first, second)
    with pytest.raises(HandMissing):
        advance(refused, move, by=second, document=paper)


def test_the_database_itself_refuses_the_same_person_twice(refused, place):
    paper = sign(drawn(refused, "withdraw_result", place.head, **BECAUSE), place.head)
    with pytest.raises(IntegrityError, match="two_hands_are_two_people"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(
            countersigned_by=place.head, countersignature=paper.signature, state=Paper.State.SIGNED
        )


def test_the_database_itself_issues_nothing_of_two_hands_with_one(refused, place):
    paper = sign(drawn(refused, "withdraw_result", place.head, **BECAUSE), place.head)
    with pytest.raises(IntegrityError, match="two_hands_has_both"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(state=Paper.State.ISSUED, issued_at=paper.created_at)


def test_the_kinds_of_two_hands_are_the_same_in_the_database_and_in_the_program(refused, place):
    drawn(refused, "correct", place.chair, paper=result_of(refused).pk, **ERRATUM)
    drawn(refused, "withdraw_result", place.head, **BECAUSE)
    from_rows = set(refused.papers.filter(TWO_HANDS).values_list("pk", flat=True))
    assert from_rows == {paper.pk for paper in refused.papers.all() if paper.takes_two_hands}
    assert len(from_rows) == 3  # and the record of the hearing
