"""Each move of admission by its own hand alone, each condition by itself, and the letters that the rules want."""

import dataclasses
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kazservices.documents import papers
from kazservices.flow import sweeps
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.manifest import manifest_of
from kazservices.gateways import powers
from kazservices.offices.actors import SYSTEM
from kazservices.passports import service as passports
from kazservices.passports.models import Edition, RestrictionAct
from schools.admission import answers, intake, orders
from schools.admission.models import AdmissionApplication
from schools.admission.states import State
from tests import world

from . import scene
from .test_rounds import day_of, offered, states

pytestmark = pytest.mark.django_db


def of(norm, *case):
    return pytest.param(*case, marks=pytest.mark.norm(norm), id="-".join(case))


#: A hand that has no right to the move, whatever the state.
NOT_THEIRS = [
    of("ADM-S8-R", "refuse_acceptance", "auditor"),
    of("ADM-S5-4", "refuse", "clerk"),
    of("ADM-5", "conclude_contract", "clerk"),
    of("ADM-3", "enrol", "head"),
    of("ADM-S8-X", "ask_health_documents", "clerk"),
    of("ADM-S8-X", "take_health_documents", "head"),
    of("ADM-7", "withdraw", "clerk"),
    of("ADM-7", "record_withdrawal", "head"),
    of("ADM-9-5", "seat", "head"),
    of("ADM-S9-3", "leave_without_seat", "head"),
    of("ADM-9-4", "admit", "clerk"),
    of("ADM-S9-3", "refuse_full", "clerk"),
    of("ADM-9-4", "admit_from_list", "academic"),
]


@pytest.mark.parametrize(("move", "who"), NOT_THEIRS)
def test_a_move_is_not_everybody_s(school, pool, move, who):
    (case,) = day_of("l", school)
    with world.at("2026-04-01 11:00"), pytest.raises(PermissionDenied):
        advance(case, move, by=school.staff[who])


def test_every_move_that_carries_a_norm_has_a_hand_that_lacks_it():
    elsewhere = {"reopen", "withdraw_result"}  # proved with the moves that every service has
    known = {m.name for m in manifest_of("admission").moves if m.norm and not m.norm.startswith("GAP")}
    assert known - elsewhere == {case.values[0] for case in NOT_THEIRS}


