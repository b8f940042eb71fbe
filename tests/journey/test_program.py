"""The program that walks the golden week knows the product from outside only, and sends what a browser would."""

import ast
import subprocess
import sys

import httpx
import pytest

from tests.ground.sources import PACKAGES, ROOT

PROGRAM = ROOT / "bin" / "journey"
PAGE = """<html><body><form method="post" action="/go/"><input type="hidden" name="token" value="t">
<input type="radio" name="day" value="1"><input type="radio" name="day" value="2" checked>
<input type="checkbox" name="sure"><select name="office"><option value="03">A</option><option value="07">B</option>
</select><textarea name="why">so &amp; so</textarea><button name="do" value="x">Go</button></form></body></html>"""


@pytest.fixture
def form(monkeypatch):
    monkeypatch.syspath_prepend(str(PROGRAM))
    from browser import Page

    request = httpx.Request("GET", "http://office/")
    return Page(httpx.Response(200, html=PAGE, request=request)).form(to="/go/")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_it_imports_neither_django_nor_the_program():
    names = {name for path in PROGRAM.glob("*.py") for name in imported(path)}
    assert names & {"django", *PACKAGES} == set()
    assert "httpx" in names


def test_a_form_sends_what_a_browser_without_scripts_would(form):
    assert form.sent() == [("token", "t"), ("day", "2"), ("office", "03"), ("why", "so & so")]
    form.fill(day="1", sure="on", office="07", why="because")
    assert form.sent() == [("token", "t"), ("day", "1"), ("sure", "on"), ("office", "07"), ("why", "because")]


@pytest.mark.parametrize("wrong", [{"day": "3"}, {"nobody": "1"}])
def test_what_a_page_does_not_offer_cannot_be_sent(form, wrong):
    from ledger import Fault

    with pytest.raises(Fault):
        form.fill(**wrong)


def test_without_a_product_it_says_how_to_start_one():
    words = [sys.executable, "-I", str(PROGRAM), "--address", "http://127.0.0.1:9"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "start it with bin/run" in done.stdout
