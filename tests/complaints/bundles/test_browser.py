"""The page of a case file on a phone, in both languages: while it is made, when it failed, when it is ready."""

import pytest
from django.urls import reverse

from complaints.bundles import making, service
from complaints.bundles.models import CaseBundle
from tests import world
from tests.browsing import check, enter, shot, stand_at

from .test_losses import lose, put_back

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(place, user):
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office)


def test_it_is_ordered_watched_and_found_ready(page, live_server, monkeypatch, place, case):
    address = live_server.url + reverse("admin:case-page", args=[case.ref, "file"])
    stand_at(monkeypatch, "2026-03-24 10:00")
    enter(page, live_server, place.clerk)
    page.goto(address)
    language = page.locator("html").get_attribute("lang")
    page.locator("aside form button").click()
    CaseBundle.objects.update(state="making", done=5, total=20)
    assert page.locator("#making progress").get_attribute("value") == "0"
    page.wait_for_selector("#making progress[value='25']")  # the page has looked again by itself
    shot(page, f"file-making-{language}")
    check(page, by_keyboard=False)
    before = lose(case.attachments.get())
    making.make_waiting()
    page.goto(address)
    shot(page, f"file-lost-{language}")
    check(page)
    put_back(case.attachments.get(), before)
    service.order(case, by=place.clerk)
    making.make_waiting()
    page.goto(address)
    with page.expect_download() as taken:
        page.locator("td.acts a").click()
    assert taken.value.suggested_filename.startswith("case-file-20260324-")
    page.set_viewport_size({"width": 1440, "height": 900})
    shot(page, f"file-ready-{language}")
    check(page, by_keyboard=False)
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    shot(page, f"file-case-{language}")
