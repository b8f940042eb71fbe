"""In a real browser: a person files for a duplicate at 360 px, the school makes it and hands it over.

Friday 5 June 2026, 10:00: accepted that day, D1 is Monday 8 June, D5 Friday 12 June, D15 Friday 26 June, 18:00.
"""

import pytest
from django.urls import reverse

from kazservices.documents import papers
from kazservices.gateways import registers, sms
from schools.duplicates.models import DuplicateApplication
from schools.duplicates.states import State
from tests import world
from tests.browsing import check, enter, shot, stand_at

from . import counter
from .conftest import sign_and_issue
from .test_exchange import Direction, sent

pytestmark = [pytest.mark.django_db(transaction=True)]
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def phone_of(monkeypatch):
    """The messages that come to the person's telephone; the register knows him."""
    came = []
    answer = {
        "found": True,
        "phone": "+77000000000",
        "full_name": "Сәбитов Ерасыл Думанұлы",
        "birth_date": "1998-01-01",
    }
    monkeypatch.setattr(registers, "ask", lambda register, iin, *, key: answer)
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: came.append(text))
    return came


def speaks(language, *people):
    for person in people:
        person.language = language
        person.save(update_fields=["language"])


def onward(page):
    page.click("main form:not([action]) button[type=submit]")


def code_in(text) -> str:
    return next(
        word for word in text.replace(".", " ").replace(":", " ").split() if word.isdecimal() and len(word) == 6
    )


def file_on_the_phone(page, address, came):
    """From the choice of the situation to the case; each page is asked what is asked of every page."""
    page.goto(f"{address}/services/duplicates/apply/")
    check(page, by_keyboard=False)
    page.select_option("#id_office", index=1)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    page.check("input[name=category][value=LOST]")
    onward(page)
    page.check("input[name=school_closed][value=no]")
    check(page, by_keyboard=False)
    onward(page)
    page.check("input[name=document][value=general]") if page.locator("input[name=document]").count() else (
        page.select_option("#id_document", "general")
    )
    page.fill("#id_graduated_in", "2015")
    page.fill("#id_circumstances", "Көшу кезінде жоғалды.")
    page.check("input[name=pick_up][value=school]") if page.locator("input[name=pick_up]").count() else (
        page.select_option("#id_pick_up", "school")
    )
    check(page)
    shot(page, f"duplicates-form-{page.get_attribute('html', 'lang')}")
    onward(page)
    page.check("input[name=consent][value=yes]")
    onward(page)
    page.wait_for_url("**/papers/")
    check(page, by_keyboard=False)
    page.click("main a[href$='/review/']")
    check(page, by_keyboard=False)
    shot(page, f"duplicates-review-{page.get_attribute('html', 'lang')}")
    onward(page)
    page.wait_for_url("**/sign/")
    page.fill("#id_code", code_in(came[-1]))
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")


@pytest.mark.norm("DUP-19", "DUP-26-3", "DUP-28")
def test_a_lost_certificate_from_the_phone_to_the_hands(  # noqa: PLR0917
    page, live_server, monkeypatch, user, school, blanks, phone_of, language
):
    speaks(language, user, school.clerk, school.head, school.academic_deputy)
    stand_at(monkeypatch, "2026-06-05 10:00")
    enter(page, live_server, user)
    file_on_the_phone(page, live_server.url, phone_of)
    check(page)
    shot(page, f"duplicates-filed-{language}")
    assert {"kk": "26 маусым", "ru": "26 июня"}[language] in page.inner_text("main")  # D15, Friday
    case = DuplicateApplication.objects.get()
    assert case.state == State.REGISTERED
    the_school_makes_it(page, live_server, monkeypatch, school, case)
    stand_at(monkeypatch, "2026-06-12 09:30")
    enter(page, live_server, user)
    page.goto(f"{live_server.url}/cases/{case.ref}/")
    check(page)
    shot(page, f"duplicates-ready-{language}")
    assert {"kk": "Мектеп көшесі, 1", "ru": "ул. Школьная, 1"}[language] in page.inner_text("main")
    enter(page, live_server, school.clerk)
    page.goto(live_server.url + reverse("admin:move", args=[case.ref, "hand_over"]))
    check(page)
    page.check("input[name=received_by][value=self]")
    page.fill("[name=identity]", "жеке куәлік № 040000000")
    page.click("main form button[type=submit]")
    case.refresh_from_db()
    assert case.state == State.HANDED_OVER


def the_school_makes_it(page, live_server, monkeypatch, school, case):
    """D4, Thursday 11 June: the clerk takes a blank, the deputy and the head sign the same bytes."""
    stand_at(monkeypatch, "2026-06-11 10:00")
    language = page.get_attribute("html", "lang")
    page.set_viewport_size(DESK)
    enter(page, live_server, school.clerk)
    page.goto(live_server.url + reverse("admin:move", args=[case.ref, "write_out"]))
    page.select_option("[name=blank]", index=1)
    check(page)
    page.click("main form button[type=submit]")
    enter(page, live_server, school.academic_deputy)
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    page.click("form[action*='/moves/issue_duplicate/'] button[type=submit]")
    papers.render_waiting()
    page.reload()
    page.wait_for_selector("form:has([name=sha256])")
    shot(page, f"duplicates-sign-{language}")
    page.click("form:has([name=sha256]) button[type=submit]")
    enter(page, live_server, school.head)
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    page.click("main a[href*='/sign/']")
    page.click("form:has([name=sha256]) button[type=submit]")
    case.refresh_from_db()
    assert case.state == State.OFFERED
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    check(page, by_keyboard=False)
    shot(page, f"duplicates-case-{language}")
    page.set_viewport_size({"width": 360, "height": 760})


@pytest.fixture
def busy(school, corporation, blanks, user):
    """An application of the portal, another on a register of the State Corporation that waits to be counted."""
    with world.at("2026-06-01 10:00"):
        here = counter.apply(user, school.office)
        there = counter.apply(
            corporation.clerk, school.office, channel=counter.Channel.STATE_CORPORATION, recipient=counter.person()
        )
        register = sent(Direction.APPLICATIONS, school, corporation, [there], corporation.clerk)
    return {"here": here, "there": there, "register": register}


def test_the_pages_of_the_desk_hold_on_a_phone_and_on_a_screen(  # noqa: PLR0917
    page, live_server, monkeypatch, school, corporation, busy, blanks, language
):
    speaks(language, school.clerk, corporation.clerk)
    with world.at("2026-06-02 10:00"):
        case = world.make(busy["here"], "write_out", school.clerk, blank=blanks[0].pk)
        sign_and_issue(case, school)
    stand_at(monkeypatch, "2026-06-02 11:00")
    enter(page, live_server, school.clerk)
    pages = [("duplicates", code) for code in ("exchange", "storage", "blanks", "registers")] + [
        ("original", "originals")
    ]
    for service, code in pages:
        page.goto(live_server.url + reverse("admin:service-page", args=[service, code]))
        check(page, by_keyboard=code == "exchange")
        shot(page, f"duplicates-{code}-{language}")
    enter(page, live_server, corporation.clerk)
    for code in ("exchange", "storage"):
        page.goto(live_server.url + reverse("admin:service-page", args=["duplicates", code]))
        check(page, by_keyboard=False)
        shot(page, f"duplicates-there-{code}-{language}")
    page.goto(live_server.url + "/services/duplicates/board/")
    check(page)
