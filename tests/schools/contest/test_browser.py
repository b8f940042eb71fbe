"""The contest in a real browser: it fits a phone, axe finds nothing, each control takes the focus; kk and ru."""

import pytest
from django.urls import reverse

from tests import world as common
from tests.browsing import check, enter, stand_at
from tests.schools.contest import world

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(school, parent):
    return school, parent


def test_the_pages_of_a_contest(page, live_server, monkeypatch, people, language):
    school, parent = people
    rows, scores = [{} for _ in range(13)], [(60 - n, n % 3) for n in range(13)]
    case = world.to_published(school, rows, scores, places={"7": 2})
    row = case.applications.order_by("pk").first()
    row.applicant.user = parent
    row.applicant.save()
    for person in (school.head, parent):
        person.language = language
        person.save(update_fields=["language"])
    stand_at(monkeypatch, "2026-04-21 12:00")
    page.goto(f"{live_server.url}/services/contest_application/board/")
    check(page)
    enter(page, live_server, school.head)
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    check(page, by_keyboard=False)
    page.goto(live_server.url + reverse("admin:move", args=[case.ref, "select_own"]))
    check(page)
    with common.at("2026-04-21 12:00"):
        world.sweeps.run("moves")
    enter(page, live_server, parent)
    page.goto(live_server.url + reverse("portal:case", args=[row.ref]))
    check(page, by_keyboard=False)
    page.goto(f"{live_server.url}/services/contest_application/")
    check(page, by_keyboard=False)
