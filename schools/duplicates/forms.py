"""The facts that each move asks for. Shape only: what the law wants stands in steps and conditions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language
from kazservices.flow.forms import CorrectionForm, MoveForm
from kazservices.flow.objections import grounds_offered
from kazservices.passports import service as passports
from schools.duplicates import steps
from schools.duplicates.models.blanks import Blank
from schools.duplicates.models.handing import Received

AREA = {"rows": 3}


class WriteOutForm(MoveForm):
    blank = forms.TypedChoiceField(
        label=_("Blank"), coerce=int, help_text=_("Series and number; only samples in force today are offered."),
        error_messages={"invalid_choice": _("This blank number is not free any more. Choose another of the list.")},
    )  # fmt: skip

    def prepare(self):
        self.fields["blank"].choices = _fit(self.case)


class DuplicateCorrectionForm(CorrectionForm):
    blank = forms.TypedChoiceField(
        label=_("Blank of the corrected duplicate"), coerce=int, empty_value=None, required=False,
        help_text=_("For a duplicate: it is written anew, the first blank is entered as spoilt."),
    )  # fmt: skip

    def prepare(self):
        super().prepare()
        self.fields["blank"].choices = [("", "—"), *_fit(self.case)]


class ReasonForm(MoveForm):
    reason = forms.CharField(
        label=_("How it was spoilt"), max_length=500, widget=forms.Textarea(attrs=AREA),
        help_text=_("It goes into the book of blanks; the number is given to nobody else."),
    )  # fmt: skip


class BecauseForm(MoveForm):
    because = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs=AREA))


class RefusalForm(MoveForm):
    grounds = forms.MultipleChoiceField(label=_("Grounds of refusal"), widget=forms.CheckboxSelectMultiple)
    motive = forms.CharField(
        label=_("Motive"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The applicant will read it.")
    )

    def prepare(self):
        offered = grounds_offered(self.case)
        self.fields["grounds"].choices = [(g.code, f"{g.code}. {in_language(g, 'text')}") for g in offered]


class NotTakenForm(MoveForm):
    missing = forms.MultipleChoiceField(
        label=_("Missing documents"), required=False, widget=forms.CheckboxSelectMultiple
    )
    motive = forms.CharField(
        label=_("What is wrong with the documents"), required=False, widget=forms.Textarea(attrs=AREA),
        help_text=_("The receipt will say it."),
    )  # fmt: skip

    def prepare(self):
        asked = passports.required_documents(self.case.category, self.case.answers, self.case.channel)
        self.fields["missing"].choices = [(r.code, in_language(r, "plain")) for r in asked]

    def facts(self):
        rows = [{"code": code, "reason": passports.MISSING} for code in self.cleaned_data["missing"]]
        return {"missing": rows, "motive": self.cleaned_data["motive"]}


class HandOverForm(MoveForm):
    """Who came, what he showed, and the power of attorney if he came for another."""

    received_by = forms.ChoiceField(
        label=_("Who receives it"), choices=Received.By.choices, initial="self", widget=forms.RadioSelect
    )
    identity = forms.CharField(
        label=_("Identity document shown"), max_length=60, help_text=_("Kind and number; no copy is kept.")
    )
    receiver = forms.CharField(
        label=_("Name in the power of attorney"), required=False, max_length=200,
        help_text=_("Only by power of attorney."),
    )  # fmt: skip
    power_number = forms.CharField(label=_("Number of the power of attorney"), required=False, max_length=60)
    power_date = forms.DateField(label=_("Date of the power of attorney"), required=False, widget=DayInput)
    power_notary = forms.CharField(
        label=_("Notary who certified it"), required=False, max_length=200,
        help_text=_("Without a notary's certificate the document stays in store."),
    )  # fmt: skip


class DuplicateHandOverForm(HandOverForm):
    original_given = forms.BooleanField(label=_("The original was given back to the school"), required=False)

    def prepare(self):
        needed = self.case.category.code in steps.GIVES_ORIGINAL_BACK and self.case.outcome == "duplicate"
        if not needed or self.case.original_taken:
            del self.fields["original_given"]


class OriginalHandOverForm(HandOverForm):
    def prepare(self):
        self.fields["power_notary"].help_text = _("If it was certified by a notary.")


def _fit(case) -> list[tuple]:
    fit = Blank.objects.fit_for(case.document, case.office.today()).filter(office=case.office)
    return [(blank.pk, str(blank)) for blank in fit[:200]]
