"""The shape of what a citizen types; what the law wants of it is checked below."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import OutOfCalendar
from kazservices.design.forms import CodeInput, DayInput, HourInput
from kazservices.design.languages import in_language
from kazservices.flow.manifest import manifest_of
from kazservices.flow.particulars import NO, YES
from kazservices.offices.models import Office
from kazservices.passports.reckoning import reckon


def posted(request):
    """What was sent, even if nothing was filled in; None where the form is only being shown."""
    return request.POST if request.method == "POST" else None


class ReckonForm(forms.Form):
    """When would the answer come, if I filed at this moment? A GET form: the question stands in the address."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    hour = forms.TimeField(label=_("Time"), widget=HourInput)

    def __init__(self, *args, edition, time, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition, self.time = edition, time
        self.reckoning = None

    def clean(self):
        data = super().clean()
        if "day" not in data or "hour" not in data:
            return data
        moment = datetime.combine(data["day"], data["hour"], self.time.zone)
        try:
            self.reckoning = reckon(self.edition, moment, self.time)
        except OutOfCalendar:
            self.add_error("day", _("Our calendar does not reach this day. Choose a day of this year."))
        return data


class OfficeField(forms.ModelChoiceField):
    """The offices that provide a service, by their territory."""

    def label_from_instance(self, office):
        return in_language(office, "name")


class CategoryForm(forms.Form):
    """Where the application goes, and on which category it rests."""

    office = OfficeField(
        label=_("Office"),
        queryset=Office.objects.none(),
        empty_label=_("Choose the office"),
        error_messages={"required": _("Choose the office: the application goes there.")},
    )
    category = forms.ChoiceField(
        label=_("Your situation"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the situation that fits you: it decides which documents are needed."),
            "invalid_choice": _("Choose one of the situations of the list."),
        },
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].help_text = manifest_of(edition.service_id).office_hint
        self.fields["office"].queryset = Office.objects.providing(edition.service_id).order_by("code")
        self.categories = list(edition.categories.all())
        self.fields["category"].choices = [(category.code, category.code) for category in self.categories]


class ConsentForm(forms.Form):
    """May the office ask the registers itself? The answer is the citizen's own; nothing is ticked beforehand."""

    consent = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[(YES, _("I agree: take the data from the registers")), (NO, _("I do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you agree. Both answers let you go on.")},
    )


class EnterForm(forms.Form):
    """The way into the cabinet: the IIN, to which the mobile number is known."""

    iin = forms.CharField(
        label=_("IIN"),
        help_text=_("12 digits, as on your identity card."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": _("Type your IIN.")},
    )

    def clean_iin(self):
        return "".join(self.cleaned_data["iin"].split())


class CodeForm(forms.Form):
    """The one-time password that came to the phone."""

    code = forms.CharField(
        label=_("One-time password"),
        help_text=_("The digits from the SMS. They may be pasted."),
        max_length=20,
        widget=CodeInput,
        error_messages={"required": _("Type the one-time password from the SMS.")},
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())
