"""The page of stuck work in the browser: on a phone, by the keyboard, with and without anything on it."""

import pytest
from django.urls import reverse

from kazservices.deadlines.models import Rerun
from kazservices.documents.models import Paper
from kazservices.notices.models import TRIES, Channel, Notice
from tests import world
from tests.browsing import check, enter, phone, shot, stand_at

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    stand_at(monkeypatch, "2026-03-24 12:00")


def look(page, name):
    check(page)
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        shot(page, f"{name}-{page.evaluate('document.documentElement.lang')}-{width}")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_operator_runs_stuck_work_again(chromium, live_server, user, place, language):
    user.phone = "+77010000001"
    user.save()
    world.apply(user, place.office)
    Notice.objects.exclude(channel=Channel.CABINET).update(attempts=TRIES, error="ConnectError")
    Paper.objects.update(attempts=7, fault="CannotDraw")
    page = phone(chromium, live_server, language)
    enter(page, live_server, place.operator)
    page.goto(f"{live_server.url}{reverse('admin:sweeps')}")
    look(page, "state")
    page.goto(f"{live_server.url}{reverse('admin:stuck')}")
    look(page, "stuck")
    rows = page.locator("tbody tr").count()
    page.locator("tbody button").first.click()
    assert page.locator("[aria-labelledby=owed] tbody tr").count() == rows - 1
    page.locator("main form button").first.click()
    look(page, "nothing-stuck")
    assert Rerun.objects.count() == rows
    page.context.close()
