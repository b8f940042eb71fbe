"""The kinds of values a passport file may hold: a kind takes a value and its place, and gives it or notes why not.

A kind that finds something wrong gives None: the caller reads on, so that one reading names every fault.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from .faults import Place

Kind = Callable[[Any, Place], Any]

WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"\S*\w\.\w\S*")
LATIN = re.compile(r"[A-Za-z]")
CODE = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")
DAY_OF_YEAR = re.compile(r"(\d\d)-(\d\d)")


def text(longest: int | None = None) -> Kind:
    def read(value, place: Place):
        if not isinstance(value, str):
            return place.wrong(_("text is expected here"))
        if not value.strip():
            return place.wrong(_("the text is empty"))
        if longest and len(value) > longest:
            return place.wrong(_("the text is longer than %(longest)s characters"), longest=longest)
        return str(value)

    return read


def kazakh(longest: int | None = None) -> Kind:
    """Kazakh in Cyrillic letters only: a Latin i looks the same and is found by no search. Norm: GAP-16."""
    as_text = text(longest)

    def read(value, place: Place):
        read_text = as_text(value, place)
        if read_text is None:
            return None
        word = latin_word(read_text)
        if word:
            return place.wrong(_("Latin letters inside the Kazakh word “%(word)s”"), word=word)
        return read_text

    return read


def latin_word(kazakh_text: str) -> str | None:
    """The first Kazakh word with a Latin letter in it; addresses on the net are no Kazakh words."""
    words = WORD.findall(ADDRESS.sub(" ", kazakh_text))
    return next((word for word in words if LATIN.search(word)), None)


def code(value, place: Place):
    if not isinstance(value, str) or not CODE.fullmatch(value):
        return place.wrong(_("a code is expected here: Latin letters, digits, hyphens"))
    return str(value)


def whole(least: int, most: int) -> Kind:
    def read(value, place: Place):
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            return place.wrong(_("a whole number from %(least)s to %(most)s is expected here"), least=least, most=most)
        return int(value)

    return read


def yes_or_no(value, place: Place):
    return value if isinstance(value, bool) else place.wrong(_("true or false is expected here"))


def nothing_to_pay(value, place: Place):
    """Norm: LAW-24."""
    if isinstance(value, bool) or value != 0:
        return place.wrong(_("the service is free of charge by law: the price must be 0"))
    return 0


def day(value, place: Place):
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return place.wrong(_("a date is expected here, such as 2022-05-29"))


def day_of_year(value, place: Place):
    found = DAY_OF_YEAR.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return place.wrong(_("a month and a day are expected here, such as “03-01”"))
    month, day_number = int(found[1]), int(found[2])
    try:
        date(2023, month, day_number)  # a year without 29 February: such a window would not open every year
    except ValueError:
        return place.wrong(_("there is no such day in every year"))
    return month, day_number


def one_of(*choices: str) -> Kind:
    def read(value, place: Place):
        if value not in choices:
            return place.wrong(_("one of these is expected here: %(choices)s"), choices=", ".join(choices))
        return str(value)

    return read


def optional(kind: Kind, default=None) -> Kind:
    """A field that may be absent or null."""

    def read(value, place: Place):
        return default if value is None else kind(value, place)

    read.optional, read.default = True, default
    return read


def many(kind: Kind, *, key: str | None = None, least: int = 0) -> Kind:
    """A list; `key` names the field of its items that may not repeat."""

    def read(value, place: Place):
        if not isinstance(value, list):
            return place.wrong(_("a list is expected here"))
        if len(value) < least:
            place.wrong(_("the list needs at least %(least)s items"), least=least)
        lines = [value.lc.item(index)[0] + 1 for index in range(len(value))]
        items = [kind(item, place.item(lines[index], index)) for index, item in enumerate(value)]
        _note_repeated(items, key, lines, place)
        return [item for item in items if item is not None]

    return read


def record(**fields: Kind) -> Kind:
    """A mapping with these fields, all of them and no others."""

    def read(value, place: Place):
        if not isinstance(value, dict):
            return place.wrong(_("a mapping of fields is expected here"))
        for name in value:
            if name not in fields:
                place.at(value.lc.key(name)[0] + 1, str(name)).wrong(_("unknown field"))
        return {name: _field(value, name, kind, place) for name, kind in fields.items()}

    return read


def _field(value, name: str, kind: Kind, place: Place):
    if name in value:
        return kind(value[name], place.at(value.lc.key(name)[0] + 1, name))
    if getattr(kind, "optional", False):
        return kind.default
    return place.at(place.line, name).wrong(_("the field is missing"))


def _note_repeated(items: list, key: str | None, lines: list[int], place: Place) -> None:
    if key is None:
        return
    seen = set()
    for index, item in enumerate(items):
        name = item.get(key) if item else None
        if name is not None and name in seen:
            place.item(lines[index], index).at(lines[index], key).wrong(_("“%(name)s” stands here twice"), name=name)
        seen.add(name)
