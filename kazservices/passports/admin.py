from django.contrib import admin

from kazservices.clock import now
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of

from .models import CallUpAct


@admin.register(CallUpAct)
class CallUpActAdmin(admin.ModelAdmin):
    """The operator enters and corrects acts; other staff read them; nobody takes one out of the register."""

    list_display = ("__str__", "period_from", "period_to", "office", "entered_by", "entered_at")
    list_filter = ("office",)
    list_select_related = ("office", "entered_by")
    search_fields = ("number", "title_kk", "title_ru")
    readonly_fields = ("entered_by", "entered_at")

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_add_permission(self, request):
        return request.user.is_staff and bool(offices_of(request.user, Role.OPERATOR))

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.entered_by, obj.entered_at = request.user, now()
        super().save_model(request, obj, form, change)
