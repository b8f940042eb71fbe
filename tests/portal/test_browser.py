"""A citizen's pages in a real browser: 360 px wide, by keyboard, in kk and ru, and what axe says of them."""

from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.test import Client

from kazservices import clock
from tests import world

pytestmark = [pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PASSPORT = "/services/deferral/"
PUBLIC = (
    "/",
    f"{PASSPORT}?day=2026-03-20&hour=17:00",
    f"{PASSPORT}?day=x",
    "/help/",
    "/enter/",
    "/accessibility/",
    "/no/",
)


def stand_at(monkeypatch, moment):
    """The server answers in threads of its own: its clock stands still for all of them."""
    standing = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Almaty")).astimezone(UTC)
    monkeypatch.setattr(clock, "_fixed", ContextVar("fixed", default=standing))


@pytest.fixture(autouse=True)
def golden_friday(monkeypatch):
    stand_at(monkeypatch, "2026-03-20 17:00")


@pytest.fixture
def page(chromium, live_server, request):
    context = chromium.new_context(viewport={"width": 360, "height": 760}, locale="ru-RU", reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": request.param, "url": live_server.url}])
    page = context.new_page()
    yield page
    context.close()


in_both = pytest.mark.parametrize("page", ["kk", "ru"], indirect=True)


def enter(page, live_server, user):
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": configured.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def faults_of(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]][:3]) for fault in found]


def choose(page, category):
    """Unfold the group of a category and choose it."""
    page.click(f"details:not([open]):has(input[value={category}]) > summary")
    page.check(f"input[name=category][value={category}]")


def check(page, url):
    page.goto(url)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{url} scrolls sideways by {wide} px"
    assert faults_of(page) == [], url
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], url


#: Controls that are less than 44 px high and stand outside running text (2.5.8 wants 24, our own rule 48).
SMALL_TARGETS = """() => [...document.querySelectorAll("main :is(button, .btn, summary, select)")]
    .filter((control) => control.offsetParent !== null && control.getBoundingClientRect().height < 44)
    .map((control) => control.outerHTML.slice(0, 120))"""


@in_both
def test_the_public_pages_fit_a_phone_and_please_axe(page, live_server):
    for path in PUBLIC:
        check(page, live_server.url + path)


@in_both
def test_the_application_fits_a_phone_and_pleases_axe(page, live_server, place, user):
    enter(page, live_server, user)
    check(page, f"{live_server.url}/services/deferral/apply/")
    page.click("main form button[type=submit]")
    assert faults_of(page) == []
    assert page.evaluate("document.activeElement.id") == "errors"
    page.select_option("#id_office", index=1)
    choose(page, "STUDY")
    page.click("main form button[type=submit]")
    page.check("input[name=consent][value=yes]")
    check(page, page.url)
    page.check("input[name=consent][value=yes]")
    page.click("main form button[type=submit]")
    check(page, page.url)
    page.set_input_files("input[type=file]", {"name": "bad.pdf", "mimeType": "application/pdf", "buffer": b"nothing"})
    page.click("main form[enctype] button[type=submit]")
    assert "bad.pdf" in page.inner_text("main")
    assert faults_of(page) == []
    check(page, page.url.replace("papers", "review").split("#")[0])


@in_both
def test_the_cabinet_fits_a_phone_and_pleases_axe(page, live_server, place, user, monkeypatch):
    case = world.to_hearing(user, place)
    stand_at(monkeypatch, "2026-03-30 12:30")
    enter(page, live_server, user)
    term = case.deadlines.first()
    for path in ("/cases/", f"/cases/{case.ref}/", f"/cases/{case.ref}/why/{term.pk}/", f"/cases/{case.ref}/opened/",
                 f"/cases/{case.ref}/do/give_position/", f"/cases/{case.ref}/do/withdraw/", "/letters/"):  # fmt: skip
        check(page, live_server.url + path)


@in_both
def test_every_control_is_reached_by_keyboard(page, live_server):
    page.goto(live_server.url + "/services/deferral/")
    wanted = page.evaluate("document.querySelectorAll('a[href], button, input:not([type=hidden]), summary').length")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(wanted * 3):
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200) + document.activeElement.offsetTop"))
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    hidden = page.evaluate("[...document.querySelectorAll('details:not([open]) :is(a[href], button, input)')].length")
    assert len(reached) >= wanted - hidden


@in_both
def test_it_works_without_scripts(page, live_server, chromium, place, user):
    context = chromium.new_context(viewport={"width": 360, "height": 760}, java_script_enabled=False)
    bare = context.new_page()
    enter(bare, live_server, user)
    bare.goto(f"{live_server.url}/services/deferral/apply/")
    bare.select_option("#id_office", index=1)
    choose(bare, "STUDY")
    bare.click("main form button[type=submit]")
    assert "/consent/" in bare.url
    context.close()
