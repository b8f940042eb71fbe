from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kazservices.clock import now
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of

from .models import CallUpAct, Edition, EditionSwitch, RestrictionAct


class KeptByTheOperator(admin.ModelAdmin):
    """The operator writes, other staff read, nobody takes anything out."""

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


class ActAdmin(KeptByTheOperator):
    """The operator enters and corrects acts; nobody takes one out of the register."""

    list_filter = ("office",)
    list_select_related = ("office", "entered_by")
    search_fields = ("number", "title_kk", "title_ru")
    readonly_fields = ("entered_by", "entered_at")

    def save_model(self, request, obj, form, change):
        obj.entered_by, obj.entered_at = request.user, now()
        super().save_model(request, obj, form, change)


@admin.register(CallUpAct)
class CallUpActAdmin(ActAdmin):
    list_display = ("__str__", "period_from", "period_to", "office", "entered_by", "entered_at")


@admin.register(RestrictionAct)
class RestrictionActAdmin(ActAdmin):
    list_display = ("__str__", "since", "until", "office", "entered_by", "entered_at")


class SwitchForm(forms.ModelForm):
    """Which edition, and whether it runs from now on."""

    edition = forms.ChoiceField(label=_("edition"))

    class Meta:
        model = EditionSwitch
        fields = ("edition", "on", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        editions = Edition.objects.order_by("code")
        self.fields["edition"].choices = [(row.code, f"{row.code}: {row.name_kk}") for row in editions]


@admin.register(EditionSwitch)
class EditionSwitchAdmin(KeptByTheOperator):
    """Each word on an edition stands for good; the last one counts."""

    form = SwitchForm
    list_display = ("edition", "on", "reason", "by", "at")
    list_select_related = ("by",)

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.by, obj.at = request.user, now()
        super().save_model(request, obj, form, change)
