from django.contrib import admin

from kazservices.flow.admin import CaseAdmin

from .models import Complaint


@admin.register(Complaint)
class ComplaintAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "capacity", "outcome")
    list_filter = (*CaseAdmin.list_filter, "capacity", "outcome")
