"""An office opened from nothing in the browser takes its first case: by the operator, his staff, and a citizen."""

import re

import pytest
from django.urls import reverse

from kazservices.cases.models import Case
from kazservices.gateways import registers, sms
from kazservices.notices import delivery
from kazservices.notices.models import Notice
from kazservices.offices.absences import note_absence
from kazservices.offices.models import Office, User
from tests import world
from tests.backoffice.test_opening import OFFICE, lines
from tests.browsing import PHONE, check, enter, phone, stand_at

pytestmark = [pytest.mark.django_db(transaction=True)]
IIN = "000101100016"
SEND = "main form.act button[type=submit]"


@pytest.fixture(params=["kk", "ru"])
def language(request):
    return request.param


@pytest.fixture
def page(chromium, live_server, language, settings):
    settings.KAZ_PUBLIC_URL = live_server.url
    page = phone(chromium, live_server, language)
    page.set_default_timeout(15_000)
    yield page
    page.context.close()


@pytest.fixture
def messages(monkeypatch):
    """The gateway takes every message; the registers know one citizen."""
    sent = []
    known = {"found": True, "phone": "+77000000000", "full_name": "Сәбитов Ерасыл Думанұлы", "birth_date": "2004-05-17"}
    monkeypatch.setattr(sms, "send", lambda number, text, *, key: sent.append(text))
    monkeypatch.setattr(registers, "ask", lambda register, iin, *, key: known if iin == IIN else {"found": False})
    return sent


def fill(page, values):
    for name, value in values.items():
        field = page.locator(f"main form.act [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def file_of(text):
    return {"name": "staff.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}


def at_step(page, name):
    page.wait_for_url(f"**/{name}/*")
    return page


@pytest.fixture
def friday(monkeypatch):
    stand_at(monkeypatch, "2026-03-20 10:00")


@pytest.mark.usefixtures("friday")
def test_an_office_opened_from_nothing_takes_its_first_case(page, live_server, place, user, messages):
    enter(page, live_server, place.operator)
    page.goto(live_server.url + reverse("admin:openings"))
    check(page)
    page.click("a[href$='/open/new/']")
    fill(page, OFFICE | {"bin": "090140000018"})
    page.click(SEND)
    page.wait_for_function("document.activeElement.id === 'errors'")
    check(page)
    fill(page, {"bin": OFFICE["bin"]})
    page.click(SEND)
    at_step(page, "hours")
    check(page)
    fill(page, {"deferral": "akimat", "exemption": "akimat"})
    page.click(SEND)
    at_step(page, "superior")
    check(page)
    page.select_option(
        "#id_superior_body", label="01 · " + ("Облыс әкімдігі" if "kk" in cookie(page) else "Акимат области")
    )
    page.click(SEND)
    at_step(page, "commission")
    fill(page, {"order_number": "7-Ө", "order_date": "2026-03-02", "since": "2026-03-16", "until": "2026-12-31"})
    page.click(SEND)
    page.wait_for_selector("main [role=status]")
    check(page)
    page.click("form.act a.btn[href$='/staff/']")
    page.set_input_files("#id_file", file_of(lines(role="king")))
    page.click(SEND)
    page.wait_for_selector("#errors")
    check(page)
    page.fill("#id_text", lines(separator=";"))  # put right in place
    page.click(SEND)
    page.wait_for_selector("main [role=status]")
    check(page)
    page.click("form.act a.btn[href$='/letter/']")
    page.click("main form.send button")
    page.wait_for_selector("main table")
    delivery.deliver_waiting()
    page.click("main form.send a[href$='/letter/']")
    page.wait_for_selector("main table .chip.ok")
    check(page)
    page.click("form.send a.btn[href$='/check/']")
    check(page)
    page.click("main form.send button")
    page.wait_for_selector("main [role=status]")
    check(page)
    office = Office.objects.get(code="09")
    assert office.openings.get().by == place.operator
    sets_his_password(page.context.browser, live_server, "c09")
    case = files(page.context.browser, live_server, user, office, messages)
    assert (case.office, case.number) == (office, "КҚ-09-2026-000001")
    assert Case.objects.visible_to(User.objects.get(username="c09")).get().pk == case.pk


def cookie(page):
    return next(one["value"] for one in page.context.cookies() if one["name"] == "django_language")


def sets_his_password(browser, live_server, login):
    """By the link of his letter, without scripts; then he enters with it."""
    body = Notice.objects.get(letter="staff_invitation", recipient__username=login, channel="email").body
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(re.search(r"http\S+/admin/password/\S+", body).group())
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", "tas-joly-2026")
    page.click("main form button[type=submit]")
    page.fill("#id_username", login)
    page.fill("#id_password", "tas-joly-2026")
    page.click("main form button[type=submit]")
    page.wait_for_selector("nav.side")
    context.close()


def files(browser, live_server, user, office, messages):
    """A citizen chooses the new office, and sends a complete application to it."""
    page = phone(browser, live_server, "kk")
    enter(page, live_server, user)
    page.goto(f"{live_server.url}/services/deferral/apply/")
    page.select_option("#id_office", value=str(office.pk))
    page.click("details:not([open]):has(input[value=STUDY]) > summary")
    page.check("input[name=category][value=STUDY]")
    page.click("main form button[type=submit]")
    page.check("input[name=consent][value=yes]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/papers/")
    picture = {"name": "good.png", "mimeType": "image/png", "buffer": world.picture().read()}
    page.set_input_files("input[type=file]", picture)
    page.click("main form[enctype] button[type=submit]")
    page.click("main a[href$='/review/']")
    page.click("main form:not([action]) button[type=submit]")
    page.wait_for_url("**/sign/")
    page.fill("#id_code", re.search(r"\d{6}", messages[-1]).group())
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    page.context.close()
    return Case.objects.get(office=office)


def test_the_pages_of_absences_and_of_a_dead_link(page, live_server, place, monkeypatch):
    stand_at(monkeypatch, "2026-03-27 10:00")
    enter(page, live_server, place.head)
    note_absence(
        user=place.secretary, office=place.office, since=world.date(2026, 3, 30), until=world.date(2026, 4, 3),
        reason="Еңбек демалысы", by=place.head, substitute=place.clerk, act="№ 41-ж",
    )  # fmt: skip
    page.goto(live_server.url + reverse("admin:absences"))
    check(page)
    page.click("form.act button[type=submit]")
    page.wait_for_selector("#errors")
    check(page)
    page.context.clear_cookies(name="sessionid")
    page.goto(live_server.url + reverse("admin:set-password", args=["MQ", "no-token"]))
    check(page)
