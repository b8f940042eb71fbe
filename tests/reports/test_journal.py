"""The auditor sees that the journal was sealed, by whose key, and takes the roots home."""

import json

import pytest

from kazservices.cases.roots import copies, keys
from kazservices.cases.roots.models import JournalRoot
from tests import world
from tests.guards import unguarded
from tests.reports.test_pages import ask, said


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.KAZ_ROOTS_KEY, settings.KAZ_ROOTS_DIR = tmp_path / "key.pem", tmp_path / "elsewhere"


@pytest.fixture
def root(case):
    with world.at("2026-03-21 00:01"):
        copies.seal_and_copy()
    return JournalRoot.objects.get()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_last_root_is_shown_with_the_key_that_signed_it(place, root, language):
    page = said(ask(place.auditor, "journal", language=language))
    assert root.hash in page
    assert root.key[:8] in page
    assert "chip bad" not in page


def test_a_root_that_was_changed_is_seen_on_the_page(place, root):
    with unguarded("roots_journalroot"):
        JournalRoot.objects.update(cases=7)
    assert "подпись неверна" in said(ask(place.auditor, "journal"))


def test_without_a_root_the_page_says_so(place):
    assert "ещё не закреплён" in said(ask(place.auditor, "journal"))


def test_the_roots_taken_home_are_proved_by_the_public_key_alone(place, root):
    (line,) = said(ask(place.auditor, "journal_jsonl")).splitlines()
    told = json.loads(line)
    assert keys.holds(keys.trusted()[told["key"]], told["signature"], told["hash"])
    assert "КҚ-" not in line  # which cases there are, in other offices too, is not told


@pytest.mark.parametrize("page", ["journal", "journal_jsonl"])
def test_the_chain_is_shown_by_mandate_only(place, recipient, page):
    assert {ask(person, page).status_code for person in (place.chair, place.operator, recipient)} == {403}
