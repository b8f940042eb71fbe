"""What is asked of every page in a real browser: it fits a phone, axe finds nothing, each control takes the focus."""

import os
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from kazservices import clock

PHONE = {"width": 360, "height": 760}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

#: Controls that can be seen and take the focus; of radios of one name, one is enough. Each gets a number.
NUMBER_THE_CONTROLS = """() => {
  const seen = new Set();
  window.reached = new Set();
  document.addEventListener("focusin", (event) => window.reached.add(event.target.dataset.control));
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  let number = 0;
  for (const control of document.querySelectorAll(wanted)) {
    if (!control.checkVisibility({visibilityProperty: true}) || control.disabled || control.tabIndex < 0) continue;
    const group = control.type === "radio" && `${control.form && control.form.action} ${control.name}`;
    if (group && seen.has(group)) { control.dataset.control = group; continue; }
    if (group) seen.add(group);
    control.dataset.control = group || String(number++);
  }
}"""
CONTROLS = "() => [...new Set([...document.querySelectorAll('[data-control]')].map((one) => one.dataset.control))]"
UNREACHED = """() => [...document.querySelectorAll("[data-control]")]
    .filter((control) => !window.reached.has(control.dataset.control))
    .map((control) => control.outerHTML.slice(0, 120))"""


def stand_at(monkeypatch, moment):
    """The server answers in threads of its own: its clock stands still for all of them."""
    standing = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Almaty")).astimezone(UTC)
    monkeypatch.setattr(clock, "_fixed", ContextVar("fixed", default=standing))


def phone(chromium, live_server, language, **more):
    """A page of a phone, 360 px wide, in a language."""
    context = chromium.new_context(viewport=PHONE, locale="ru-RU", reduced_motion="reduce", **more)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    return context.new_page()


def shot(page, name):
    """A picture for who looks at them: in the folder that KAZ_SHOTS names, else none."""
    if folder := os.environ.get("KAZ_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def enter(page, live_server, user):
    """The cookie of somebody who has entered already."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def faults_of(page):
    """What axe objects to, with the first places; a page without its style sheets yet is not the page."""
    page.wait_for_load_state()
    found = Axe().run(page, options=RULES).response["violations"]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]][:3]) for fault in found]


def too_wide(page) -> int:
    """By how many pixels the page would scroll sideways."""
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")


def unreached(page) -> list[str]:
    """The visible controls to which Tab does not lead, from the top of the page to its end."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.evaluate(NUMBER_THE_CONTROLS)
    for _ in range(len(page.evaluate(CONTROLS)) + 12):
        page.keyboard.press("Tab")
    return page.evaluate(UNREACHED)


def check(page, by_keyboard=True):
    """The page that stands open."""
    page.wait_for_load_state()
    assert too_wide(page) == 0, f"{page.url} scrolls sideways by {too_wide(page)} px"
    assert faults_of(page) == [], page.url
    if by_keyboard:
        assert unreached(page) == [], page.url
