"""A duplicate from the application to the hands of the person, at the school."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kazservices.cases.models import Channel
from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.flow import sweeps
from kazservices.flow.door import advance, options, prepare
from kazservices.flow.errors import HandMissing, MoveNotAllowed
from kazservices.notices.models import Notice
from schools.duplicates import blanks as book
from schools.duplicates.models import Blank, BlankForm
from schools.duplicates.states import State
from tests import world
from tests.conftest import on

from . import counter
from .conftest import build_school, sign_and_issue


def clock_of(case, rule):
    return case.deadlines.filter(rule=f"duplicates.{rule}").latest("started_at")


def due(case, rule):
    return f"{case.time.local(clock_of(case, rule).due_at):%a %d %b %H:%M}"


@pytest.mark.norm("DUP-8", "DUP-21", "DUP-19")
def test_through_the_portal_it_is_registered_at_once_and_told_so(user, school):
    with on("2026-03-13 17:00"):  # Fri
        case = counter.apply(user, school.office)
    assert (case.state, case.accepted_on) == (State.REGISTERED, date(2026, 3, 13))
    assert due(case, "issue") == "Wed 08 Apr 18:00"
    assert due(case, "prepare") == "Fri 20 Mar 18:00"
    assert Notice.objects.filter(case=case, letter="duplicate_taken").exists()


@pytest.mark.norm("DUP-21", "DUP-S7-3")
def test_after_hours_it_is_registered_at_the_opening_of_the_next_working_day(user, school):
    with on("2026-03-13 18:00"):  # Fri, the school has closed
        case = counter.apply(user, school.office)
        assert case.state == State.SUBMITTED
        with pytest.raises(MoveNotAllowed):
            advance(case, "register", by=school.clerk)
    assert due(case, "register") == "Mon 16 Mar 18:00"
    with on("2026-03-16 08:59"):
        assert sweeps.make_due_moves() == (0, 0)
    with on("2026-03-16 09:00"):
        assert sweeps.make_due_moves() == (1, 1)
    case.refresh_from_db()
    assert (case.state, case.accepted_on) == (State.REGISTERED, date(2026, 3, 16))
    assert due(case, "issue") == "Thu 09 Apr 18:00"


@pytest.mark.norm("DUP-10", "DUP-12", "DUP-28")
@pytest.mark.drawn
def test_the_duplicate_is_signed_by_the_head_and_the_deputy_on_a_numbered_blank(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        case = advance(case, "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
    paper = case.papers.get(kind="duplicate")
    assert (paper.facts["register_number"], case.register_number) == ("1/2026", "1/2026")
    assert (paper.facts["head"], paper.facts["deputy"]) == ("Head 71", "Academic_Deputy 71")
    assert {paper.signed_by, paper.countersigned_by} == {school.head, school.academic_deputy}
    assert Blank.objects.get(pk=blanks[0].pk).state == Blank.State.USED
    assert case.state == State.OFFERED


@pytest.mark.norm("DUP-10")
def test_neither_of_the_two_signs_alone_nor_with_somebody_else(user, school, blanks):
    second_head = world.build_staff(school.office, "head2", "head")
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        paper = prepare(case, "issue_duplicate", by=school.head)
        papers.render(paper.pk)
        paper.refresh_from_db()
        for person in (school.head, second_head):
            papers.sign(paper, by=person, sha256=paper.sha256)
        with pytest.raises(HandMissing):
            advance(case, "issue_duplicate", by=school.head, document=paper)
        with pytest.raises(PermissionDenied):
            advance(case, "issue_duplicate", by=school.clerk, document=paper)


@pytest.mark.norm("DUP-26-3", "DUP-26-1")
def test_when_it_is_ready_the_applicant_is_told_the_place_and_the_term_is_met(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
    letter = Notice.objects.filter(case=case, letter="duplicate_ready").first()
    assert "Мектеп көшесі, 1" in letter.body
    assert {clock_of(case, rule).outcome for rule in ("issue", "prepare")} == {"met"}
    with on("2026-06-01 10:00"):  # nobody comes: the provider is not late
        sweeps.note_breaches()
    assert not case.deadlines.breaches().exists()


@pytest.mark.norm("DUP-10")
def test_a_blank_number_is_not_used_twice(user, school, blanks):
    with on("2026-03-16 10:00"):
        first = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        other = counter.apply(world.build_recipient("000101100024"), school.office)
        with pytest.raises(ValidationError) as said:
            advance(other, "write_out", by=school.clerk, blank=blanks[0].pk)
    assert "ЖОБ № 0000001" in str(said.value)
    other.refresh_from_db()
    assert (other.state, other.register_number) == (State.REGISTERED, "")
    assert Blank.objects.get(pk=blanks[0].pk).case_id == first.pk


@pytest.mark.norm("DUP-10")
def test_the_book_takes_no_number_that_it_has_and_enters_nothing_of_the_lot(school, form, blanks):
    with on("2026-03-16 10:00"), pytest.raises(ValidationError) as said:
        book.receive(school.office, form, series="ЖОБ", first="0000004", last="0000008", note="", by=school.clerk)
    assert "0000004, 0000005" in str(said.value)
    assert Blank.objects.count() == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        Blank.objects.create(
            office=school.office, form=form, series="ЖОБ", number="0000001", received_on="2026-03-16",
            received_by=school.clerk,
        )  # fmt: skip


@pytest.mark.norm("DUP-10")
def test_only_a_blank_of_the_school_of_the_document_and_of_a_sample_in_force_is_taken(user, school, form, blanks):
    elsewhere = build_school("72", "№ 2 орта мектеп")
    basic = BlankForm.objects.create(document="basic", name_kk="Н", name_ru="О", act="бұйрық", since="2020-01-01")
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        for wrong in ({"office": elsewhere.office}, {"form": basic}, {"form": outdated(form)}):
            Blank.objects.filter(pk=blanks[0].pk).update(**({"office": school.office, "form": form} | wrong))
            with pytest.raises(ValidationError) as said:
                advance(case, "write_out", by=school.clerk, blank=blanks[0].pk)
            assert "blank" in said.value.error_dict


def outdated(form):
    return BlankForm.objects.create(
        document=form.document, name_kk="Е", name_ru="С", act="бұйрық", since="2010-01-01", until="2019-12-31"
    )


@pytest.mark.norm("DUP-10")
def test_a_blank_is_spoilt_once(school, blanks):
    with on("2026-03-16 10:00"):
        book.spoil(blanks[0], by=school.clerk, reason="Су тиген")
        with pytest.raises(ValidationError):
            book.spoil(blanks[0], by=school.clerk, reason="Жыртылған")
    assert Blank.objects.get(pk=blanks[0].pk).spoilt_because == "Су тиген"


@pytest.mark.norm("DUP-10", "DUP-12")
def test_a_spoilt_blank_stays_in_the_book_and_the_register_number_is_kept(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        with pytest.raises(ValidationError):
            advance(case, "spoil_blank", by=school.clerk, reason=" ")
        case = advance(case, "spoil_blank", by=school.clerk, reason="Сия төгілді")
        case = advance(case, "write_out", by=school.clerk, blank=blanks[1].pk)
    spoilt = Blank.objects.get(pk=blanks[0].pk)
    assert (spoilt.state, spoilt.spoilt_because) == (Blank.State.SPOILT, "Сия төгілді")
    assert case.register_number == "1/2026"


@pytest.mark.norm("DUP-10")
def test_a_sample_out_of_force_is_not_written_on(user, school, form, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        paper = prepare(case, "issue_duplicate", by=school.head)
        papers.render(paper.pk)
        paper.refresh_from_db()
        for person in (school.head, school.academic_deputy):
            papers.sign(paper, by=person, sha256=paper.sha256)
        type(form).objects.update(until="2026-03-15")
        with pytest.raises(MoveNotAllowed):
            advance(case, "issue_duplicate", by=school.head, document=paper)


@pytest.mark.norm("DUP-7-2", "DUP-S8-1")
@pytest.mark.parametrize(("category", "asked"), [("LOST", False), ("DAMAGED", True), ("NAME_CHANGED", True)])
def test_the_original_is_asked_when_it_is_damaged_or_the_name_has_changed_never_when_lost(
    user, school, category, asked
):
    with on("2026-03-16 10:00"):
        case = counter.apply(
            school.clerk, school.office, category=category, channel=Channel.OFFICE, recipient=counter.person(),
            handed_in=["identity"],
        )  # fmt: skip
    assert (case.state == State.NOT_TAKEN) is asked


@pytest.mark.norm("DUP-7-1", "DUP-S8-3")
@pytest.mark.parametrize("category", ["LOST", "DAMAGED", "NAME_CHANGED"])
def test_through_the_portal_only_the_application_is_asked(user, school, category):
    with on("2026-03-16 10:00"):
        made = counter.filing(user, school.office, category=category)
        assert not made.draft.attachments.exists()
        case = counter.taking.take(made)
    assert case.state == State.REGISTERED


@pytest.mark.norm("DUP-20", "DUP-S9")
def test_an_incomplete_package_is_not_accepted_and_the_receipt_says_what_is_missing(school):
    with on("2026-03-16 10:00"):
        case = counter.apply(
            school.clerk, school.office, category="DAMAGED", channel=Channel.OFFICE, recipient=counter.person(),
            handed_in=["identity"],
        )  # fmt: skip
    receipt = case.papers.get(kind=Paper.Kind.NOT_TAKEN_RECEIPT)
    assert [row["document"]["ru"].startswith("при изменении фамилии") for row in receipt.facts["missing"]] == [True]
    assert receipt.facts["annex"] == 4
    assert case.number.startswith("ТН-Б-")


@pytest.mark.norm("DUP-20")
def test_acceptance_is_refused_on_its_day_only(user, school):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
    with on("2026-03-17 10:00"), pytest.raises(MoveNotAllowed):
        advance(case, "refuse_acceptance", by=school.clerk, missing=[], motive="Оқылмайды")
    with on("2026-03-16 15:00"):
        case = advance(case, "refuse_acceptance", by=school.clerk, missing=[], motive="Оқылмайды")
    assert case.state == State.NOT_TAKEN
    assert case.papers.get(kind=Paper.Kind.NOT_TAKEN_RECEIPT).facts["motive"] == "Оқылмайды"
    assert Notice.objects.filter(case=case, letter="not_taken").exists()


@pytest.mark.norm("DUP-18")
def test_at_the_office_the_receipt_of_annex_three_names_the_day_of_the_result(school):
    with on("2026-03-16 10:00"):
        case = counter.apply(school.clerk, school.office, channel=Channel.OFFICE, recipient=counter.person())
    receipt = case.papers.get(kind=Paper.Kind.RECEIPT)
    assert receipt.facts["result_at"].startswith("2026-04-09")
    assert receipt.facts["annex"] == 3


@pytest.mark.norm("DUP-15")
def test_nobody_asks_for_a_document_of_a_year_to_come(user, school):
    with on("2026-03-16 10:00"), pytest.raises(ValidationError) as said:
        counter.apply(user, school.office, graduated_in=2027)
    assert "graduated_in" in said.value.error_dict


@pytest.mark.parametrize(
    ("move", "who"),
    [
        pytest.param("deliver", "head", marks=pytest.mark.norm("DUP-22")),
        pytest.param("register", "head", marks=pytest.mark.norm("DUP-25")),
        pytest.param("route_to_corporation", "clerk", marks=pytest.mark.norm("DUP-27")),
        pytest.param("write_out", "head", marks=pytest.mark.norm("DUP-10")),
        pytest.param("spoil_blank", "head", marks=pytest.mark.norm("DUP-10")),
        pytest.param("refuse", "clerk", marks=pytest.mark.norm("DUP-26-1")),
        pytest.param("offer", "clerk", marks=pytest.mark.norm("DUP-26-3")),
        pytest.param("dispatch", "head", marks=pytest.mark.norm("DUP-26-2")),
        pytest.param("arrive", "clerk", marks=pytest.mark.norm("DUP-26-2")),
        pytest.param("hand_over", "head", marks=pytest.mark.norm("DUP-28")),
        pytest.param("hand_over_there", "clerk", marks=pytest.mark.norm("DUP-29")),
        pytest.param("end_storage", "clerk", marks=pytest.mark.norm("DUP-30")),
        pytest.param("give_back", "head", marks=pytest.mark.norm("DUP-30")),
        pytest.param("ask_again", "clerk", marks=pytest.mark.norm("DUP-S5-4")),
        pytest.param("send_again", "head", marks=pytest.mark.norm("DUP-S5-4")),
        pytest.param("refuse_acceptance", "head", marks=pytest.mark.norm("DUP-20")),
        pytest.param("reopen", "head", marks=pytest.mark.norm("LAW-5-2-9")),
    ],
)
def test_each_move_is_closed_to_whom_it_does_not_belong(user, school, move, who):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        with pytest.raises(PermissionDenied):
            advance(case, move, by=getattr(school, who))


@pytest.mark.norm("DUP-9")
@pytest.mark.parametrize("category", ["LOST", "DAMAGED", "NAME_CHANGED"])
def test_who_asks_a_closed_school_is_sent_to_the_archive_and_refused_nothing(user, school, category):
    with on("2026-03-16 10:00"), pytest.raises(ValidationError) as said:
        counter.apply(user, school.office, category=category, school_closed=True)
    assert said.value.code == "closed"


@pytest.mark.norm("DUP-S5-2")
def test_a_power_of_attorney_that_is_not_notarised_gets_nothing(user, school, blanks):
    power = {"received_by": "attorney", "identity": "ЖК 012345678", "receiver": "Серікова Алма", "power_number": "14"}
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
        for wrong, field in (
            ({"power_date": "2026-03-10"}, "power_notary"),
            ({"identity": " "}, "identity"),
            ({"receiver": ""}, "receiver"),
            ({"power_number": ""}, "power_number"),
            ({"power_date": None, "power_notary": "Ахметова Г."}, "power_date"),
            ({"power_date": "2026-03-17", "power_notary": "Ахметова Г."}, "power_date"),
            ({"received_by": "representative"}, "received_by"),
        ):
            with pytest.raises(ValidationError) as said:
                advance(case, "hand_over", by=school.clerk, **(power | wrong))
            assert field in said.value.error_dict
        case.refresh_from_db()
        assert case.state == State.OFFERED
        case = advance(
            case, "hand_over", by=school.clerk, **power, power_date="2026-03-10", power_notary="Нотариус Ахметова Г."
        )
    assert (case.state, case.receiver_name) == (State.HANDED_OVER, "Серікова Алма")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(case).objects.filter(pk=case.pk).update(power_notary="")


@pytest.mark.norm("DUP-7-2")
def test_who_applied_through_the_portal_gives_the_damaged_original_back_before_he_gets_the_duplicate(
    user, school, blanks
):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office, category="DAMAGED")
        case = advance(case, "write_out", by=school.clerk, blank=blanks[0].pk)
        case = sign_and_issue(case, school)
        with pytest.raises(ValidationError) as said:
            advance(case, "hand_over", by=school.clerk, received_by="self", identity="ЖК 012345678")
        assert "original_given" in said.value.error_dict
        case = advance(case, "hand_over", by=school.clerk, received_by="self", identity="ЖК 1", original_given=True)
    assert (case.state, case.original_taken) == (State.HANDED_OVER, True)


@pytest.mark.norm("DUP-26-1", "DUP-S5-1")
@pytest.mark.drawn
def test_a_refusal_is_reasoned_and_rests_on_a_ground_of_the_law(user, school):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        with pytest.raises(ValidationError):
            prepare(case, "refuse", by=school.head, grounds=["9"], motive="Бұл мектепте оқымаған")
        case = world.make(case, "refuse", school.head, grounds=["2"], motive="Бұл мектепте оқымаған")
    assert (case.state, case.outcome) == (State.REFUSED, "refusal")
    paper = case.papers.get(kind="duplicate_refusal")
    assert paper.facts["grounds"][0]["basis"]["ru"].startswith("подпункт 2) пункта 2 статьи 19-1")


def test_nobody_of_the_office_may_do_what_is_not_his(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office)
        assert {one.move.name for one in options(case, school.auditor)} == set()
        with pytest.raises(PermissionDenied):
            advance(case, "write_out", by=school.head, blank=blanks[0].pk)


def test_a_withdrawn_application_gives_its_blank_back(user, school, blanks):
    with on("2026-03-16 10:00"):
        case = advance(counter.apply(user, school.office), "write_out", by=school.clerk, blank=blanks[0].pk)
        case = advance(case, "withdraw", by=user)
    assert case.state == State.WITHDRAWN
    assert Blank.objects.get(pk=blanks[0].pk).state == Blank.State.IN_STOCK
