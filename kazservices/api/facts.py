"""The facts of a move: described by its own form as a JSON schema, and taken as they are written."""

from django import forms
from django.utils.translation import gettext as _

from kazservices.flow.forms import MoveForm

DRAFT = "https://json-schema.org/draft/2020-12/schema"


KINDS = (
    (forms.BooleanField, {"type": "boolean"}),
    (forms.IntegerField, {"type": "integer"}),
    (forms.DateTimeField, {"type": "string", "format": "date-time"}),
    (forms.DateField, {"type": "string", "format": "date"}),
    (forms.TimeField, {"type": "string", "pattern": r"^\d{2}:\d{2}$"}),
)


def schema_of(form: MoveForm | None) -> dict:
    """What the form asks, as a JSON schema with its choices in words."""
    fields = form.fields if form else {}
    return {
        "$schema": DRAFT,
        "type": "object",
        "properties": {name: _described(form, name) for name in fields},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def wrong_kinds(form: MoveForm | None, facts: dict) -> dict[str, list[str]]:
    """Messages by the name of each fact that is unknown, or no value of its kind."""
    fields = form.fields if form else {}
    wrong = {}
    for name, value in facts.items():
        if name not in fields:
            wrong[name] = [_("This move asks no such fact.")]
        elif value is not None and not _fits(fields[name], value):
            wrong[name] = [_("This value is of another kind than the schema says.")]
    return wrong


def _described(form, name) -> dict:
    field = form.fields[name]
    said = {"title": str(field.label or name)}
    if field.help_text:
        said["description"] = str(field.help_text)
    initial = form.get_initial_for_field(field, name)
    if initial not in (None, "", []):
        said["default"] = _plain(initial)
    return {**said, **_kind(field)}


def _kind(field) -> dict:
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"oneOf": _choices(field)}}
    if isinstance(field, forms.ChoiceField):
        return {"oneOf": _choices(field)}
    for kind, said in KINDS:
        if isinstance(field, kind):
            return said
    longest = getattr(field, "max_length", None)
    return {"type": "string", **({"maxLength": longest} if longest else {})}


def _choices(field) -> list[dict]:
    return [{"const": value, "title": str(words)} for value, words in field.choices]


def _fits(field, value) -> bool:
    if isinstance(field, forms.MultipleChoiceField):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if isinstance(field, forms.TypedChoiceField | forms.IntegerField):
        return isinstance(value, int | str) and not isinstance(value, bool)
    if isinstance(field, forms.BooleanField):
        return isinstance(value, bool)
    return isinstance(value, str)


def _plain(value):
    if hasattr(value, "strftime"):
        return value.strftime("%H:%M") if not hasattr(value, "year") else value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
