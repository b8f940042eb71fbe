"""A citizen's pages in a real browser: 360 px wide, by keyboard, in kk and ru, and what axe says of them."""

import pytest

from tests import world
from tests.browsing import PHONE, enter, faults_of, phone, stand_at
from tests.browsing import check as check_page

pytestmark = [pytest.mark.django_db(transaction=True)]
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


@pytest.fixture(autouse=True)
def golden_friday(monkeypatch):
    stand_at(monkeypatch, "2026-03-20 17:00")


@pytest.fixture
def page(chromium, live_server, request):
    page = phone(chromium, live_server, request.param)
    yield page
    page.context.close()


in_both = pytest.mark.parametrize("page", ["kk", "ru"], indirect=True)


def choose(page, category):
    """Unfold the group of a category and choose it."""
    page.click(f"details:not([open]):has(input[value={category}]) > summary")
    page.check(f"input[name=category][value={category}]")


def check(page, url):
    page.goto(url)
    check_page(page)
    assert page.evaluate(SMALL_TARGETS) == [], url


#: Controls that are less than 44 px high and stand outside running text (2.5.8 wants 24, our own rule 48).
SMALL_TARGETS = """() => [...document.querySelectorAll("main :is(button, .btn, summary, select)")]
    .filter((control) => control.offsetParent !== null && control.getBoundingClientRect().height < 44)
    .map((control) => control.outerHTML.slice(0, 120))"""


@in_both
def test_the_public_pages_fit_a_phone_and_please_axe(page, live_server):
    for path in PUBLIC:
        check(page, live_server.url + path)


@in_both
def test_the_application_fits_a_phone_and_pleases_axe(page, live_server, place, user, outside):
    enter(page, live_server, user)
    check(page, f"{live_server.url}/services/deferral/apply/")
    page.click("main form button[type=submit]")
    assert faults_of(page) == []
    page.wait_for_function("document.activeElement.id === 'errors'")
    page.select_option("#id_office", index=1)
    choose(page, "STUDY")
    page.click("main form button[type=submit]")
    page.check("input[name=consent][value=yes]")
    check(page, page.url)
    page.check("input[name=consent][value=yes]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/papers/")
    check(page, page.url)
    page.set_input_files("input[type=file]", {"name": "bad.pdf", "mimeType": "application/pdf", "buffer": b"nothing"})
    page.click("main form[enctype] button[type=submit]")
    page.wait_for_selector("main >> text=bad.pdf")
    assert faults_of(page) == []
    check(page, page.url.replace("papers", "review").split("#")[0])
    page.click("main .steps a[href$='/papers/']")
    picture = world.picture().read()
    page.set_input_files("input[type=file]", {"name": "good.png", "mimeType": "image/png", "buffer": picture})
    page.click("main form[enctype] button[type=submit]")
    page.click("main a[href$='/review/']")
    page.click("main form:not([action]) button[type=submit]")
    page.wait_for_url("**/sign/")
    check(page, page.url)
    page.fill("#id_code", outside.code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    check(page, page.url)


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
def test_the_first_tab_leads_past_the_menu(page, live_server):
    page.goto(live_server.url + PASSPORT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


@in_both
def test_it_works_without_scripts(page, live_server, chromium, place, user):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    bare = context.new_page()
    enter(bare, live_server, user)
    bare.goto(f"{live_server.url}/services/deferral/apply/")
    bare.select_option("#id_office", index=1)
    choose(bare, "STUDY")
    bare.click("main form button[type=submit]")
    assert "/consent/" in bare.url
    context.close()
