"""An edition runs as its file says until an operator says otherwise, with his reason."""

from datetime import date

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from kazservices.offices.models import Staff
from kazservices.offices.roles import Role
from kazservices.passports import service
from kazservices.passports.admin import EditionSwitchAdmin
from kazservices.passports.models import Edition, EditionSwitch, NoEdition

DAY = date(2026, 3, 20)  # Fri


def test_an_edition_switched_off_takes_nothing_until_it_is_switched_on_again(deferral, operator, on):
    with on("2026-03-20 10:00"):
        service.switch(deferral, on=False, reason="Құқықтық сараптама", by=operator)
    with pytest.raises(NoEdition):
        Edition.objects.on("deferral", DAY)
    with on("2026-03-20 11:00"):
        service.switch(deferral, on=True, reason="Сараптама аяқталды", by=operator)
    assert Edition.objects.on("deferral", DAY) == deferral


def test_one_that_its_file_keeps_off_runs_by_the_operators_word_alone(deferral, operator, on):
    Edition.objects.filter(pk=deferral.pk).update(on_by_default=False)
    with pytest.raises(NoEdition):
        Edition.objects.on("deferral", DAY)
    with on("2026-03-20 10:00"):
        service.switch(deferral, on=True, reason="Ресми мәтін жүктелді", by=operator)
    assert Edition.objects.on("deferral", DAY) == deferral


def test_a_switch_has_its_reason(deferral, operator, on):
    with on("2026-03-20 10:00"), pytest.raises(ValidationError) as told:
        service.switch(deferral, on=False, reason="  ", by=operator)
    assert "reason" in told.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionSwitch.objects.create(edition="x", on=True, reason="", by=operator, at="2026-03-20T05:00:00Z")


def test_only_the_operator_switches_and_nothing_said_is_changed(operator, office, on):
    desk, request = EditionSwitchAdmin(EditionSwitch, admin.site), RequestFactory().post("/")
    request.user = operator
    with on("2026-03-20 10:00"):
        assert not desk.has_add_permission(request)
        Staff.objects.create(user=operator, office=office, role=Role.OPERATOR, since=date(2026, 1, 1))
        assert desk.has_add_permission(request)
        assert not desk.has_change_permission(request)
        assert not desk.has_delete_permission(request)
