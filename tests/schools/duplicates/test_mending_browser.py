"""The pages on which a duplicate is put right or taken out of force; a phone, kk and ru."""

import pytest
from django.urls import reverse

from kazservices.flow.door import advance
from tests import world
from tests.browsing import check, enter, phone, stand_at
from tests.conftest import on

from . import counter
from .conftest import make_of_two, sign_and_issue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["kk", "ru"])
def page(chromium, live_server, request):
    page = phone(chromium, live_server, request.param)
    page.set_default_timeout(20_000)
    yield page
    page.context.close()


@pytest.fixture
def noon(monkeypatch):
    stand_at(monkeypatch, "2026-03-17 12:00")


@pytest.fixture
def people(school, user, blanks):
    return school, user, blanks


@pytest.fixture
def case(people):
    school, user, blanks = people
    with on("2026-03-16 10:00"):
        case = counter.apply(user, school.office, category="NAME_CHANGED", name_in_document="Әлеива Жанар")
        case = advance(case, "write_out", by=school.clerk, blank=blanks[0].pk)
        return sign_and_issue(case, school)


def test_the_forms_and_what_they_leave(page, live_server, people, case, noon):
    school, user, blanks = people
    enter(page, live_server, school.head)
    for move in ("correct", "withdraw_result"):
        page.goto(live_server.url + reverse("admin:move", args=[case.ref, move]))
        check(page)
    with on("2026-03-17 10:00"):
        old = case.papers.get(kind="duplicate")
        slip = {"paper": old.pk, "wrong": "Әлеива", "right": "Әлиева", "reason": "Әріп қатесі."}
        case = make_of_two(case, "correct", school, blank=blanks[1].pk, **slip)
        case = make_of_two(case, "withdraw_result", school, because="Түпнұсқа жоғалмаған.")
        world.papers.render_waiting()
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    check(page, by_keyboard=False)
    page.goto(live_server.url + reverse("admin:service-page", args=["duplicates", "registers"]) + "?year=2026")
    check(page, by_keyboard=False)
    enter(page, live_server, user)
    page.goto(live_server.url + reverse("portal:case", args=[case.ref]))
    check(page, by_keyboard=False)
