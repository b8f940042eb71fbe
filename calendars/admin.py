from django.contrib import admin

from calendars.models import DayShift, Revision


@admin.register(DayShift)
class DayShiftAdmin(admin.ModelAdmin):
    """Days moved by acts: entered as drafts; what is published stays as it was."""

    list_display = ["date", "kind", "exchanged_with", "issuer", "act_number", "act_date", "revision", "withdrawn_by"]
    list_filter = ["kind", "issuer", "revision"]
    date_hierarchy = "date"
    search_fields = ["act_number", "source"]
    readonly_fields = ["revision", "withdrawn_by"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.revision_id is None)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.revision_id is None)


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    """What was published, when and by whom: to read only."""

    list_display = ["number", "published_at", "published_by", "note"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
