"""A duplicate put right, or taken out of force: two people, another blank, an annulled entry in the register."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import HandMissing, MoveNotAllowed
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from schools.duplicates import exchange
from schools.duplicates.desk.registers import rows_of
from schools.duplicates.models import Blank
from schools.duplicates.states import State
from tests.conftest import on

from . import counter
from .conftest import make_of_two, sign_and_issue

BECAUSE = "Түпнұсқа жоғалмаған: актіде қате дерек."


@pytest.fixture
def issued(user, school, blanks):
    """A duplicate with a slip of the pen in the name, ready at the school."""

    def issue(**how):
        with on("2026-03-16 10:00"):
            how = {"category": "NAME_CHANGED", "name_in_document": "Әлеива Жанар", **how}
            case = counter.apply(user, school.office, **how)
            case = advance(case, "write_out", by=school.clerk, blank=blanks[0].pk)
            return sign_and_issue(case, school)

    return issue


def slip(case, blank, kind="duplicate"):
    paper = case.papers.issued().get(kind=kind)
    return {
        "paper": paper.pk,
        "wrong": "Әлеива",
        "right": "Әлиева",
        "reason": "Әріп қатесі.",
        "blank": blank and blank.pk,
    }


def hand_over(case, school):
    return advance(case, "hand_over", by=school.clerk, received_by="self", identity="№ 1", original_given=True)


def state_of(blank):
    return Blank.objects.get(pk=blank.pk).state


@pytest.mark.norm("DUP-10")
def test_a_corrected_duplicate_stands_on_another_blank_under_its_number(issued, school, blanks, user):
    case = issued()
    with on("2026-03-17 10:00"):
        case = make_of_two(case, "correct", school, **slip(case, blanks[1]))
    old, new = case.papers.filter(kind="duplicate").order_by("pk")
    assert (old.state, old.replaced_by, new.corrects) == ("replaced", new, old)
    assert new.facts["name_in_document"] == "Әлиева Жанар"
    assert new.facts["register_number"] == old.facts["register_number"] == "1/2026"
    assert (new.facts["blank"]["number"], old.facts["blank"]["number"]) == ("0000002", "0000001")
    assert (state_of(blanks[0]), state_of(blanks[1])) == ("spoilt", "used")
    assert Blank.objects.get(pk=blanks[0].pk).spoilt_because == "Әріп қатесі."
    assert case.state == State.OFFERED
    letter = Notice.objects.get(case=case, letter="corrected", channel="cabinet", recipient=user)
    assert old.number in letter.body
    assert new.number in letter.body


@pytest.mark.norm("DUP-10")
def test_without_a_blank_of_its_own_no_duplicate_is_written_anew(issued, school, blanks):
    case = issued()
    for blank in (None, blanks[0]):  # none chosen; the one that is used up
        with on("2026-03-17 10:00"), pytest.raises(ValidationError) as said:
            make_of_two(case, "correct", school, **slip(case, blank))
        assert "blank" in said.value.message_dict
    assert state_of(blanks[0]) == "used"


@pytest.mark.norm("DUP-10")
def test_the_two_who_sign_a_duplicate_sign_its_correction(issued, school, blanks):
    case = issued()
    with on("2026-03-17 10:00"):
        paper = prepare(case, "correct", by=school.head, **slip(case, blanks[1]))
        papers.render(paper.pk)
        paper.refresh_from_db()
        for person in (school.head, school.clerk):
            papers.sign(paper, by=person, sha256=paper.sha256)
        with pytest.raises(HandMissing):
            advance(case, "correct", by=school.head, document=paper)
        with pytest.raises(PermissionDenied):
            prepare(case, "correct", by=school.auditor, **slip(case, blanks[1]))


@pytest.mark.norm("DUP-10")
def test_what_was_handed_over_is_exchanged_at_the_school(issued, school, blanks):
    case = issued()
    with on("2026-03-17 10:00"):
        case = hand_over(case, school)
        case = make_of_two(case, "correct", school, **slip(case, blanks[1]))
        assert (case.state, case.handed_over_at, case.received_by) == (State.OFFERED, None, "")
        assert hand_over(case, school).state == State.HANDED_OVER


def test_the_motive_of_a_refusal_reads_as_it_was_put_right(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        facts = {"grounds": ["2"], "motive": "Әлеива Жанар мектепте оқымаған, кітапта жазба жоқ."}
        paper = prepare(case, "refuse", by=school.head, **facts)
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=school.head, sha256=paper.sha256)
        case = advance(case, "refuse", by=school.head, document=paper)
        case = make_of_two(case, "correct", school, **slip(case, None, "duplicate_refusal"))
    assert case.state == State.REFUSED
    assert case.motive.startswith("Әлиева")


@pytest.mark.norm("LAW-5-2-9")
@pytest.mark.parametrize("handed", [False, True])
def test_a_withdrawn_duplicate_spoils_its_blank_and_annuls_its_entry(issued, school, blanks, user, handed):
    case = issued()
    with on("2026-03-17 10:00"):
        case = hand_over(case, school) if handed else case
        case = make_of_two(case, "withdraw_result", school, because=BECAUSE)
    assert (case.state, case.outcome, case.register_number, case.handed_over_at) == (State.REGISTERED, "", "", None)
    assert case.papers.get(kind="duplicate").state == "withdrawn"
    act = case.papers.get(kind="withdrawal")
    assert act.facts["withdrawn"]["number"] == case.papers.get(kind="duplicate").number
    assert (state_of(blanks[0]), Blank.objects.get(pk=blanks[0].pk).spoilt_because) == ("spoilt", BECAUSE)
    (row,) = rows_of("duplicates", school.office, 2026)
    assert row.number == "1/2026"
    assert act.number in row.note
    assert Notice.objects.filter(case=case, letter="result_withdrawn", recipient=user).exists()
    running = set(case.deadlines.running().values_list("rule", flat=True))
    assert running == {"duplicates.issue", "duplicates.prepare"}


@pytest.mark.norm("LAW-5-2-9", "DUP-12")
def test_after_a_withdrawal_another_blank_and_the_next_number_are_taken(issued, school, blanks):
    case = issued()
    with on("2026-03-17 10:00"):
        case = make_of_two(case, "withdraw_result", school, because=BECAUSE)
        case = advance(case, "write_out", by=school.clerk, blank=blanks[1].pk)
        case = sign_and_issue(case, school)
    rows = list(rows_of("duplicates", school.office, 2026))
    assert [(row.number, bool(row.note)) for row in rows] == [("1/2026", True), ("2/2026", False)]
    assert len(rows[0].cells()) == len(rows[1].cells()) == 9


@pytest.mark.norm("LAW-5-2-9")
def test_an_upheld_complaint_begins_the_case_anew_and_says_why(issued):
    case = issued()
    with on("2026-03-17 10:00"):
        with pytest.raises(ValidationError):
            advance(case, "reopen", by=SYSTEM, because=" ")
        assert (case.reopened_because, case.outcome) == ("", "duplicate")
        case = advance(case, "reopen", by=SYSTEM, because="Шағым бойынша шешім № 5")
    assert (case.state, case.reopened_because, case.outcome) == (State.REGISTERED, "Шағым бойынша шешім № 5", "")
    assert (case.decided_by, case.register_number) == (None, "")


@pytest.mark.norm("LAW-5-2-9")
def test_who_may_withdraw_a_result_and_only_with_its_reason(issued, school, user):
    case = issued()
    with on("2026-03-17 10:00"):
        for person in (school.auditor, school.operator, user):
            with pytest.raises(PermissionDenied):
                prepare(case, "withdraw_result", by=person, because=BECAUSE)
        with pytest.raises(ValidationError):
            prepare(case, "withdraw_result", by=school.head, because=" ")
        paper = prepare(case, "withdraw_result", by=school.head, because=BECAUSE)
        papers.render(paper.pk)
        paper.refresh_from_db()
        papers.sign(paper, by=school.head, sha256=paper.sha256)
        papers.sign(paper, by=school.clerk, sha256=paper.sha256)
        with pytest.raises(HandMissing):
            advance(case, "withdraw_result", by=school.head, document=paper)


@pytest.mark.norm("LAW-5-2-9")
def test_what_lies_at_the_state_corporation_is_called_back_and_sent_anew(issued, school, corporation, blanks):
    case = issued(pick_up="state_corporation")
    ends = {"school": school.office, "corporation": corporation.office}
    with on("2026-03-17 10:00"):
        sent = exchange.send("results", cases=[case], by=school.clerk, **ends)
    with on("2026-03-17 15:00"):
        exchange.countersign(sent, arrived=[1], by=corporation.clerk)
        case.refresh_from_db()
        with pytest.raises(MoveNotAllowed):
            prepare(case, "correct", by=school.head, **slip(case, blanks[1]))
        case = make_of_two(case, "withdraw_result", school, because=BECAUSE)
    assert Notice.objects.filter(case=case, letter="staff_duplicate_annulled", recipient=corporation.clerk).exists()
    running = set(case.deadlines.running().values_list("rule", flat=True))
    assert running == {"duplicates.issue", "duplicates.prepare", "duplicates.dispatch"}


@pytest.mark.drawn
def test_the_act_and_the_corrected_duplicate_are_drawn_in_both_languages(issued, school, blanks):
    case = issued()
    with on("2026-03-17 10:00"):
        case = make_of_two(case, "correct", school, **slip(case, blanks[1]))
        case = make_of_two(case, "withdraw_result", school, because=BECAUSE)
    for paper in Paper.objects.filter(case=case, kind__in=("duplicate", "withdrawal")):
        assert papers.read(paper).startswith(b"%PDF")
