"""A service that is only accept, register, decide, hand over: its life, its clocks, what it will not do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from kazservices.documents import drawing
from kazservices.flow import sweeps
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.mending import correctable
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from kazservices.passports.models import Ground
from kazservices.simple.models import SimpleCase
from kazservices.simple.states import State
from tests import world
from tests.conftest import on

from . import school as at_school

FILED = "2026-03-20 12:00"


def filed(user, school, service="home-schooling", at=FILED, **how):
    with on(at):
        return at_school.apply(user, school.office, service, **how)


def granted(user, school, service="home-schooling", at="2026-03-20 16:00"):
    case = filed(user, school, service)
    with on(at):
        return world.make(case, "grant", school.head, motive="")


def refused(user, school, service="home-schooling", at="2026-03-20 16:00", grounds=("law-2",)):
    case = filed(user, school, service)
    with on(at):
        return world.make(case, "refuse", school.head, grounds=list(grounds), motive="Қорытынды басқа балаға берілген.")


def told(case, letter, user):
    return Notice.objects.get(case=case, letter=letter, channel="cabinet", recipient=user)


def test_in_office_hours_it_is_registered_and_goes_to_the_decider_at_once(user, school):
    case = filed(user, school)
    assert case.state == State.IN_WORK
    assert case.number.startswith("ҮЙ")
    assert case.papers.get().kind == "receipt"
    letters = dict(Notice.objects.filter(case=case, channel="cabinet").values_list("letter", "recipient"))
    assert letters == {"simple_taken": user.pk, "simple_new": school.head.pk}


@pytest.mark.norm("CLK-0")
def test_after_hours_it_goes_to_work_at_the_opening_of_its_acceptance_date_and_not_before(user, school):
    case = filed(user, school, at="2026-03-20 19:00")  # Fri; the next working day is Thu 26: Nauryz and its days off
    assert case.state == State.SUBMITTED
    with on("2026-03-26 08:59"):
        sweeps.make_due_moves()
        assert SimpleCase.objects.get().state == State.SUBMITTED
        with pytest.raises(MoveNotAllowed):
            world.make(case, "put_to_work", school.clerk)
    with on("2026-03-26 09:00"):
        for person in (school.head, school.auditor, user):
            with pytest.raises(PermissionDenied):
                world.make(case, "put_to_work", person)
        sweeps.make_due_moves()
    assert SimpleCase.objects.get().state == State.IN_WORK


def test_granted_the_result_is_ready_at_once_told_and_then_handed_over(user, school):
    case = granted(user, school)
    assert case.state == State.GRANTED
    paper = case.papers.get(kind="simple_result")
    assert (paper.state, paper.issued_at) == ("issued", case.decided_at)
    assert told(case, "simple_granted", user).subject == f"№ {case.number}: үйде оқыту туралы бұйрық дайын"
    assert told(case, "simple_ready", school.clerk)
    with on("2026-03-26 10:00"):
        case = world.make(case, "hand_over", school.clerk, collected_by="Өзі, жеке куәлік")
    assert (case.state, case.handed_over_to) == (State.HANDED_OVER, "Өзі, жеке куәлік")
    assert case.decided_at == paper.issued_at, "the moment of the decision stays that of the decision"
    assert told(case, "simple_handed_over", user)


def test_the_clock_of_the_answer_ends_with_the_signed_result_and_not_when_it_is_collected(user, school):
    case = granted(user, school)
    clock = case.deadlines.get(rule="home-schooling.decide")
    assert (clock.outcome, clock.ended_at) == ("met", case.decided_at)
    with on("2026-06-26 10:00"):
        sweeps.note_breaches()
        world.make(case, "hand_over", school.clerk, collected_by="Өзі, жеке куәлік")
    assert not case.deadlines.breaches().exists()


def test_it_is_collected_once_and_only_where_the_file_hands_it_over(user, school):
    case = granted(user, school)
    with on("2026-03-26 10:00"):
        with pytest.raises(ValidationError):
            world.make(case, "hand_over", school.clerk, collected_by="  ")
        world.make(case, "hand_over", school.clerk, collected_by="Өзі")
        with pytest.raises(MoveNotAllowed):
            world.make(case, "hand_over", school.clerk, collected_by="Басқа біреу")
    meals = granted(world.build_recipient("000101100006"), school, "meals")
    with on("2026-03-26 10:00"), pytest.raises(MoveNotAllowed, match="қағаз түрінде"):
        world.make(meals, "hand_over", school.clerk, collected_by="Өзі")


def test_a_refusal_collected_on_paper_stays_a_refusal(user, school):
    case = refused(user, school)
    with on("2026-03-26 10:00"):
        case = world.make(case, "hand_over", school.clerk, collected_by="Өзі")
        assert (case.state, bool(case.handed_over_at)) == (State.REFUSED, True)
        with pytest.raises(MoveNotAllowed):
            world.make(case, "hand_over", school.clerk, collected_by="Өзі")


@pytest.mark.parametrize("move", ["grant", "refuse"])
@pytest.mark.norm("LAW-19-1-1")
def test_only_the_decider_of_the_file_decides(user, school, move):
    case = filed(user, school)
    for person in (school.clerk, school.secretary, school.chair, school.academic, school.auditor, user):
        with on("2026-03-20 16:00"), pytest.raises(PermissionDenied):
            world.make(case, move, person, grounds=["law-2"], motive="Себебі бар.")
    assert SimpleCase.objects.get().state == State.IN_WORK


@pytest.mark.parametrize("service", ["home-schooling", "meals"])
@pytest.mark.norm("LAW-5-1-2", "LAW-19-1-2", "LAW-19-1-1")
def test_a_refusal_has_a_ground_of_the_closed_list_a_motive_and_the_way_to_complain(user, school, service):
    case = filed(user, school, service)
    with on("2026-03-20 16:00"):
        for grounds, motive in (([], "Себебі."), (["law-3"], "Себебі."), (["2"], "Себебі."), (["law-2"], " ")):
            with pytest.raises(ValidationError):
                world.make(case, "refuse", school.head, grounds=grounds, motive=motive)
        case = world.make(
            case, "refuse", school.head, grounds=["law-1", "law-2"], motive="Құжат басқа балаға берілген."
        )
    page = drawing.html(case.papers.get(kind="simple_refusal"))
    for code in ("law-1", "law-2"):
        ground = Ground.objects.get(code=code)
        assert all(said in page for said in (ground.text_kk, ground.text_ru))
    for said in ("Құжат басқа балаға берілген.", "Шағым беру құқығы", "Право на жалобу", "25-бабының 2-тармағына"):
        assert said in page
    letters = Notice.objects.filter(case=case, letter="simple_refused", channel="cabinet", recipient=user)
    assert ["бас тартылды" in letter.body for letter in letters] == [True]


def test_who_was_refused_may_apply_again_with_what_he_had_said(cabinet, user, school):
    case = refused(user, school)
    with on("2026-03-26 10:00"):
        cabinet.post(f"/cases/{case.ref}/again/")
    draft = user.drafts.latest("pk")
    assert (draft.previous_id, draft.data["particulars"]) == (case.pk, case.particulars)


@pytest.mark.parametrize(
    ("service", "series", "lacks"),
    [
        ("home-schooling", "ҮЙ-Б", "дәрігерлік-консультациялық комиссияның"),
        ("meals", "ТАМ-Б", "атаулы әлеуметтік көмек алатыны туралы анықтама"),
    ],
)
@pytest.mark.norm("LAW-19")
def test_an_incomplete_package_is_not_accepted_and_the_receipt_says_what_is_missing(
    user, school, service, series, lacks
):
    case = filed(user, school, service, papers_of=[])
    assert (case.state, case.number.startswith(series)) == (State.NOT_TAKEN, True)
    receipt = case.papers.get()
    assert receipt.kind == "not_taken_receipt"
    assert [lacks in row["document"]["kk"] for row in receipt.facts["missing"]] == [True]
    letters = Notice.objects.filter(case=case, letter="not_taken", channel="cabinet", recipient=user)
    assert [lacks in letter.body for letter in letters] == [True]


@pytest.mark.norm("LAW-19")
def test_a_clerk_refuses_acceptance_on_the_day_of_arrival_only_and_never_without_words(user, school):
    case = filed(user, school)
    with on("2026-03-20 17:00"):
        for person in (school.head, school.auditor, user):
            with pytest.raises(PermissionDenied):
                world.make(case, "refuse_acceptance", person, missing=[], motive="Құжат бұл емес.")
        with pytest.raises(ValidationError):
            world.make(case, "refuse_acceptance", school.clerk, missing=[], motive=" ")
    with on("2026-03-26 10:00"), pytest.raises(MoveNotAllowed):
        world.make(case, "refuse_acceptance", school.clerk, missing=[], motive="Құжат бұл емес.")
    with on("2026-03-20 17:00"):
        case = world.make(case, "refuse_acceptance", school.clerk, missing=[], motive="Құжат бұл емес.")
    assert (case.state, case.motive) == (State.NOT_TAKEN, "Құжат бұл емес.")


def test_the_desk_shows_the_iin_of_the_child_only_to_whoever_asks_for_it(user, school):
    case, desk = filed(user, school), Client()
    desk.force_login(school.head)
    iin = case.particulars["child_iin"]
    with on("2026-03-20 13:00"):
        before = desk.get(f"/admin/cases/{case.ref}/").content.decode()
        desk.post(f"/admin/cases/{case.ref}/show/")
        after = desk.get(f"/admin/cases/{case.ref}/").content.decode()
    assert (iin in before, iin in after) == (False, True)
    assert case.journal.filter(move="person_shown").exists()


def test_taken_back_its_clocks_are_cancelled(user, school):
    case = filed(user, school)
    with on("2026-03-20 13:00"):
        case = world.make(case, "withdraw", user)
    assert case.state == State.WITHDRAWN
    assert not case.deadlines.running().exists()


@pytest.mark.norm("LAW-5-2-9")
@pytest.mark.parametrize("by", ["withdraw_result", "reopen"])
def test_a_withdrawn_result_is_in_force_no_longer_and_the_term_begins_anew(user, school, by):
    case = granted(user, school)
    with on("2026-03-30 10:00"):
        who = school.head if by == "withdraw_result" else SYSTEM
        for person in (school.auditor, school.secretary, user):
            with pytest.raises(PermissionDenied):
                world.make(case, by, person, because="Шағым № 4 қанағаттандырылды.")
        with pytest.raises(ValidationError):
            world.make(case, by, who, because=" ")
        case = world.make(case, by, who, because="Шағым № 4 қанағаттандырылды.")
    assert (case.state, case.decided_by, case.decided_at) == (State.IN_WORK, None, None)
    assert case.papers.get(kind="simple_result").state == "withdrawn"
    clock = case.deadlines.running().get()
    assert clock.due_at.astimezone(world.ALMATY).isoformat() == "2026-04-01T18:30:00+05:00"


@pytest.mark.norm("LAW-5-2-9")
def test_without_a_result_in_force_there_is_nothing_to_withdraw(user, school):
    case = granted(user, school)
    case.papers.filter(kind="simple_result").update(state="withdrawn", withdrawn_at=case.decided_at)
    with on("2026-03-30 10:00"), pytest.raises(MoveNotAllowed):
        world.make(case, "withdraw_result", school.head, because="Сот актісі № 1")


def test_a_slip_of_the_pen_is_corrected_by_two_people_and_decides_nothing(user, school):
    case = refused(user, school)
    with on("2026-03-27 10:00"):
        paper = correctable(case).get()
        case = world.make(
            case, "correct", school.head, paper=paper.pk, wrong="басқа", right="өзге", reason="Қате жазылған."
        )  # fmt: skip
    assert (case.state, case.motive) == (State.REFUSED, "Қорытынды өзге балаға берілген.")
    assert case.decided_at == paper.issued_at


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ({"decided_by": None}, "simple_granted_names_its_decider"),
        ({"handed_over_to": "Біреу"}, "simple_handed_over_has_its_moment"),
    ],
)
def test_the_database_itself_keeps_the_rule(user, school, what, rule):
    case = granted(user, school)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        SimpleCase.objects.filter(pk=case.pk).update(**what)


def test_the_manager_knows_the_cases_of_these_services_only(user, school):
    case = filed(user, school)
    assert list(SimpleCase.objects.all()) == [case]
    assert "service" in str(SimpleCase.objects.all().query)
