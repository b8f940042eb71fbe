"""What a clerk writes down of who has come and what he has brought: shape only."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language
from kazservices.flow.counter import DOCUMENTS, Brought, tickets_for
from kazservices.flow.particulars import NO, YES, IinField
from kazservices.passports.catalogue import plain_of


class VisitorForm(forms.Form):
    """The service and the person: by IIN, or by another document where there is none."""

    situation = forms.ChoiceField(
        label=_("Service and situation"),
        error_messages={"required": _("Choose what is asked for."), "invalid_choice": _("Choose one of the list.")},
    )
    iin = IinField(
        label=_("IIN"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("From the identity document that is shown. A foreigner without an IIN: leave it empty."),
    )  # fmt: skip
    document_kind = forms.ChoiceField(
        label=_("Document, if there is no IIN"), required=False, choices=[("", "—"), *DOCUMENTS.items()]
    )
    document_number = forms.CharField(label=_("Number of the document"), max_length=40, required=False)
    full_name = forms.CharField(
        label=_("Full name, as in the document"), max_length=200,
        error_messages={"required": _("Write the name as it stands in the document.")},
    )  # fmt: skip
    birth_date = forms.DateField(label=_("Date of birth"), widget=DayInput, required=False)
    phone = forms.CharField(
        label=_("Mobile phone"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}), help_text=_("Copies of the letters go there by SMS."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of the answer"), choices=settings.LANGUAGES[:2])

    def __init__(self, *args, situations, **kwargs):
        super().__init__(*args, **kwargs)
        self.situations = {f"{office.pk}-{category.pk}": (office, category) for office, category in situations}
        several = len({office.pk for office, _category in situations}) > 1
        self.fields["situation"].choices = [
            ("", "—"),
            *((key, _worded(office, category, several)) for key, (office, category) in self.situations.items()),
        ]

    def clean(self):
        data = super().clean()
        if "iin" in data and not data["iin"] and not (data.get("document_kind") and data.get("document_number")):
            self.add_error("iin", _("Write the IIN, or the kind and the number of another document."))
        return data

    def take_errors(self, error):
        """Put what stands against it at its field."""
        for name, messages in error.message_dict.items() if hasattr(error, "error_dict") else ((None, error.messages),):
            self.add_error(name if name in self.fields else None, messages)

    @property
    def chosen(self):
        """(office, category)"""
        return self.situations[self.cleaned_data["situation"]]

    def brought(self) -> Brought:
        said = {name: value for name, value in self.cleaned_data.items() if name != "situation"}
        if said["iin"]:
            said["document_kind"] = said["document_number"] = ""
        return Brought(**said)


class PackageForm(forms.Form):
    """The documents that lie on the counter, and the written word on the registers."""

    handed_in = forms.MultipleChoiceField(
        label=_("Documents"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what was handed over or shown. What is neither ticked nor scanned counts as missing."),
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=_("Written consent to ask the registers"), choices=[(YES, _("given")), (NO, _("refused"))],
        widget=forms.RadioSelect, error_messages={"required": _("Say whether the consent is given in writing.")},
    )  # fmt: skip

    ticket = forms.TypedChoiceField(
        label=_("Ticket of the person"), coerce=int, empty_value=None, required=False,
        help_text=_("Of those called to the counter now. Its hour is the place in the queue."),
    )  # fmt: skip

    def __init__(self, *args, progress, **kwargs):
        super().__init__(*args, **kwargs)
        tickets = [(one.pk, _numbered(one)) for one in tickets_for(progress.draft)]
        self.fields["ticket"].choices = [("", _("without a ticket")), *tickets]
        if not tickets:
            del self.fields["ticket"]
        self.fields["handed_in"].choices = [(asked.code, _asked(asked)) for asked in progress.papers]
        if not progress.papers:
            del self.fields["handed_in"]
        if not progress.wants_consent:
            del self.fields["consent"]


def _numbered(ticket) -> str:
    came = ticket.office.time_for(ticket.service).local(ticket.issued_at)
    return _("No. %(number)s, came at %(hour)s") % {"number": ticket.number, "hour": f"{came:%H:%M}"}


def _worded(office, category, several) -> str:
    words = f"{in_language(plain_of(category.edition.service), 'plain')}: {in_language(category, 'plain')}"
    return f"{in_language(office, 'name')} · {words}" if several else words


def _asked(asked) -> str:
    words = in_language(asked, "plain")
    return _("%(document)s (shown, not kept)") % {"document": words} if asked.shown else words
