"""Originals: a decision entered for a graduate, and what has not been handed over yet. Norms: DUP-4, DUP-5, DUP-6."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazservices.design.forms import DayInput
from kazservices.flow.deskpages import Asked, Done, Shown
from schools.duplicates import originals
from schools.duplicates.models.blanks import Blank, Document
from schools.duplicates.models.original import Original
from schools.duplicates.states import OriginalState

from .blanks import take_errors

TEMPLATE = "schools/duplicates/desk/originals.html"


class DecisionForm(forms.Form):
    """One graduate of one decision."""

    graduate = forms.CharField(label=gettext_lazy("Name of the graduate"), max_length=200)
    iin = forms.CharField(
        label=gettext_lazy("IIN"), required=False, max_length=12,
        help_text=gettext_lazy("If it is known: the graduate is then told in the cabinet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    document = forms.ChoiceField(label=gettext_lazy("Document"), choices=Document.choices)
    with_distinction = forms.BooleanField(label=gettext_lazy("With distinction"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Basis"), choices=Original.Basis.choices)
    basis_number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=40)
    basis_date = forms.DateField(label=gettext_lazy("Date of the decision"), widget=DayInput)
    blank = forms.TypedChoiceField(label=gettext_lazy("Blank"), coerce=int)

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        stock = Blank.objects.in_stock().filter(office=office).select_related("form")[:200]
        self.fields["blank"].choices = [(b.pk, f"{b} · {b.form.get_document_display()}") for b in stock]


def answer(asked: Asked):
    """The graduates who wait, the nearest day first, and the form of a decision."""
    form = DecisionForm(asked.data, office=asked.office)
    if form.is_bound and form.is_valid():
        try:
            said = dict(form.cleaned_data)
            blank = said.pop("blank")
            made = originals.enter(asked.office, originals.Decision(**said), blank=blank, by=asked.user)
            words = _("Entered under № %(number)s: to be handed over within 30 working days.")
            return Done(words % {"number": made.register_number}, query=f"office={asked.office.pk}")
        except ValidationError as objection:
            take_errors(form, objection)
    waiting = Original.objects.filter(office=asked.office, status=OriginalState.DECIDED).by_urgency()
    return Shown(TEMPLATE, {"form": form, "waiting": list(waiting[:500])}, wrong=bool(form.errors))
