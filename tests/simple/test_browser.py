"""The pages of a service in one file in a real browser: a phone, axe, the keyboard; the desk at full width."""

import os
from pathlib import Path

import pytest

from kazservices.cases.models import Draft
from kazservices.documents import papers
from tests import world
from tests.browsing import check, enter, phone, stand_at

from . import school as at_school

pytestmark = [pytest.mark.django_db(transaction=True)]
PUBLIC = ("/", "/services/home-schooling/", "/services/preschool/", "/services/attestation/", "/services/contest/")
SHOTS = os.environ.get("KAZ_SHOTS", "")


@pytest.fixture(autouse=True)
def golden_friday(monkeypatch):
    stand_at(monkeypatch, "2026-03-20 12:50")


@pytest.fixture
def page(chromium, live_server, request):
    page = phone(chromium, live_server, request.param)
    yield page
    page.context.close()


in_both = pytest.mark.parametrize("page", ["kk", "ru"], indirect=True)


def look(page, name):
    """Checked, and kept as a picture where one is wanted."""
    check(page)
    if SHOTS:
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 760})


def language(page):
    return page.evaluate("document.documentElement.lang")


@in_both
def test_the_public_pages_fit_a_phone(page, live_server):
    for url in PUBLIC:
        page.goto(f"{live_server.url}{url}")
        look(page, f"{url.strip('/').replace('/', '-') or 'home'}-{language(page)}")


@in_both
def test_a_parent_files_and_reads_the_answer(page, live_server, user, school):
    enter(page, live_server, user)
    page.goto(f"{live_server.url}/services/meals/apply/")
    look(page, f"category-{language(page)}")
    case = at_school.apply(user, school.office, "home-schooling")
    page.goto(f"{live_server.url}/cases/{case.ref}/")
    look(page, f"filed-{language(page)}")
    case = world.make(case, "grant", school.head, motive="Сабақ кестесі қоса берілді.")
    papers.render_waiting()
    page.goto(f"{live_server.url}/cases/{case.ref}/")
    look(page, f"granted-{language(page)}")
    refused = at_school.apply(user, school.office, "preschool")
    refused = world.make(refused, "refuse", school.head, grounds=["law-1"], motive="Жолдаманың нөмірі дұрыс емес.")
    page.goto(f"{live_server.url}/cases/{refused.ref}/")
    look(page, f"refused-{language(page)}")
    assert not Draft.objects.filter(case=None).exists()
    if SHOTS:
        for made in (case, refused):
            for paper in made.papers.issued():
                Path(SHOTS, f"{paper.kind}.pdf").write_bytes(papers.read(paper))


@in_both
def test_the_head_decides_at_the_desk(page, live_server, user, school):
    case = at_school.apply(user, school.office, "preschool")
    papers.render_waiting()
    page.set_viewport_size({"width": 1440, "height": 900})
    for who, name in ((school.head, "head"), (school.clerk, "clerk")):
        enter(page, live_server, who)
        page.goto(f"{live_server.url}/admin/cases/{case.ref}/")
        look(page, f"desk-{name}-{language(page)}")
