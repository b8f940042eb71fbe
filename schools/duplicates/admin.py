from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kazservices.design.languages import in_language
from kazservices.flow.admin import CaseAdmin
from kazservices.passports.admin import KeptByTheOperator
from schools.duplicates.models import BlankForm, ClosedSchool, DuplicateApplication, Original, Partner


@admin.register(DuplicateApplication)
class DuplicateApplicationAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "asked", "pick_up")
    list_select_related = (*CaseAdmin.list_select_related, "category")

    @admin.display(description=_("reason"))
    def asked(self, application):
        return in_language(application.category, "plain")


@admin.register(Original)
class OriginalAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "register_number", "document")


@admin.register(BlankForm)
class BlankFormAdmin(KeptByTheOperator):
    """The samples of blanks with the days on which they are in force. Norm: DUP-10."""

    list_display = ("__str__", "document", "since", "until", "act")
    list_filter = ("document",)


@admin.register(Partner)
class PartnerAdmin(KeptByTheOperator):
    """Which school exchanges papers with which office of the State Corporation. Norm: DUP-22."""

    list_display = ("school", "corporation", "account")
    list_select_related = ("school", "corporation", "account")


@admin.register(ClosedSchool)
class ClosedSchoolAdmin(KeptByTheOperator):
    """Schools that are no more, and their archives. Norm: DUP-9."""

    list_display = ("__str__", "closed_on", "archive_kk")
    search_fields = ("name_kk", "name_ru")
