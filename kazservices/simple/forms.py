"""The facts that each move asks for. Shape only: what the law wants stands in steps and conditions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.design.languages import in_language
from kazservices.flow.forms import MoveForm
from kazservices.flow.objections import grounds_offered


class GrantForm(MoveForm):
    motive = forms.CharField(
        label=_("Note on the result"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Printed on the result, if there is something to add."),
    )  # fmt: skip


class RefusalForm(MoveForm):
    grounds = forms.MultipleChoiceField(label=_("Grounds of refusal"), widget=forms.CheckboxSelectMultiple)
    motive = forms.CharField(
        label=_("Motive"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads this in the refusal."),
    )  # fmt: skip

    def prepare(self):
        offered = grounds_offered(self.case)
        self.fields["grounds"].choices = [(ground.code, in_language(ground, "text")) for ground in offered]


class HandOverForm(MoveForm):
    collected_by = forms.CharField(
        label=_("Who has collected it, and by which document"), max_length=200,
        help_text=_("The applicant, or his representative with the number of the power of attorney."),
    )  # fmt: skip


class NotTakenForm(MoveForm):
    motive = forms.CharField(
        label=_("What the file is not"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this in the receipt, and may complete the package and send it again."),
    )  # fmt: skip

    def facts(self):
        return {"missing": [], "motive": self.cleaned_data["motive"]}
