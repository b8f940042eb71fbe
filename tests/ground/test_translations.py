"""Kazakh and Russian are complete: no citizen meets an English sentence."""

import re

import pytest
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import translation

from tests.ground.catalogues import (
    LOCALE,
    all_of,
    catalogue,
    entry,
    files,
    fuzzy,
    said_by_django,
    said_by_the_program,
    text_of,
)
from tests.ground.sources import ROOT

LANGUAGES = ("kk", "ru")
SAME_IN_ALL = {
    "SMS",
    "PDF",
    "CSV",
    "Excel",
    "IPv4",
    "IPv6",
    "eGov",
    "kazservices",
}  # names, written alike in every language
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^}]*\}|<[^>]*>|&\w+;|https?://\S+")
WORD = re.compile(r"[^\W\d_]+")
LETTERS_OF_BOTH = re.compile(r"(?=.*[A-Za-z])(?=.*[Ѐ-ӿ])")


def mixed_words(text: str) -> list[str]:
    return [word for word in WORD.findall(PLACEHOLDER.sub(" ", text)) if LETTERS_OF_BOTH.match(word)]


def needs_words(text: str) -> bool:
    return text not in SAME_IN_ALL and bool(WORD.search(PLACEHOLDER.sub(" ", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_program_is_translated(language):
    translated = set(map(entry, all_of(language)))
    missing = [key for key in said_by_the_program() - translated if needs_words(text_of(key))]
    assert not missing, "\n".join(sorted(map(text_of, missing)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_django_is_translated(language):
    """Django's own Kazakh is old: what it lacks we say, so that no error at a field comes in English."""
    layers = translation(language)._catalog._catalogs
    translated = {entry(key) for layer in layers for key, text in layer.items() if text}
    missing = [key for key in said_by_django() - translated if needs_words(text_of(key))]
    assert not missing, "\n".join(sorted(map(text_of, missing)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_the_english_itself(language):
    same = [key for key, text in all_of(language).items() if text == text_of(key) and needs_words(text)]
    assert not same, "\n".join(sorted(map(text_of, same)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_only_guessed(language):
    assert {str(path.relative_to(ROOT)): fuzzy(path) for path in files(language) if fuzzy(path)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_mixes_two_alphabets(language):
    """A Latin i inside a Kazakh word looks right and is never found by a search. Norm: GAP-16."""
    mixed = {text: mixed_words(text) for text in all_of(language).values() if mixed_words(text)}
    assert mixed == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_rooms_translate_a_text_alike(language):
    """The catalogues are laid over each other, so the last one would win for all."""
    seen: dict = {}
    for path in files(language):
        for key, text in catalogue(path).items():
            seen.setdefault(key, {}).setdefault(text, path.relative_to(LOCALE).parts[0])
    apart = [f"{text_of(key)}: {texts}" for key, texts in seen.items() if len(texts) > 1]
    assert not apart, "\n".join(apart)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_for_facts(language):
    def places(text):
        return sorted(set(re.findall(r"%\(\w+\)[a-z]|\{\w*\}", text)))

    broken = {
        text_of(key): text
        for key, text in all_of(language).items()
        if isinstance(key, str) and places(text) != places(text_of(key))
    }
    assert broken == {}


def test_every_room_has_both_languages():
    rooms = [folder for folder in LOCALE.iterdir() if folder.is_dir()]
    assert [f"{room.name}/{name}" for room in rooms for name in LANGUAGES if not (room / name).is_dir()] == []


def test_a_mixed_word_is_seen():
    assert mixed_words("қызметтi алушы") == ["қызметтi"]
    assert mixed_words("PDF-файл, %(name)s, <b>сөз</b>") == []


def test_the_marks_of_templates_are_read():
    assert "gettext" in templatize("{% load i18n %}{% translate 'Case' %}").replace("_('Case')", "gettext")
