from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.flow.admin import CaseAdmin
from kazservices.passports.admin import KeptByTheOperator
from schools.admission.models import AdmissionApplication, Charter, ClassApplication, EnrolmentOrder


@admin.register(AdmissionApplication, ClassApplication, EnrolmentOrder)
class PlaceAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "grade")
    list_select_related = (*CaseAdmin.list_select_related, "pool")

    @admin.display(description=_("grade"))
    def grade(self, application):
        return f"{application.pool.grade}, {application.pool.get_language_display()}"


@admin.register(Charter)
class CharterAdmin(KeptByTheOperator):
    """Where the charter of each school can be read. Norm: ADM-2."""

    list_display = ("office", "approved")
    list_select_related = ("office",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
