"""A parent on a telephone, 360 px wide, in Kazakh and in Russian: from «for whom» to the receipt, errors too."""

from datetime import date

import pytest

from kazservices.cases.models import Case
from kazservices.gateways.standin import World
from tests import world
from tests.browsing import check, enter, phone, stand_at

pytestmark = [pytest.mark.django_db(transaction=True)]
MOTHER, CHILD, GROWN = "810214205017", "090510105057", "050302105069"


@pytest.fixture(params=["kk", "ru"])
def page(chromium, live_server, request, monkeypatch):
    stand_at(monkeypatch, "2026-03-20 17:00")
    page = phone(chromium, live_server, request.param)
    yield page
    page.context.close()


def go_on(page):
    page.click("main form button[type=submit]")
    page.wait_for_load_state()


def test_a_parent_applies_for_a_child_on_a_telephone(page, live_server, place, outside, monkeypatch):
    families = World()

    def ask(register, iin, *, key):
        return families.register(register, iin)

    monkeypatch.setattr("kazservices.gateways.registers.ask", ask)
    mother = world.build_recipient(MOTHER, full_name="Әлиева Гүлнар Сапарқызы", birth_date=date(1981, 2, 14))
    enter(page, live_server, mother)
    page.goto(f"{live_server.url}/services/deferral/apply/")
    page.click("main a[href$='/apply/whom/']")
    check(page)
    page.click("main a[href$='/whom/parent/']")
    check(page)
    page.fill("#id_iin", GROWN)
    page.check("#id_agreed")
    go_on(page)
    page.wait_for_function("document.activeElement.id === 'errors'")
    check(page)
    page.fill("#id_iin", CHILD)
    go_on(page)
    page.wait_for_url("**/category/")
    assert "Әлиев Самат Ерланұлы" in page.inner_text("main")
    page.select_option("#id_office", index=1)
    page.click("details:not([open]):has(input[value=STUDY]) > summary")
    page.check("input[name=category][value=STUDY]")
    go_on(page)
    page.check("input[name=consent][value=yes]")
    go_on(page)
    page.set_input_files(
        "input[type=file]", {"name": "a.png", "mimeType": "image/png", "buffer": world.picture().read()}
    )
    page.click("main form[enctype] button[type=submit]")
    page.wait_for_selector("main >> text=a.png")
    page.click("main .row a.btn")
    page.wait_for_url("**/review/")
    check(page)
    go_on(page)
    page.fill("#id_code", outside.code)
    page.click("main form.card button[type=submit]")
    page.wait_for_url("**/cases/**")
    check(page)
    assert Case.objects.get().applicant.iin == CHILD
