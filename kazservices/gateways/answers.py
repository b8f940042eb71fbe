"""A register's answer in words: its own keys are no language for a clerk."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from calendars.words import staff_date

WORDS = {
    "full_name": _("full name"),
    "birth_date": _("date of birth"),
    "kind": _("kind of document"),
    "number": _("number of the document"),
    "issued_on": _("issued on"),
    "child": _("child"),
    "born_on": _("born on"),
    "registered_on": _("registered on"),
    "died_on": _("died on"),
}
LEFT_OUT = {"found", "phone"}


def in_words(answer: dict, language: str) -> list[tuple]:
    """(what, value) of everything a register said; an empty list when it knows nothing of the person."""
    if not answer.get("found"):
        return []
    return list(_lines(answer, language))


def _lines(value: dict, language: str):
    for key, said in value.items():
        if key in LEFT_OUT:
            continue
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, dict):
                yield from _lines(one, language)
            else:
                yield WORDS.get(key, key), _written(one, language)


def _written(value, language: str) -> str:
    try:
        return staff_date(date.fromisoformat(value), language)
    except (TypeError, ValueError):
        return str(value)
