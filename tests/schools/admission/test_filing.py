"""An application for a place: what is taken in, what is not, and what is told about it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kazservices.cases.models import Case
from kazservices.documents import papers
from kazservices.flow import sweeps
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import OutsideWindow, take
from kazservices.offices.actors import SYSTEM
from kazservices.passports import service as passports
from kazservices.passports.models import Edition, NoEdition, RestrictionAct
from schools.admission.models import AdmissionApplication, ClassApplication
from schools.admission.states import State
from tests import world

from . import scene

pytestmark = pytest.mark.django_db


def refused(school, **how) -> dict:
    """The codes of what an application is told, by the fields; nothing is kept of it but the draft."""
    how = {"child": scene.known_child(1), **how}
    made = scene.filing(how.pop("user", None) or scene.parent(), school, how.pop("child"), **how)
    with pytest.raises(ValidationError) as told:
        take(made)
    assert not AdmissionApplication.objects.filter(idempotency_key=made.draft.key).exists()
    made.draft.refresh_from_db()
    assert made.draft.case is None
    return {field: [error.code for error in errors] for field, errors in told.value.error_dict.items()}


@pytest.mark.norm("WIN-ADM1", "ADM-9-2a")
@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        ("2026-04-01 00:00", date(2026, 4, 1)),  # Wed, the first minute
        ("2026-04-01 18:45", date(2026, 4, 2)),  # after hours
        ("2026-07-31 18:29", date(2026, 7, 31)),  # Fri
        ("2026-08-01 23:59", date(2026, 8, 3)),  # Sat, the last minute of a last day off: in, accepted on Monday
    ],
)
def test_in_time(school, moment, accepted):
    scene.pool(school)
    with world.at(moment):
        assert scene.apply(school).accepted_on == accepted


@pytest.mark.norm("WIN-ADM1", "ADM-9-2a")
@pytest.mark.parametrize("moment", ["2026-03-31 23:59", "2026-08-02 00:00", "2026-08-03 10:00", "2025-08-01 18:30"])
def test_out_of_time(school, moment):
    scene.pool(school, year=2026)
    scene.pool(school, year=2025)
    with world.at(moment), pytest.raises(OutsideWindow):
        scene.apply(school)
    assert not Case.objects.exists()


@pytest.mark.norm("ADM-9-2b", "CONS-S10-1")
def test_under_restrictions_the_first_class_is_open_to_20_august_in_their_territory_alone(school):
    scene.pool(school)
    act = RestrictionAct.objects.create(
        number="7", date=date(2026, 7, 1), title_kk="Шектеу", title_ru="Карантин", since=date(2026, 7, 1),
        office=school.office.superior_body, entered_by=school.operator,
    )  # fmt: skip
    with world.at("2026-08-20 18:29"):
        assert scene.apply(school).accepted_on == date(2026, 8, 20)
    with world.at("2026-08-21 10:00"), pytest.raises(OutsideWindow):
        scene.apply(school)
    act.office = scene.build_school("52", "№ 6 мектеп", area="").office
    act.save()
    with world.at("2026-08-20 10:00"), pytest.raises(OutsideWindow):
        scene.apply(school)


@pytest.mark.norm("ADM-S8-X")
def test_under_restrictions_the_health_documents_follow_and_are_asked_for_when_these_are_lifted(school, pool):
    act = RestrictionAct.objects.create(
        number="7", date=date(2026, 4, 1), title_kk="Шектеу", title_ru="Карантин", since=date(2026, 4, 1),
        entered_by=school.operator,
    )  # fmt: skip
    with world.at("2026-04-01 10:00"):
        case = scene.apply(school, papers_of=["photo"])
        assert (case.state, case.health_due) == (State.SUBMITTED, True)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        sweeps.run("moves")
        assert not case.deadlines.filter(rule="admission.health").exists()
    act.until = date(2026, 5, 3)
    act.save()
    with world.at("2026-05-04 10:00"):
        sweeps.run("moves")
        sweeps.run("moves")
        clock = case.deadlines.get(rule="admission.health")
        assert clock.due_on == date(2026, 5, 20)  # ten working days, 7, 9 and 11 May off
        assert case.notices.filter(letter="health_documents_due", channel="cabinet").count() == 1
        case = advance(case, "take_health_documents", by=school.clerk)
    assert not case.health_due
    assert case.deadlines.get(rule="admission.health").outcome == "met"


@pytest.mark.norm("ADM-S8-R", "ADM-S8-P3", "ADM-S8-E2")
@pytest.mark.parametrize("missing", ["health_063", "health_026", "photo"])
def test_an_incomplete_package_is_not_taken_and_the_receipt_says_what_is_missing(school, pool, missing):
    with world.at("2026-04-01 10:00"):
        complete = ["health_063", "health_026", "photo"]
        case = scene.apply(school, papers_of=[code for code in complete if code != missing])
        papers.render_waiting()
    assert case.state == State.NOT_TAKEN
    receipt = case.papers.get(kind="not_taken_receipt")
    assert [row["expired"] for row in receipt.facts["missing"]] == [False]


@pytest.mark.norm("ADM-9")
@pytest.mark.parametrize("born", ["2020-12-31", "2020-01-01", "2019-06-01", "2012-06-01"])
def test_six_by_31_december_and_no_upper_bound(school, pool, born):
    with world.at("2026-04-01 10:00"):
        assert scene.apply(school, child=scene.known_child(1, born)).state == State.SUBMITTED


@pytest.mark.norm("ADM-9")
def test_a_child_of_five_is_told_the_year_and_nothing_is_lost(school, pool):
    with world.at("2026-04-01 10:00"):
        assert refused(school, child=scene.known_child(1, "2021-01-01")) == {"child_iin": ["age"]}


@pytest.mark.norm("ADM-9")
def test_the_registers_date_of_birth_stands_before_the_typed_one(school, pool):
    with world.at("2026-04-01 10:00"):
        child = scene.known_child(1, "2021-02-01")
        assert refused(school, child=child, said={"child_born": "2020-02-01"}) == {"child_iin": ["age"]}


@pytest.mark.norm("ADM-9-1")
def test_a_second_application_for_the_same_child_anywhere_is_not_taken(school, pool):
    other = scene.build_school("52", "№ 6 мектеп", area="")
    scene.pool(other)
    with world.at("2026-04-01 10:00"):
        first = scene.apply(school, child=scene.known_child(1))
        assert refused(other) == {"child_iin": ["live"]}
        advance(first, "withdraw", by=first.applicant.user)
        again = scene.apply(other, child=scene.known_child(1))
    assert again.state == State.SUBMITTED


def test_two_live_applications_of_a_child_do_not_fit_into_the_database(school, pool):
    with world.at("2026-04-01 10:00"):
        first, second = scene.apply(school), scene.apply(school)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdmissionApplication.objects.filter(pk=second.pk).update(child=first.child)


def test_a_stranger_of_the_child_is_sent_to_the_school_with_documents(school, pool):
    with world.at("2026-04-01 10:00"):
        assert refused(school, child=scene.known_child(1, kin="not_found")) == {"relation": ["kin"]}
        assert scene.apply_on_paper(school, child=scene.known_child(1, kin="not_found")).kin == "by_papers"


def test_a_silent_register_stops_nothing_name_and_date_are_typed(school, pool):
    child = {"iin": scene.iin(501), "relation": "parent", "found": "silent", "kin": "silent"}
    with world.at("2026-04-01 10:00"):
        assert refused(school, child=child) == {"child_name": ["silent"]}
        case = scene.apply(school, child=child, said={"child_name": "Айсұлу", "child_born": "2020-05-05"})
    assert (case.kin, case.child.birth_date) == ("silent", date(2020, 5, 5))


@pytest.mark.norm("ADM-7")
def test_any_school_may_be_chosen_the_address_only_sets_the_side(school, pool):
    with world.at("2026-04-01 10:00"):
        inside, outside = scene.apply(school), scene.apply(school, at_home=scene.OUTSIDE)
    assert (inside.local, outside.local) == (True, False)
    assert (inside.area, outside.area) == (inside.area, inside.area)


@pytest.mark.norm("ADM-9-1")
def test_a_language_without_seats_is_told_at_its_field(school, pool):
    with world.at("2026-04-01 10:00"):
        assert refused(school, language="ru") == {"language": ["pool"]}


@pytest.mark.norm("ADM-6", "ADM-S8-P5")
def test_the_conclusion_on_special_needs_is_asked_only_with_consent(school, pool):
    with world.at("2026-04-01 10:00"):
        without = scene.apply(school)
        lacking = scene.apply(school, answers={"special_needs": True}, papers_of=["health_063", "health_026", "photo"])
        given = scene.apply(school, answers={"special_needs": True})
    assert (without.state, without.special_needs) == (State.SUBMITTED, False)
    assert lacking.state == State.NOT_TAKEN
    assert (given.state, given.special_needs) == (State.SUBMITTED, True)


@pytest.mark.norm("ADM-S8-F", "ADM-S8-P2", "ADM-S8-P4")
@pytest.mark.parametrize("category", ["FOREIGNER", "STATELESS", "REFUGEE", "ASYLUM", "KANDAS"])
def test_at_the_counter_a_foreigner_shows_one_document_and_a_child_without_iin_is_known_by_its_own(
    school, pool, category
):
    said = {"child_name": "Ли Мэй", "child_born": "2020-02-02", "child_document": "AB-1"}
    handed = ["status_document", "application", "identity", "health_063", "health_026", "photos"]
    with world.at("2026-04-01 10:00"):
        for missing in ("status_document", "identity", "photos"):
            codes = [code for code in handed if code != missing]
            case = scene.apply_on_paper(school, child=None, category=category, said=said, handed_in=codes)
            assert case.state == State.NOT_TAKEN
        case = scene.apply_on_paper(school, child=None, category=category, said=said, handed_in=handed)
    assert (case.state, case.child.document_number, case.child.iin) == (State.SUBMITTED, "AB-1", "")
    assert not case.attachments.exists()  # originals are shown, never kept


@pytest.mark.norm("ADM-S8-P1")
def test_a_paper_application_itself_is_wanted_at_the_counter(school, pool):
    with world.at("2026-04-01 10:00"):
        handed = ["identity", "health_063", "health_026", "photos"]
        assert scene.apply_on_paper(school, handed_in=handed).state == State.NOT_TAKEN


@pytest.mark.norm("ADM-9-1", "ADM-S2")
def test_both_ways_lead_in_and_no_third(school, pool):
    edition = Edition.objects.get(code="admission-2020")
    assert [passports.open_on(edition, way) for way in ("portal", "office", "state_corporation")] == [True, True, False]
    with world.at("2026-04-01 10:00"):
        assert {scene.apply(school).channel, scene.apply_on_paper(school).channel} == {"portal", "office"}


@pytest.mark.norm("ADM-9-3", "ADM-S8-N")
def test_the_letter_and_the_receipt_name_the_date_and_the_time_of_the_result(school, pool):
    with world.at("2026-04-01 10:00"):
        case = scene.apply(school)
        papers.render_waiting()
    letter = case.notices.get(letter="admission_taken", channel="cabinet")
    assert "18:30" in letter.subject + letter.body
    assert "2 сәуір" in letter.subject + letter.body
    receipt = case.papers.get(kind="receipt")
    assert (receipt.state, receipt.facts["result_at"]) == ("issued", "2026-04-02T18:30:00+05:00")


@pytest.mark.norm("CLK-ADM", "ADM-S3-1")
@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-04-01 08:15", "2026-04-02T18:30:00+05:00"),
        ("2026-04-01 18:45", "2026-04-03T18:30:00+05:00"),
        ("2026-05-08 12:00", "2026-05-12T18:30:00+05:00"),  # Fri; Mon 11 May is off
    ],
)
def test_the_answer_is_due_at_the_closing_of_the_next_working_day(school, pool, filed, due):
    with world.at(filed):
        case = scene.apply(school)
    assert case.time.local(case.deadlines.get(rule="admission.answer").due_at).isoformat() == due


@pytest.mark.norm("SCHED-2", "ADM-S7-1", "ADM-S7-2")
def test_the_schools_day_ends_at_half_past_six(school, pool):
    time = school.office.time_for("admission")
    with world.at("2026-04-01 18:29"):
        assert scene.apply(school).accepted_on == date(2026, 4, 1)
    with world.at("2026-04-01 18:30"):
        assert scene.apply(school).accepted_on == date(2026, 4, 2)
    assert time.closing(date(2026, 4, 1)).hour == 18
    assert time.minutes_a_day == 480


class TestOtherClasses:
    """Clauses 11 to 15 are absent from the source: the service is off until somebody switches it on. GAP-04."""

    def test_it_is_off_and_takes_nothing(self, school):
        with world.at("2026-06-01 10:00"), pytest.raises(NoEdition):
            scene.apply(school, service="admission_classes", said={"grade": 5})

    @pytest.fixture
    def on(self, school):
        edition = Edition.objects.get(code="admission-classes-2020")
        passports.switch(edition, on=True, reason="Тексерілді", by=school.operator)
        scene.pool(school, seats=1, grade=5)
        return edition

    @pytest.mark.norm("ADM-S3-2", "DATE-ADM-ALL")
    def test_switched_on_it_answers_in_a_day_and_orders_by_20_august_without_turns(self, school, on):
        assert on.source_status == "reported"
        with world.at("2026-08-19 10:00"):
            first = scene.apply(school, service="admission_classes", said={"grade": 5}, at_home=scene.OUTSIDE)
            second = scene.apply(school, service="admission_classes", said={"grade": 5})
        assert first.deadlines.get(rule="admission_classes.order").due_on == date(2026, 8, 20)
        with world.at("2026-08-20 10:00"):
            first = world.make(first, "admit_to_class", school.head)
            with pytest.raises(MoveNotAllowed):
                world.make(second, "admit_to_class", school.head)
        assert first.state == State.ADMITTED
        assert first.deadlines.get(rule="admission_classes.order").outcome == "running"
        with world.at("2026-08-21 10:00"), pytest.raises(OutsideWindow):
            scene.apply(school, service="admission_classes", said={"grade": 5})

    @pytest.mark.norm("ADM-S3-2")
    @pytest.mark.parametrize("answer", ["refuse", "admit_to_class"])
    def test_an_answer_opened_again_has_one_clock_of_the_order_and_a_refusal_has_none(self, school, on, answer):
        facts = {"grounds": ["1"], "motive": "Басқа баланың құжаты."} if answer == "refuse" else {}
        with world.at("2026-06-01 10:00"):
            case = world.make(scene.apply(school, service="admission_classes", said={"grade": 5}), answer, school.head,
                              **facts)  # fmt: skip
            order = case.deadlines.filter(rule="admission_classes.order")
            assert order.get().outcome == ("cancelled" if answer == "refuse" else "running")
            case = advance(case, "reopen", by=SYSTEM, because="Сот актісі № 1")
        assert (case.state, order.running().get().due_on) == (State.SUBMITTED, date(2026, 8, 20))

    @pytest.mark.norm("ADM-S9-3", "ADM-S5-4")
    def test_nobody_is_refused_for_want_of_seats_while_one_is_free(self, school, on):
        with world.at("2026-06-01 10:00"):
            first = scene.apply(school, service="admission_classes", said={"grade": 5})
            second = scene.apply(school, service="admission_classes", said={"grade": 5})
            with pytest.raises(ValidationError):
                world.make(second, "refuse", school.head, grounds=["3"], motive="Орын жоқ.")
            world.make(first, "admit_to_class", school.head)
            second = world.make(second, "refuse", school.head, grounds=["3"], motive="Орын жоқ.")
        assert (second.state, second.refusal_grounds) == (State.REFUSED, ["3"])
        assert ClassApplication.objects.filter(state="admitted").count() == 1
