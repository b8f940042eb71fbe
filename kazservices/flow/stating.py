"""The form in which a power is stated, the same for a page and for a program."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Representation
from kazservices.design.forms import DayInput
from kazservices.gateways.iin import check_iin

from .representing import Stated


class PowerForm(forms.Form):
    """Who is represented, and the document that lets the citizen act. Shape only: the registers are asked after it."""

    iin = forms.CharField(
        label=_("IIN of the person you act for"),
        help_text=_("12 digits, as on the identity card or the birth certificate."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the IIN of the person you act for.")},
    )
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the number that stands on the document.")},
    )
    given_on = forms.DateField(
        label=_("Date of the document"),
        widget=DayInput,
        error_messages={"required": _("Type the date that stands on the document.")},
    )
    issued_by = forms.CharField(
        label=_("Who issued or certified it"), max_length=200, error_messages={"required": _("Name who certified it.")}
    )
    until = forms.DateField(
        label=_("Valid until"), required=False, widget=DayInput, help_text=_("If the document names a last day.")
    )
    full_name = forms.CharField(label=_("Full name of the person you act for"), max_length=200, required=False)
    birth_date = forms.DateField(label=_("Date of birth"), required=False, widget=DayInput)
    agreed = forms.BooleanField(
        label=_("I confirm and agree"),
        error_messages={"required": _("Without this agreement the registers are not asked and nothing is kept.")},
    )

    def __init__(self, *args, basis, **kwargs):
        super().__init__(*args, **kwargs)
        self.basis = basis
        if basis == Representation.Basis.PARENT:
            for name in ("number", "given_on", "issued_by", "until"):
                del self.fields[name]
        elif basis == Representation.Basis.GUARDIAN:
            self.fields["until"].help_text = _("If the act names a last day.")
        else:
            self.fields["until"].required = True
            self.fields["until"].help_text = _("The last day named in the power of attorney.")
            self.fields["until"].error_messages["required"] = _("Type until when the power of attorney is valid.")
            self.fields["issued_by"].label = _("Notary or other person who certified it")

    @property
    def asks_the_name(self) -> bool:
        """Only while the register of persons is silent: what it says is never typed."""
        return bool(self["full_name"].value() or self["birth_date"].value() or "full_name" in self.errors)

    def clean_iin(self):
        iin = "".join(self.cleaned_data["iin"].split())
        check_iin(iin)
        return iin

    def stated(self) -> Stated:
        data = {name: value for name, value in self.cleaned_data.items() if name != "agreed" and value}
        return Stated(basis=self.basis, **data)

    def take_errors(self, error) -> None:
        """What is wrong, at the field it concerns; what this form does not ask stands above it."""
        for name, faults in error.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)
