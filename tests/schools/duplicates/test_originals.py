"""Originals: thirty working days from the decision, the basis, the distinction, the hands."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kazservices.cases.models import Applicant
from kazservices.flow import sweeps
from kazservices.flow.door import advance
from kazservices.notices.models import Notice
from schools.duplicates import letters, originals
from schools.duplicates.desk import registers
from schools.duplicates.models import Blank, Original
from schools.duplicates.states import OriginalState


@pytest.fixture
def enter(school, blanks):
    def entered(**how):
        facts = {
            "graduate": "Оспанов Нұрлан Ерікұлы", "document": "general", "basis": "commission", "basis_number": "7",
            "basis_date": date(2026, 6, 12), **how,
        }  # fmt: skip
        blank = facts.pop("blank", blanks[0].pk)
        return originals.enter(school.office, originals.Decision(**facts), blank=blank, by=school.clerk)

    return entered


def due(case):
    return f"{case.time.local(case.deadlines.get(rule='original.hand_over').due_at):%a %d %b %H:%M}"


@pytest.mark.norm("DUP-6", "CLK-ORIG")
def test_the_clock_runs_from_the_decision_though_it_is_entered_later(enter, on):
    with on("2026-06-18 10:00"):
        case = enter()
    assert Blank.objects.get(case=case.pk).state == Blank.State.USED
    assert case.accepted_on == date(2026, 6, 12)
    assert due(case) == "Mon 27 Jul 18:00"
    with on("2026-07-28 09:00"):
        sweeps.note_breaches()
    assert [clock.rule for clock in case.deadlines.breaches()] == ["original.hand_over"]


@pytest.mark.norm("DUP-6")
def test_it_is_handed_to_the_graduate_or_by_a_power_that_names_who_comes(enter, school, on):
    with on("2026-06-18 10:00"):
        case = enter()
        with pytest.raises(PermissionDenied):
            advance(case, "hand_over", by=school.auditor, received_by="self", identity="ЖК 1")
        with pytest.raises(ValidationError) as said:
            advance(case, "hand_over", by=school.clerk, received_by="attorney", identity="ЖК 1", receiver="Оспанова Г.")
        assert "power_number" in said.value.error_dict
        power = {"receiver": "Оспанова Г.", "power_number": "3", "power_date": "2026-06-15"}
        case = advance(case, "hand_over", by=school.clerk, received_by="attorney", identity="ЖК 1", **power)
    assert case.state == OriginalState.HANDED_OVER
    assert case.deadlines.get().outcome == "met"


@pytest.mark.norm("DUP-4")
def test_the_register_names_the_decision_and_an_order_of_the_head_only_for_a_basic_certificate(enter, school, on):
    with on("2026-06-18 10:00"):
        with pytest.raises(ValidationError) as said:
            enter(basis="head_order")
        assert "basis" in said.value.error_dict
        for wrong in ({"basis_number": " "}, {"graduate": " "}):
            with pytest.raises(ValidationError):
                enter(**wrong)
        with pytest.raises(ValidationError):
            enter(basis_date=date(2026, 6, 19))
        case = enter()
        (row,) = registers.rows_of("originals", school.office, 2026)
    assert (row.number, row.basis.endswith("№ 7"), row.blank) == ("1/2026", True, "ЖОБ № 0000001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Original.objects.filter(pk=case.pk).update(basis="head_order")


@pytest.mark.norm("DUP-5", "DUP-6")
def test_a_certificate_with_distinction_is_called_so_in_the_register_and_in_the_letter(enter, school, user, on):
    Applicant.objects.create(iin=user.iin, full_name=user.full_name, user=user)
    with on("2026-06-18 10:00"):
        case = enter(with_distinction=True, iin=user.iin)
    assert letters.named(case, "kk") == "жалпы орта білім туралы үздік аттестат"
    assert "үздік аттестат" in Notice.objects.get(case=case, letter="original_ready", channel="cabinet").body


@pytest.mark.norm("DUP-4")
def test_what_was_entered_by_mistake_is_struck_off_with_its_reason_and_its_blank_is_spoilt(enter, school, blanks, on):
    with on("2026-06-18 10:00"):
        case = enter()
        with pytest.raises(PermissionDenied):
            advance(case, "cancel", by=school.clerk, because="Екі рет енгізілді")
        with pytest.raises(ValidationError) as said:
            advance(case, "cancel", by=school.head, because="")
        assert "because" in said.value.error_dict
        case = advance(case, "cancel", by=school.head, because="Екі рет енгізілді")
        assert case.state == OriginalState.CANCELLED
        assert Blank.objects.get(pk=blanks[0].pk).state == Blank.State.SPOILT
        other = enter(blank=blanks[1].pk)
    assert other.register_number == "2/2026"