@pytest.mark.norm("ADM-3")
def test_a_child_whom_no_order_names_is_enrolled_by_nobody(school, pool):
    (case,) = day_of("l", school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        with pytest.raises(MoveNotAllowed):
            advance(case, "enrol", by=SYSTEM)
    assert states(case) == ["admitted"]


@pytest.mark.norm("ADM-3")
def test_an_order_names_every_admitted_child_of_its_grade(school, pool):
    day_of("ll", school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
    with world.at("2026-08-26 10:00"):
        order = world.make(orders.draw_up(pool, by=school.academic), "sign_order", school.head, order_number="7")
        sweeps.run("moves")
    assert [(case.state, case.order) for case in AdmissionApplication.objects.all()] == [("enrolled", order)] * 2


class TestHealthDocuments:
    """They follow only under restrictions, and are asked for only when these are over."""

    @pytest.fixture
    def act(self, school, pool):
        return RestrictionAct.objects.create(
            number="7", date=date(2026, 4, 1), title_kk="Шектеу", title_ru="Карантин", since=date(2026, 4, 1),
            entered_by=school.operator,
        )  # fmt: skip

    @pytest.mark.norm("ADM-S8-X")
    def test_nothing_is_asked_of_or_taken_from_who_has_given_them(self, school, pool):
        (case,) = day_of("l", school)
        with world.at("2026-04-02 10:00"):
            for move, by in (("ask_health_documents", SYSTEM), ("take_health_documents", school.clerk)):
                with pytest.raises(MoveNotAllowed):
                    advance(case, move, by=by)

    @pytest.mark.norm("ADM-S8-X")
    def test_nothing_is_asked_while_the_restrictions_last(self, school, act):
        with world.at("2026-04-01 10:00"):
            case = scene.apply(school, papers_of=["photo"])
        with world.at("2026-04-02 10:00"), pytest.raises(MoveNotAllowed):
            advance(case, "ask_health_documents", by=SYSTEM)


@pytest.mark.norm("ADM-S8-R")
def test_who_was_not_taken_is_told_what_is_missing(school, pool):
    with world.at("2026-04-01 10:00"):
        case = scene.apply(school, papers_of=["photo", "health_063"])
    letter = case.notices.get(letter="not_taken", channel="cabinet")
    assert "026/у-3" in letter.body


@pytest.mark.norm("ADM-9-4", "ADM-9-6a")
def test_the_admissions_are_signed_by_the_head_and_only_those_he_was_shown(school, pool):
    day_of("l", school)
    with world.at("2026-04-02 10:00"):
        scene.confirm(school, pool)
        answers.prepare_all(pool, by=school.head)
        papers.render_waiting()
        ((paper, sha256),) = [(one.paper.pk, one.paper.sha256) for one in answers.unsigned(pool)]
        with pytest.raises(PermissionDenied):
            answers.sign_admissions(pool, {}, by=school.clerk)  # not even that there is nothing to sign
        with pytest.raises(ValidationError) as told:
            answers.sign_admissions(pool, {paper + 1: sha256}, by=school.head)
        assert told.value.code == "none"
        assert answers.sign_admissions(pool, {paper: "0" * 64}, by=school.head) == (0, 1)
        assert answers.sign_admissions(pool, {paper: sha256}, by=school.head) == (1, 0)


@pytest.mark.norm("ADM-9-4")
def test_the_decision_from_the_list_names_who_made_it(school, pool):
    case = offered(school, pool)[4]
    other = world.build_staff(school.office, "head2", scene.Role.HEAD)
    with world.at("2026-04-06 10:00"):
        case = advance(case, "accept_offer", by=case.applicant.user)
        assert world.make(case, "admit_from_list", other).decided_by == other


@pytest.mark.norm("ADM-7")
def test_who_withdraws_frees_the_seat_and_may_file_at_another_school(school, pool):
    (case,) = day_of("l", school)
    with world.at("2026-04-01 11:00"):
        paper = scene.apply_on_paper(school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        gone = [
            advance(case, "withdraw", by=case.applicant.user),
            advance(paper, "record_withdrawal", by=school.clerk),
        ]
    pool.refresh_from_db()
    assert (pool.taken, states(*gone)) == (0, ["withdrawn", "withdrawn"])
    assert [(one.withdrawn_from, one.freed_at) for one in gone] == [("admitted", one.withdrawn_at) for one in gone]


class TestRegisters:
    """The registers say who the child is, once somebody has agreed that they are asked."""

    @pytest.fixture
    def asked(self, monkeypatch):
        made = []

        def person(iin):
            made.append(iin)
            return powers.SILENT if len(made) == 1 else powers.Person("Бала", date(2020, 3, 1))

        monkeypatch.setattr(powers, "person", person)
        monkeypatch.setattr(powers, "power", lambda basis, **who: powers.Power(powers.Proof.CONFIRMED))
        return made

    def ask(self, made):
        intake.ask(made)
        return made.draft.data["child"].get("found")

    @pytest.mark.norm("ADM-S8-G")
    def test_a_silent_register_is_asked_again_and_one_that_answered_is_not(self, school, pool, asked):
        with world.at("2026-04-01 10:00"):
            made = scene.filing(scene.parent(), school, {"iin": scene.iin(501)})
            made.draft.data = {"child": {}}
            assert [self.ask(made) for _n in range(3)] == ["silent", "found", "found"]
        assert asked == [scene.iin(501)] * 2
        assert made.draft.data["child"]["kin"] == "confirmed"

    @pytest.mark.norm("ADM-S8-G")
    def test_of_another_child_the_registers_are_asked_anew(self, school, pool, asked):
        with world.at("2026-04-01 10:00"):
            made = scene.filing(scene.parent(), school, scene.known_child(1))
            other = dataclasses.replace(made, particulars={**made.particulars, "child_iin": scene.iin(502)})
            self.ask(other)
        assert asked == [scene.iin(502)]

    @pytest.mark.norm("ADM-S8-G")
    def test_nothing_is_asked_without_consent_or_without_an_iin(self, school, pool, asked):
        with world.at("2026-04-01 10:00"):
            silent = scene.filing(scene.parent(), school, {"iin": scene.iin(501)}, given=False)
            nameless = scene.filing(scene.parent(), school, {"iin": scene.iin(503)})
            nameless = dataclasses.replace(nameless, particulars={"relation": "parent"})
            for made in (silent, nameless):
                intake.ask(made)
        assert asked == []

    @pytest.mark.norm("ADM-9-1")
    def test_while_nobody_has_agreed_yet_the_form_is_not_held_against_the_child(self, school, pool):
        """The registers are asked at the signature: until then the age is not known, and nothing is refused for it."""
        with world.at("2026-04-01 10:00"):
            made = scene.filing(scene.parent(), school, {"iin": scene.iin(501)})
            made.draft.data = {}
            made.draft.consents.all().delete()
            intake.check(dataclasses.replace(made, signature=None), date(2026, 4, 1))


class TestOtherClasses:
    """By the rows of the standard alone: in a day, by 20 August, without turns."""

    @pytest.fixture
    def grade(self, school):
        edition = Edition.objects.get(code="admission-classes-2020")
        passports.switch(edition, on=True, reason="Тексерілді", by=school.operator)
        return scene.pool(school, seats=1, grade=5)

    def apply(self, school, **how):
        return scene.apply(school, service="admission_classes", said={"grade": 5}, **how)

    @pytest.mark.norm("ADM-S3-1", "CLK-ADM")
    def test_the_answer_is_due_in_one_working_day(self, school, grade):
        with world.at("2026-06-05 10:00"):  # Fri; the answer on Mon
            clock = self.apply(school).deadlines.get(rule="admission_classes.answer")
        assert clock.due_at == world.datetime(2026, 6, 8, 18, 30, tzinfo=world.ALMATY)

    @pytest.mark.norm("ADM-S5-2", "ADM-S9-3")
    def test_the_head_admits_while_a_seat_is_free(self, school, grade):
        with world.at("2026-06-05 10:00"):
            first, second = self.apply(school), self.apply(school)
            with pytest.raises(PermissionDenied):
                prepare(first, "admit_to_class", by=school.clerk)
            first = world.make(first, "admit_to_class", school.head)
            with pytest.raises(MoveNotAllowed):
                prepare(second, "admit_to_class", by=school.head)
        grade.refresh_from_db()
        assert (first.state, first.decided_by, grade.taken) == (State.ADMITTED, school.head, 1)
        assert first.notices.filter(letter="admitted", channel="cabinet").count() == 1

    @pytest.mark.norm("ADM-S8-R")
    def test_who_was_not_taken_is_told(self, school, grade):
        with world.at("2026-06-05 10:00"):
            case = self.apply(school, papers_of=["photo"])
        assert case.notices.filter(letter="not_taken", channel="cabinet").count() == 1

    @pytest.mark.norm("ADM-S8-X")
    def test_the_health_documents_are_due_in_ten_working_days_of_the_end_of_the_restrictions(self, school, grade):
        act = RestrictionAct.objects.create(
            number="7", date=date(2026, 6, 1), title_kk="Шектеу", title_ru="Карантин", since=date(2026, 6, 1),
            entered_by=school.operator,
        )  # fmt: skip
        with world.at("2026-06-05 10:00"):
            case = self.apply(school, papers_of=["photo"])
        act.until = date(2026, 6, 7)
        act.save()
        with world.at("2026-06-08 10:00"):
            sweeps.run("moves")
            # Tue 9 is the first day, Mon 22 June the tenth
            assert case.deadlines.get(rule="admission_classes.health").due_on == date(2026, 6, 22)
