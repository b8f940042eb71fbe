"""What the pages of the registers ask for: shape only, the service checks the rest."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language
from kazservices.passports.models import Service

from .models import Direction
from .service import Concluded, Promised, Proposed, responsible_of

LONG = {"rows": 4}


class OwnForm(forms.Form):
    """A form of the registers: objections of the service come to stand at their fields."""

    def take_errors(self, error) -> None:
        for name, faults in error.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, faults)


class ProposalForm(OwnForm):
    """A proposal of the body that studies complaints, as it stands on its paper."""

    direction = forms.ChoiceField(label=_("Received or made"), choices=Direction.choices)
    body = forms.CharField(label=_("Which body"), max_length=300)
    their_number = forms.CharField(label=_("Its own number"), max_length=60, required=False)
    day = forms.DateField(label=_("Date of the paper"), widget=DayInput)
    text = forms.CharField(label=_("What is proposed"), widget=forms.Textarea(attrs=LONG))
    numbers = forms.CharField(
        label=_("Numbers of the complaints and cases"), required=False, max_length=500,
        help_text=_("As they stand in the registers, with commas between them."),
    )  # fmt: skip
    answer_by = forms.DateField(
        label=_("Answer wanted by"), required=False, widget=DayInput,
        help_text=_("The day that the paper itself names; the law names none."),
    )  # fmt: skip

    def clean_numbers(self):
        return tuple(dict.fromkeys(filter(None, (one.strip() for one in self.cleaned_data["numbers"].split(",")))))

    def said(self) -> Proposed:
        return Proposed(**self.cleaned_data)


class AnswerForm(OwnForm):
    """What was answered to the body, and when."""

    on = forms.DateField(label=_("Answered on"), widget=DayInput)
    words = forms.CharField(label=_("What was answered"), widget=forms.Textarea(attrs=LONG))


class ConclusionForm(OwnForm):
    """The conclusion of a public monitoring."""

    body = forms.CharField(label=_("Who monitored"), max_length=300)
    day = forms.DateField(label=_("Date of the conclusion"), widget=DayInput)
    service = forms.ChoiceField(label=_("Service"), required=False)
    text = forms.CharField(label=_("What was concluded"), required=False, widget=forms.Textarea(attrs=LONG))
    upload = forms.FileField(label=_("Its file"), required=False, help_text=_("PDF, JPG or PNG, up to 5 MB."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(one.code, capfirst(in_language(one, "alias"))) for one in Service.objects.order_by("code")]
        self.fields["service"].choices = [("", _("Several or all")), *known]

    def said(self) -> Concluded:
        return Concluded(**self.cleaned_data)


class MeasureForm(OwnForm):
    """What is to be done, by whom, by when."""

    what = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs=LONG))
    responsible = forms.TypedChoiceField(label=_("Who answers for it"), coerce=int)
    due_on = forms.DateField(label=_("By which day"), widget=DayInput)

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        people = responsible_of(office)
        self.fields["responsible"].choices = [("", "—"), *((one.pk, one.full_name) for one in people)]

    def said(self) -> Promised:
        return Promised(**self.cleaned_data)


class DoneForm(OwnForm):
    """The day on which a measure was done, and what shows it."""

    on = forms.DateField(label=_("Done on"), widget=DayInput)
    proof = forms.CharField(
        label=_("By what it can be seen"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("An act with its number and date, a letter, a new result."),
    )  # fmt: skip
