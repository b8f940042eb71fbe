"""CaseAdmin: a service's list in the admin. The admin declares; the door acts on the case's own page."""

from django.contrib import admin
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class StageFilter(admin.SimpleListFilter):
    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return Stage.choices

    def queryset(self, request, cases):
        return cases.filter(stage=self.value()) if self.value() in Stage.values else cases


class CaseAdmin(admin.ModelAdmin):
    """A service's own admin adds its columns and filters; cases are opened here, and never edited past the door."""

    list_display = ("number_of_case", "state_of_case", "office_of_case", "day", "due")
    list_filter = (StageFilter,)
    list_select_related = ("office",)
    search_fields = ("number",)
    show_full_result_count = False
    list_per_page = 50
    actions = None

    def get_queryset(self, request):
        """Only the cases that this person may see, the least time left first."""
        return super().get_queryset(request).visible_to(request.user).by_urgency()

    def get_ordering(self, request):
        return ()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a case is the desk's: its clocks, its journal, its lawful moves."""
        case = self.get_object(request, object_id)
        if case is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(resolve_url("admin:case", ref=case.ref))

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("number"), ordering="number")
    def number_of_case(self, case):
        return case.number

    @admin.display(description=_("state"), ordering="status")
    def state_of_case(self, case):
        return case.get_state_display()

    @admin.display(description=_("office"))
    def office_of_case(self, case):
        return case.office

    @admin.display(description=_("acceptance date"), ordering="accepted_on")
    def day(self, case):
        return case.accepted_on

    @admin.display(description=_("nearest term"), ordering="next_due_at")
    def due(self, case):
        return case.next_due_at
