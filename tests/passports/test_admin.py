"""The register of call-up acts: the operator writes, other staff read, nobody deletes."""

from datetime import date

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from kazservices.offices.models import Staff, User
from kazservices.offices.roles import Role
from kazservices.passports.admin import CallUpActAdmin
from kazservices.passports.models import CallUpAct


@pytest.fixture
def request_of(office, on):
    """A request of a member of staff who holds a role."""

    def make(role):
        user = User.objects.create(username=role, is_staff=True)
        Staff.objects.create(user=user, office=office, role=role, since=date(2026, 1, 1))
        request = RequestFactory().post("/")
        request.user = user
        return request

    with on("2026-03-20 10:00"):
        yield make


@pytest.mark.norm("CONS-S9-3")
def test_only_the_operator_enters_and_corrects_acts(request_of):
    acts = CallUpActAdmin(CallUpAct, admin.site)
    for role in (Role.CLERK, Role.HEAD, Role.AUDITOR, Role.OPERATOR):
        request = request_of(role)
        assert acts.has_view_permission(request)
        assert acts.has_add_permission(request) is (role == Role.OPERATOR)
        assert acts.has_change_permission(request) is (role == Role.OPERATOR)
        assert not acts.has_delete_permission(request)


def test_an_act_remembers_who_entered_it_and_when(request_of):
    acts, request = CallUpActAdmin(CallUpAct, admin.site), request_of(Role.OPERATOR)
    act = CallUpAct(
        number="12",
        date=date(2026, 2, 10),
        title_kk="Шақыру туралы",
        title_ru="О призыве",
        period_from=date(2026, 3, 1),
        period_to=date(2026, 6, 30),
    )
    act.full_clean(exclude=["entered_by"])
    acts.save_model(request, act, None, change=False)
    assert act.entered_by == request.user
    assert act.entered_at.isoformat() == "2026-03-20T05:00:00+00:00"


def test_a_period_that_runs_backwards_is_told_at_its_field(db):
    act = CallUpAct(number="1", period_from=date(2026, 6, 30), period_to=date(2026, 3, 1))
    with pytest.raises(ValidationError) as refused:
        act.clean()
    assert list(refused.value.message_dict) == ["period_to"]
