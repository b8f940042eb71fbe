"""The registers on a phone and on a desk screen, by keyboard, in both languages."""

from datetime import date

import pytest
from django.urls import reverse

from tests import world
from tests.browsing import check, enter, shot, stand_at

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(place, user, keep):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    with world.at("2026-03-24 10:00"):
        line = keep.proposal(their_number="07-1/15", numbers=(case.number,), answer_by=date(2026, 3, 25))
        keep.measure(line)
        keep.close(keep.measure(line, what="Кесте бекіту"))
        keep.conclusion()
        keep.measure(case)
    return case, line


def test_the_registers_fit_a_phone_and_are_filled_in_by_keyboard(page, live_server, monkeypatch, place, filled):
    case, line = filled
    stand_at(monkeypatch, "2026-03-30 10:00")
    enter(page, live_server, place.clerk)
    address = f"{live_server.url}{reverse('admin:service-page', args=['registers', 'quality'])}"
    pages = {
        "proposals": address,
        "measures": f"{address}?book=measures",
        "line": f"{address}?book=proposals&one={line.pk}",
        "case": live_server.url + reverse("admin:case-page", args=[case.ref, "measures"]),
    }
    for name, where in pages.items():
        page.goto(where)
        language = page.locator("html").get_attribute("lang")
        shot(page, f"registers-{name}-{language}")
        check(page, by_keyboard=name == "line")
    page.set_viewport_size({"width": 1440, "height": 900})
    for name in ("proposals", "line"):
        page.goto(pages[name])
        shot(page, f"registers-{name}-{language}-wide")
        check(page, by_keyboard=False)
