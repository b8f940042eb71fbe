"""The facts that each move asks for. Shape only: what the law wants stands in steps and conditions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput, HourInput
from kazservices.design.languages import in_language
from kazservices.flow.forms import MoveForm
from kazservices.flow.objections import grounds_offered
from schools.admission import steps

REASON = _("It stays in the file: the auditor reads it.")


class RefusalForm(MoveForm):
    grounds = forms.MultipleChoiceField(label=_("Grounds of refusal"), widget=forms.CheckboxSelectMultiple)
    motive = forms.CharField(
        label=_("Motive"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The parent reads it in the refusal.")
    )

    def prepare(self):
        offered = [g for g in grounds_offered(self.case) if not (steps.queues(self.case) and g.code == steps.FULL)]
        self.fields["grounds"].choices = [(g.code, f"{g.code}. {in_language(g, 'text')}") for g in offered]


class NotTakenForm(MoveForm):
    motive = forms.CharField(
        label=_("What is missing, expired, or not what it should be"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def facts(self):
        return {"missing": [], "motive": self.cleaned_data["motive"]}


class SideForm(MoveForm):
    local = forms.ChoiceField(
        label=_("The child lives"),
        choices=[("yes", _("in the service area")), ("no", _("outside the service area"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=REASON)

    def prepare(self):
        self.fields["local"].initial = "no" if self.case.local else "yes"

    def facts(self):
        return {"local": self.cleaned_data["local"] == "yes", "reason": self.cleaned_data["reason"]}


class LateForm(MoveForm):
    day = forms.DateField(label=_("Day on which the paper came"), widget=DayInput)
    hour = forms.TimeField(label=_("Hour"), widget=HourInput)
    reason = forms.CharField(label=_("Why it was entered late"), max_length=500, help_text=REASON)

    def facts(self):
        data = self.cleaned_data
        return {"received_at": self.local(data["day"], data["hour"]).isoformat(), "reason": data["reason"]}

    def field_of(self, name):
        return super().field_of("day" if name == "received_at" else name)


class OrderForm(MoveForm):
    order_number = forms.CharField(label=_("Number of the order"), max_length=40)
