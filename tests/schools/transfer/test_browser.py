"""In a real browser, 360 px wide: the clerk's pages, the leaving school's, the parent's; and what changes by itself."""

import pytest
from django.urls import reverse

from kazservices.counter import service as tickets
from tests import world
from tests.browsing import check, enter, stand_at

from . import scene

pytestmark = [pytest.mark.django_db(transaction=True)]


def opened(page, live_server, monkeypatch, person, moment="2026-04-15 13:10"):
    stand_at(monkeypatch, moment)
    enter(page, live_server, person)
    return live_server.url


def test_the_clerks_pages_hold_on_a_phone(page, live_server, monkeypatch, school, leaving):
    with world.at("2026-04-15 12:40"):
        first = tickets.call(tickets.issue(school.office, "transfer", by=school.clerk), by=school.clerk)
        tickets.issue(school.office, "transfer", by=school.clerk)
    done = scene.admit(scene.brought(school, "2026-04-15 10:00"), school)
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "coupon_number": "Т-7"}
    open_ = scene.brought(school, "2026-04-15 12:50", ticket=first, **other)
    paper = done.papers.get(kind="transfer_receipt")
    address = opened(page, live_server, monkeypatch, school.clerk)
    for name, args in (
        ("queue", []), ("tickets", []), ("ticket", [first.pk]), ("kept-results", []),
        ("hand-paper", [done.ref, paper.pk]), ("case", [open_.ref]),
    ):  # fmt: skip
        page.goto(address + reverse(f"admin:{name}", args=args))
        check(page, by_keyboard=name in ("tickets", "hand-paper"))
    enter(page, live_server, leaving.clerk)
    for name, args in (("shared", []), ("shared-case", [open_.ref]), ("shared-move", [open_.ref, "deny_coupon"])):
        page.goto(address + reverse(f"admin:{name}", args=args))
        check(page, by_keyboard=name == "shared-move")
    enter(page, live_server, school.auditor)
    page.goto(address + reverse("reports:counter"))
    check(page, by_keyboard=False)


def test_a_parent_sees_on_a_phone_why_the_answer_comes_at_ten_to_three(page, live_server, monkeypatch, two_schools):
    parent = scene.build_parent()
    case = scene.filed(parent, two_schools[0], "2026-04-15 12:50")
    address = opened(page, live_server, monkeypatch, parent, "2026-04-15 13:30")
    page.goto(address + reverse("portal:case", args=[case.ref]))
    check(page)
    said, language = page.inner_text("main"), page.get_attribute("html", "lang")
    assert "14:50" in said
    assert {"kk": "түскі үзіліс. Жалғасады: 14:30", "ru": "обеденный перерыв. Продолжится: 14:30"}[language] in said
    assert {"kk": "13:00–14:30: есептелмейді", "ru": "13:00–14:30: не считается"}[language] in said


def test_the_board_asks_for_itself_anew_and_leaves_the_busy_alone(page, live_server, monkeypatch, school):
    address = opened(page, live_server, monkeypatch, school.clerk, "2026-04-15 09:00")
    page.clock.install()
    page.goto(address + reverse("admin:tickets"))
    assert page.locator("#board tbody tr").count() == 0
    with world.at("2026-04-15 09:00"):
        tickets.issue(school.office, "transfer", by=school.clerk)
    page.clock.run_for(21_000)
    page.wait_for_selector("#board tbody tr")
    stand_at(monkeypatch, "2026-04-15 09:12")
    page.clock.run_for(21_000)
    page.wait_for_selector("#board .chip.warn")
    page.locator("#board button").first.focus()
    stand_at(monkeypatch, "2026-04-15 09:20")
    page.clock.run_for(41_000)
    assert page.locator("#board .chip.bad").count() == 0  # a hand is on its button: nothing moves under it
