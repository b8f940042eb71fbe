from django.contrib import admin

from kazservices.flow.admin import CaseAdmin
from schools.contest.models import ContestApplication, ContestCampaign


@admin.register(ContestCampaign)
class ContestCampaignAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "year")


@admin.register(ContestApplication)
class ContestApplicationAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "grade")
