from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.design.languages import in_language
from kazservices.flow.admin import CaseAdmin
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of
from schools.transfer.models import SchoolClass, TransferApplication

KEEPERS = (Role.CLERK, Role.HEAD, Role.ACADEMIC_DEPUTY)


@admin.register(TransferApplication)
class TransferAdmin(CaseAdmin):
    list_display = (*CaseAdmin.list_display, "grade", "study_language")


class SchoolOfMine(forms.ModelChoiceField):
    def label_from_instance(self, office):
        return in_language(office, "name")


class ClassForm(forms.ModelForm):
    """A class and its seats: never fewer than there are children, never over what somebody else has just written."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SchoolClass
        fields = ("office", "grade", "letter", "language", "capacity", "enrolled", "is_open")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.enrolled

    def clean(self):
        data = super().clean()
        seats, there = data.get("capacity"), data.get("enrolled")
        if seats is not None and there is not None and seats < there:
            message = _("%(there)s children are in this class: it cannot have fewer seats.")
            self.add_error("capacity", ValidationError(message, code="below", params={"there": there}))
        if self.instance.pk:
            self._demand_unchanged(data.get("seen"))
        return data

    def _demand_unchanged(self, seen) -> None:
        """A transfer may have given a seat since the form was opened; the row is locked until it is saved."""
        now = SchoolClass.objects.select_for_update().get(pk=self.instance.pk).enrolled
        if seen is not None and seen != now:
            message = _("A seat was given or freed meanwhile: %(now)s children are in the class now. Check the number.")
            self.add_error("enrolled", ValidationError(message, code="changed", params={"now": now}))


@admin.register(SchoolClass)
class SchoolClassAdmin(admin.ModelAdmin):
    """The classes of one's own school; a class that is over is closed, never deleted."""

    form = ClassForm
    list_display = ("name_of_class", "school", "language", "capacity", "enrolled", "free_seats", "is_open")
    list_filter = ("grade", "language", "is_open")
    list_select_related = ("office",)
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).filter(office__in=offices_of(request.user, *KEEPERS))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "office":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        mine = Office.objects.filter(pk__in=offices_of(request.user, *KEEPERS), hours__service="transfer")
        return SchoolOfMine(queryset=mine, label=_("School"), initial=mine.first())

    def save_model(self, request, obj, form, change):
        obj.changed_at, obj.changed_by = clock.now(), request.user
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return _keeps(request.user, obj)

    def has_add_permission(self, request):
        return _keeps(request.user)

    def has_change_permission(self, request, obj=None):
        return _keeps(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("class"), ordering="grade")
    def name_of_class(self, one):
        return one.name

    @admin.display(description=_("school"))
    def school(self, one):
        return in_language(one.office, "name")

    @admin.display(description=_("free seats"))
    def free_seats(self, one):
        return one.free


def _keeps(user, one=None) -> bool:
    """Works in a school that takes transfers today; of a class, in its own school."""
    if not (user.is_authenticated and user.is_staff):
        return False
    mine = Office.objects.filter(pk__in=offices_of(user, *KEEPERS), hours__service="transfer")
    return mine.filter(pk=one.office_id).exists() if one is not None else mine.exists()
