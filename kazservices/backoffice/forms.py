"""What the desk's own pages ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.deadlines.models import Cause
from kazservices.design.forms import DayInput
from kazservices.offices.models import Absence


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
    """Who is away, from when until when, and why."""

    user = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    since = forms.DateField(label=_("First day"), widget=DayInput)
    until = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [("", "—"), *people]

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day stands before the first. Check both dates."))
        elif since and until and self._overlaps(data):
            self.add_error("since", _("An absence of this person on these days is written down already."))
        return data

    def _overlaps(self, data):
        return Absence.objects.filter(
            user=data.get("user"), since__lte=data["until"], until__gte=data["since"]
        ).exists()
