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


FORM = re.compile(r"<form\b(?P<head>(?:{%.*?%}|[^>])*)>(?P<body>.*?)</form>", re.DOTALL)


def left_to_the_browser(text: str) -> list[str]:
    """Forms with fields whose faults the browser would tell, in its own language and one at a time."""
    forms = [form for form in FORM.finditer(text) if 'method="post"' in form["head"]]
    return [form["head"] for form in forms if "{% field " in form["body"] and "novalidate" not in form["head"]]


def test_faults_of_a_form_are_told_by_us_in_the_readers_language_and_all_at_once():
    faults = {
        str(path.relative_to(ROOT)): left_to_the_browser(path.read_text(encoding="utf-8")) for path in templates()
    }
    assert {path: forms for path, forms in faults.items() if forms} == {}


def test_a_form_left_to_the_browser_is_seen():
    form = '<form method="post"{} data-key="{{% if a > b %}}K{{% endif %}}">{{% field form.day %}}</form>'
    assert left_to_the_browser(form.format(""))
    assert not left_to_the_browser(form.format(" novalidate"))
