from django.contrib import admin

from conscription.models import DeferralApplication, ExemptionApplication
from kazservices.flow.admin import CaseAdmin


@admin.register(DeferralApplication, ExemptionApplication)
class ApplicationAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "category")
    list_select_related = (*CaseAdmin.list_select_related, "category")
