"""The keys of staff: by place on the keyboard, never inside a field, and they can be switched off."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from . import samples

SCRIPT = Path(settings.BASE_DIR, "kazservices/design/static/design/keys.js")
DESK = """{% load design i18n %}<!doctype html><html lang="kk"><title>Кезек</title><body class="staff">
<input id="find" type="search" data-key="Slash"><a id="today" href="#today" data-go="KeyT">Бүгін</a>
{% include "design/keys.html" %}{% include "design/clocks.html" %}
{% include "design/queue.html" with selecting=True caption="Кезек" %}</body></html>"""


@pytest.fixture
def desk(chromium):
    """The queue of a clerk, with the keys on."""
    page = chromium.new_page()
    with translation.override("kk"):
        html = Template(DESK).render(Context({"groups": samples.GROUPS, "clocks": samples.CLOCKS}))
    page.route("http://desk.test/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("http://desk.test/")
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def press(page, code, key="ж", **more):
    """A key by its place; what it types on this layout says nothing."""
    event = {"code": code, "key": key, "bubbles": True, "cancelable": True, **more}
    page.evaluate("event => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', event))", event)


def here(page):
    return page.evaluate("document.querySelector('tr.here')?.dataset.row")


def test_j_and_k_walk_the_queue_on_any_layout(desk):
    press(desk, "KeyJ", "о")
    assert here(desk) == "a1"
    press(desk, "KeyJ", "о")
    assert here(desk) == "a2"
    press(desk, "KeyK", "л")
    assert here(desk) == "a1"


def test_x_chooses_and_shift_x_chooses_a_range(desk):
    for code, shift in (("KeyJ", False), ("KeyX", False), ("KeyJ", False), ("KeyJ", False), ("KeyX", True)):
        press(desk, code, shiftKey=shift)
    assert desk.evaluate("[...document.querySelectorAll('[name=case]:checked')].length") == 3


def test_slash_leads_to_the_search_and_keys_stay_silent_in_a_field(desk):
    press(desk, "Slash")
    assert desk.evaluate("document.activeElement.id") == "find"
    press(desk, "KeyJ")
    assert here(desk) is None


def test_g_and_a_second_key_go_somewhere(desk):
    press(desk, "KeyG")
    press(desk, "KeyT")
    assert desk.url.endswith("#today")


def test_e_follows_the_next_lawful_move_of_the_row(desk):
    desk.evaluate(
        "document.addEventListener('click', e => { window.pressed = e.target.textContent; e.preventDefault() })"
    )
    press(desk, "KeyJ")
    press(desk, "KeyE")
    assert desk.evaluate("window.pressed") == "Төрағаға хабарлау"


def test_c_leads_to_the_clocks_and_the_question_mark_to_the_list(desk):
    press(desk, "KeyC")
    assert desk.evaluate("document.activeElement.className") == "clocks"
    press(desk, "Slash", "?", shiftKey=True)
    assert desk.evaluate("document.getElementById('keys').open")


def test_the_keys_can_be_switched_off(desk):
    desk.evaluate("document.getElementById('keys').open = true")
    desk.uncheck("[data-keys-switch]")
    desk.evaluate("document.activeElement.blur()")
    press(desk, "KeyJ")
    assert here(desk) is None
