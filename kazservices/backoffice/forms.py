"""What the desk's own pages ask for."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.cases import representation
from kazservices.counter.models import Handover
from kazservices.deadlines.models import Cause
from kazservices.design.forms import DayInput
from kazservices.flow.handing import Received

#: The faults of a password by their codes: the framework does not tell all of them in Kazakh.
PASSWORD_FAULTS = {
    "required": _("Type the password here."),
    "password_mismatch": _("The two passwords are not the same. Type both once more."),
    "password_too_short": _("The password is shorter than 8 characters."),
    "password_too_common": _("This password is too common: it is guessed first."),
    "password_entirely_numeric": _("The password has only digits. Add letters."),
    "password_too_similar": _("The password is too much like your name or login."),
}


class PasswordForm(SetPasswordForm):
    """The password that a member of staff sets himself, typed twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = _("New password"), _("The same once more")
        first.help_text = _("At least 8 characters; not only digits, not your name, no common word.")
        second.help_text = ""

    def add_error(self, field, error):
        told = [PASSWORD_FAULTS.get(fault.code, fault) for fault in error.error_list]
        super().add_error(field, ValidationError(told))


class CauseForm(forms.Form):
    """Why a term was missed."""

    cause = forms.ChoiceField(
        label=_("Cause"),
        choices=[(cause.value, cause.label) for cause in Cause if cause is not Cause.UNEXPLAINED],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("In your words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, and what has been done about it. The auditor reads this."),
    )  # fmt: skip


class AbsenceForm(forms.Form):
    """Who is away, from when until when, and why; who may name a substitute says by which order."""

    user = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    since = forms.DateField(label=_("First day"), widget=DayInput)
    until = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    substitute = forms.TypedChoiceField(
        label=_("Who stands in"), coerce=int, empty_value=None, required=False,
        help_text=_(
            "Holds the posts of the absent person on these days. A voting seat (chair, deputy, member) is never "
            "substituted: for the chair the deputy named by the order presides."
        ),
    )  # fmt: skip
    act = forms.CharField(
        label=_("By which order"), max_length=200, required=False,
        help_text=_("Number and date; wanted when somebody stands in."),
    )  # fmt: skip

    def __init__(self, *args, people, names_substitutes=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [("", "—"), *people]
        self.fields["substitute"].choices = [("", _("nobody")), *people]
        if not names_substitutes:
            del self.fields["substitute"], self.fields["act"]

    def take_errors(self, error):
        """Put what the absences object to at its field."""
        for name, messages in error.error_dict.items():
            self.add_error(name if name in self.fields else None, messages)


class HandoverForm(forms.Form):
    """To whom a paper result is handed over, and by which document he is known."""

    to = forms.ChoiceField(label=_("To whom"), choices=Handover.To.choices, widget=forms.RadioSelect)
    receiver = forms.CharField(label=_("Full name of the receiver"), max_length=200)
    identity_document = forms.CharField(
        label=_("Number of the identity document"), max_length=60, help_text=_("Shown; no copy is kept.")
    )
    power_number = forms.CharField(
        label=_("Number of the power of attorney"), max_length=60, required=False,
        help_text=_("Only for a notarised power of attorney, with its date and notary."),
    )  # fmt: skip
    power_date = forms.DateField(label=_("Date of the power of attorney"), required=False, widget=DayInput)
    power_notary = forms.CharField(label=_("Notary"), max_length=200, required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        power = representation.standing_in(case)
        known = power.representative.full_name if power else case.applicant.full_name
        self.initial = {
            "to": Handover.To.REPRESENTATIVE if power else Handover.To.PERSON, "receiver": known, **self.initial,
        }  # fmt: skip

    def said(self) -> Received:
        return Received(**self.cleaned_data)

    def take_errors(self, error):
        """Put what stands against it at its field."""
        for name, faults in error.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, faults)
