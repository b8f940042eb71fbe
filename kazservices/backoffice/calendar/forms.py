"""What the operator types: which year, a day, a file, a note, a reason, new moments of hearings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendars.models import DayShift
from calendars.proposals import LONGEST_FILE
from calendars.service import living_year, today
from calendars.words import staff_date
from kazservices.design.forms import DayInput
from kazservices.design.languages import active_language, in_language

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"


class TakesErrors:
    """What the calendar's own rules object to is put at its field."""

    def take_errors(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, found in error.error_dict.items():
            self.add_error(name if name in self.fields else None, found)


class KnownOnForm(forms.Form):
    """The calendar as it was known at the end of a day."""

    as_of = forms.DateField(label=gettext_lazy("As known on"), widget=DayInput, required=False)

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day is None:
            return None
        if not 1990 <= day.year <= today().year:
            raise ValidationError(_("Choose a day up to today."))
        return day if day < today() else None


class DescriptionForm(TakesErrors, forms.Form):
    """What a revision is for, and whether all the days of a year are known with it."""

    note = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("Everyone who looks at the revisions reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    confirms_year = forms.TypedChoiceField(
        label=gettext_lazy("All moved days of a year are known with it"),
        help_text=gettext_lazy("The dates of that year are then provisional no longer."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        year = living_year()
        self.fields["confirms_year"].choices = [("", _("no")), (year, str(year)), (year + 1, str(year + 1))]


class DayForm(TakesErrors, forms.ModelForm):
    """One day moved by an act."""

    class Meta:
        model = DayShift
        fields = ("date", "kind", "exchanged_with", "issuer", "act_number", "act_date", "source", "provisional", "note")
        labels = {
            "date": gettext_lazy("Which day"),
            "kind": gettext_lazy("What it becomes"),
            "exchanged_with": gettext_lazy("In exchange for"),
            "source": gettext_lazy("Where the official text stands"),
            "note": gettext_lazy("Remark"),
        }
        help_texts = {
            "exchanged_with": gettext_lazy("The day on the other side of the exchange, if the act names one."),
            "provisional": gettext_lazy("The act is not signed yet."),
        }
        widgets = {"date": DayInput, "exchanged_with": DayInput, "act_date": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "issuer"):
            self.fields[name].choices = [("", "—"), *self.fields[name].choices[1:]]


class FileForm(forms.Form):
    """Many days in a file."""

    file = forms.FileField(
        label=gettext_lazy("File (CSV, UTF-8, comma or semicolon)"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LONGEST_FILE:
            raise ValidationError(_("The file is too long: 1 MB at most."))
        return file


class DiscardForm(TakesErrors, forms.Form):
    """Why a revision is given up."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is given up"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )


class LocalMoment(forms.Field):
    """A day and an hour on the wall clock of an office."""

    def __init__(self, *, zone: str, **kwargs):
        self.zone = ZoneInfo(zone)
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return datetime.strptime(value, LOCAL_MOMENT).replace(tzinfo=self.zone)
        except ValueError as error:
            raise ValidationError(_("Enter the day and the hour.")) from error

    def prepare_value(self, value):
        return value.astimezone(self.zone).strftime(LOCAL_MOMENT) if isinstance(value, datetime) else value


class HearingsForm(TakesErrors, forms.Form):
    """The new moment of each hearing on a day that becomes off; publish() puts its faults at fields of these names."""

    def __init__(self, *args, hearings, **kwargs):
        super().__init__(*args, **kwargs)
        for one in hearings:
            bounds = {
                "type": "datetime-local",
                "min": f"{one.first}T00:00",
                "max": f"{one.last}T23:59",
            }
            self.fields[f"hearing_{one.case_id}"] = LocalMoment(
                zone=one.office.zone,
                label=_("Case № %(number)s: the new moment") % {"number": one.number},
                initial=one.proposed_at,
                help_text=_bounds(one),
                widget=forms.DateTimeInput(attrs=bounds, format=LOCAL_MOMENT),
            )

    def moments(self) -> dict[int, datetime]:
        """Case id -> the new moment."""
        return {int(name.removeprefix("hearing_")): at for name, at in self.cleaned_data.items()}


def _bounds(one) -> str:
    language = active_language()
    known = {
        "office": in_language(one.office, "territory"),
        "at": f"{one.at.astimezone(ZoneInfo(one.office.zone)):%d.%m.%Y %H:%M}",
        "first": staff_date(one.first, language),
        "last": staff_date(one.last, language),
    }
    return _("%(office)s. It was appointed for %(at)s. Within working hours, from %(first)s to %(last)s.") % known
