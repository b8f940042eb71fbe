from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kazservices.design.languages import in_language
from kazservices.flow.admin import CaseAdmin

from .models import SimpleCase


@admin.register(SimpleCase)
class SimpleCaseAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "asked")
    list_filter = (*CaseAdmin.list_filter, "service")
    list_select_related = (*CaseAdmin.list_select_related, "category")

    @admin.display(description=_("category"))
    def asked(self, application):
        return in_language(application.category, "plain")
