"""The content policy forbids what a template could slip in; so does this reading of every one."""

import re

import pytest

from tests.ground.sources import ROOT, templates

BANNED = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an outside host": re.compile(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "a switched-off escape": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def found_in(text: str) -> list[str]:
    return [name for name, pattern in BANNED.items() if pattern.search(text)]


def is_paper(path) -> bool:
    """Papers are drawn by WeasyPrint and never served; their styles stand in them."""
    return any("paper" in part for part in path.relative_to(ROOT).parts)


def test_no_template_asks_the_browser_for_what_the_policy_forbids():
    pages = [path for path in templates() if path.suffix == ".html" and not is_paper(path)]
    faults = {str(path.relative_to(ROOT)): found_in(path.read_text(encoding="utf-8")) for path in pages}
    assert {path: names for path, names in faults.items() if names} == {}


@pytest.mark.parametrize(
    "line",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<img src="https://elsewhere.example/a.png">',
        "{{ text|safe }}",
    ],
)
def test_each_of_them_is_seen(line):
    assert found_in(line)


def test_what_is_allowed_passes():
    assert not found_in('<script src="/static/a.js" defer></script><a href="/one/">')
