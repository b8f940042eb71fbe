"""The fields of an application form, asked in one way by the portal, the counter and the interface for programs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazservices.design.forms import DayInput
from kazservices.design.languages import in_language
from kazservices.gateways.iin import check_iin
from kazservices.offices.models import Office
from kazservices.passports import service as passports
from kazservices.passports.models import FormField

from .bundle import Chapter, Record
from .forms import plain
from .manifest import manifest_of

Kind = FormField.Kind
YES, NO = "yes", "no"
LONGEST_LINE, LONGEST_TEXT, LONGEST_PHONE = 200, 2000, 20


class ParticularsForm(forms.Form):
    """What the passport asks besides documents: shape only; what the law wants of it the service checks."""

    def __init__(self, *args, category, office=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = [field for field in passports.fields_of(category) if _is_asked(field, office)]
        for field in self.asked:
            self.fields[field.code] = _field(field, office)

    def take_errors(self, error) -> None:
        """Put the law's objections at the fields they concern."""
        for name, faults in error.update_error_dict({}).items():
            self.add_error(name if name in self.fields else None, faults)

    def particulars(self) -> dict:
        """The answers by their codes, as plain JSON: days as ISO dates, yes as true; what was left empty is absent."""
        yes_or_no = {field.code for field in self.asked if field.kind == Kind.YES_NO}
        said = {name: plain(value) for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {name: value == YES if name in yes_or_no else value for name, value in said.items()}


class IinField(forms.CharField):
    """Twelve digits, typed with or without blanks between them."""

    default_validators = [check_iin]

    def to_python(self, value):
        return "".join(super().to_python(value).split())


def as_typed(said: dict) -> dict:
    """Particulars as the form shows them again."""
    words = {True: YES, False: NO}
    return {name: words[value] if isinstance(value, bool) else value for name, value in said.items()}


def are_complete(category, said: dict) -> bool:
    """Whether all that must be filled in is, and rightly so."""
    return ParticularsForm(as_typed(said), category=category).is_valid()


def in_words(category, said: dict) -> list[tuple[str, str]]:
    """(question, answer) of all that was filled in, in the reader's language."""
    asked = [field for field in passports.fields_of(category) if field.code in said]
    return [(in_language(field, "label"), _worded(field, said[field.code])) for field in asked]


def chapter_of(case) -> Chapter:
    """What was filled in, for the file of the case."""
    title = str(_("What was filled in"))
    record = Record(title, case.particulars, tuple(in_words(case.category, case.particulars)))
    return Chapter("application", "application", title, (record,) if case.particulars else ())


def _worded(field, value) -> str:
    if field.kind == Kind.CHOICE:
        chosen = next((choice for choice in field.choices if choice["code"] == value), None)
        return choice_in_words(chosen) if chosen else str(value)
    if field.kind == Kind.OFFICE:
        office = Office.objects.filter(code=value).first()
        return in_language(office, "name") if office else str(value)
    if field.kind == Kind.YES_NO:
        return str(_("Yes") if value else _("No"))
    if field.kind == Kind.DAY:
        year, month, day = str(value).split("-")
        return f"{day}.{month}.{year}"
    return str(value)


def _is_asked(field, office) -> bool:
    """Where there is nothing to choose between, nobody is asked to choose."""
    return field.kind != Kind.OFFICE or office is None or (own := _own(field, office)) is None or len(own) > 1


def _own(field, office) -> list | None:
    """The offices that the service itself offers at a field; None where it leaves that to the platform."""
    return manifest_of(field.edition.service_id).offices_of_field(field.code, office)


def _field(field: FormField, office=None) -> forms.Field:
    common = {
        "label": in_language(field, "label"),
        "help_text": in_language(field, "hint"),
        "required": field.required,
        "error_messages": {"required": _("Fill this in: the application is not complete without it.")},
    }
    if field.kind == Kind.OFFICE:
        return forms.ChoiceField(choices=[("", "—"), *offered(field, office)], **common)
    return _MAKERS.get(field.kind, _line)(field, common)


def offered(field: FormField, office=None) -> list[tuple[str, str]]:
    """The offices that a field offers, by their codes; ``office``: the one that is applied to, where it is known."""
    own = _own(field, office)
    if own is None:
        return offices_of(field.edition.service_id)
    return [(one.code, f"{in_language(one, 'name')}, {in_language(one, 'address')}".strip(", ")) for one in own]


def offices_of(service: str) -> list[tuple[str, str]]:
    """The offices that keep the service, open or not: a child may come from one that takes nobody in now."""
    kept = Office.objects.filter(hours__service=service).order_by("code")
    return [(office.code, in_language(office, "name")) for office in kept]


def _line(field, common):
    return forms.CharField(max_length=field.longest or LONGEST_LINE, **common)


def _long_text(field, common):
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=field.longest or LONGEST_TEXT, widget=area, **common)


def _phone(field, common):
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    return forms.CharField(max_length=LONGEST_PHONE, widget=widget, **common)


def _iin(field, common):
    digits = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})
    return IinField(max_length=20, widget=digits, **common)


def _day(field, common):
    return forms.DateField(widget=DayInput, **common)


def _whole(field, common):
    return forms.IntegerField(min_value=field.least, max_value=field.most, **common)


def _choice(field, common):
    choices = [("", "—"), *((choice["code"], choice_in_words(choice)) for choice in field.choices)]
    return forms.ChoiceField(choices=choices, **common)


def _office(field, common):
    return forms.ChoiceField(choices=[("", "—"), *offices_of(field.edition.service_id)], **common)


def _yes_no(field, common):
    return forms.ChoiceField(choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect, **common)


def _email(field, common):
    return forms.EmailField(max_length=LONGEST_LINE, **common)


_MAKERS = {
    Kind.LONG_TEXT: _long_text, Kind.PHONE: _phone, Kind.IIN: _iin, Kind.DAY: _day, Kind.WHOLE: _whole,
    Kind.CHOICE: _choice, Kind.YES_NO: _yes_no, Kind.EMAIL: _email, Kind.OFFICE: _office,
}  # fmt: skip


def choice_in_words(choice: dict) -> str:
    """One of a list, in the reader's language."""
    return in_language({f"label_{language}": choice.get(language) for language in ("kk", "ru")}, "label")
