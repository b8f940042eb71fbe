"""Fields, errors and local time as the templates draw them."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.utils import timezone


class DayInput(forms.DateInput):
    """A day, typed or picked; the value travels in ISO form."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """A time of the day, 24 hours."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class CodeInput(forms.TextInput):
    """A one-time password: digits, offered by the phone itself, and free to be pasted."""

    def __init__(self, attrs=None):
        given = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code", "spellcheck": "false"}
        super().__init__({**given, **(attrs or {})})


@dataclass(frozen=True)
class Wrong:
    """A line of the summary: the message and the id of its field (empty for the form as a whole)."""

    message: str
    target: str
    label: str = ""


def local(value: datetime) -> datetime:
    """An instant on the reader's wall clock; a naive time is local already."""
    return value if timezone.is_naive(value) else timezone.localtime(value)


def demo_time(instant: datetime) -> datetime | None:
    """The product's time when its clock is the demo's, else nothing."""
    return timezone.localtime(instant) if settings.KAZ_CLOCK == "demo" else None


def field_context(bound, *, beside=False, label="", hint="", optional=None) -> dict:
    """What templates/design/field.html needs for one field."""
    group = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    base = bound.auto_id or bound.html_name
    said = hint or bound.help_text
    described = " ".join([f"{base}-hint"] * bool(said) + [f"{base}-error"] * bool(bound.errors))
    attrs = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "base": base,
        "label": label or bound.label,
        "hint": said,
        "described": described,
        "group": group,
        "single_check": isinstance(bound.field.widget, forms.CheckboxInput),
        "control": "" if group else bound.as_widget(attrs=attrs),
        "beside": beside,
        "optional": not bound.field.required if optional is None else optional,
    }


def summary(shown) -> list[Wrong]:
    """All errors of the forms, in the order of their fields."""
    return [wrong for form in shown if form.is_bound for wrong in _of_form(form)]


def _of_form(form):
    for message in form.non_field_errors():
        yield Wrong(message, "")
    for bound in form:
        for message in bound.errors:
            yield Wrong(message, target_of(bound), "" if bound.is_hidden else bound.label)


def target_of(bound) -> str:
    """The id of what can take the focus: of a group, its first choice."""
    base = bound.auto_id or bound.html_name
    group = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{base}_0" if group else base
