"""The facts that each move of a transfer asks for. Shape only: what the law wants stands in steps and conditions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.design.languages import in_language
from kazservices.flow.forms import MoveForm, SignedForm
from kazservices.flow.objections import grounds_offered
from kazservices.passports import service as passports
from schools.transfer.models import SchoolClass
from schools.transfer.steps import DENIED_COUPON, things_to_rest_on


class AdmitForm(SignedForm):
    school_class = forms.TypedChoiceField(
        label=_("Class"), coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the class into which the child goes.")},
        help_text=_("Classes of the grade and the language asked for, with their free seats."),
    )  # fmt: skip

    def prepare(self):
        found = list(SchoolClass.objects.for_child(self.case.office, self.case.grade, self.case.study_language))
        free = [one for one in found if one.free > 0]
        self.fields["school_class"].choices = [(one.pk, _seats(one)) for one in free]
        if not free:
            self.fields["school_class"].help_text = _("No class of this grade and language has a free seat.")
        if len(free) == 1:
            self.fields["school_class"].initial = free[0].pk


class RefusalForm(SignedForm):
    grounds = forms.MultipleChoiceField(label=_("Grounds of refusal"), widget=forms.CheckboxSelectMultiple)
    rests_on = forms.MultipleChoiceField(
        label=_("What is not true"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For ground 1: the document that is not true."),
    )  # fmt: skip
    motive = forms.CharField(
        label=_("Motive"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads this in the refusal."),
    )  # fmt: skip

    def prepare(self):
        offered = grounds_offered(self.case)
        self.fields["grounds"].choices = [(g.code, f"{g.code}. {in_language(g, 'text')}") for g in offered]
        names = {r.code: in_language(r, "plain") for r in self.case.category.requirements.all()}
        names[DENIED_COUPON] = _("The coupon: the leaving school has denied it")
        self.fields["rests_on"].choices = [(code, names.get(code, code)) for code in things_to_rest_on(self.case)]


class NotTakenForm(MoveForm):
    missing = forms.MultipleChoiceField(label=_("What is missing"), required=False, widget=forms.CheckboxSelectMultiple)
    motive = forms.CharField(
        label=_("What the file is not"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this in the receipt, and may complete the package and send it again."),
    )  # fmt: skip

    def prepare(self):
        asked = passports.required_documents(self.case.category, self.case.answers, self.case.channel)
        self.fields["missing"].choices = [(r.code, in_language(r, "plain")) for r in asked]

    def facts(self):
        missing = [{"code": code, "reason": passports.MISSING} for code in self.cleaned_data["missing"]]
        return {"missing": missing, "motive": self.cleaned_data["motive"]}


class DenyForm(MoveForm):
    note = forms.CharField(
        label=_("What is wrong with the coupon"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The receiving school reads this. Write nothing of the child's health or family."),
    )  # fmt: skip


def _seats(one) -> str:
    return _("%(name)s: %(free)s free of %(capacity)s") % {
        "name": one.name, "free": one.free, "capacity": one.capacity,
    }  # fmt: skip
