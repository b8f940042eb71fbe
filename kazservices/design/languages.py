"""Which of the three languages the reader has chosen, and which column of a bilingual row answers to it."""

from django.utils.translation import get_language

_FALLBACK = {"kk": ("kk", "ru"), "ru": ("ru", "kk"), "en": ("en", "kk", "ru")}


def active_language() -> str:
    """kk, ru or en; kk where nothing is active."""
    language = (get_language() or "kk")[:2]
    return language if language in _FALLBACK else "kk"


def in_language(thing, name: str):
    """The column ``<name>_<language>`` of a row or a mapping, or the next language that has something to say."""
    for language in _FALLBACK[active_language()]:
        value = _read(thing, f"{name}_{language}")
        if value:
            return value
    return ""


def _read(thing, name):
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
