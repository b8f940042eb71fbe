"""What the pages say to whoever is late: the closed page names the way to a receipt, the counter gives one too."""

import pytest
from django.urls import reverse

from kazservices.cases.models import Draft
from kazservices.documents import papers
from kazservices.passports import service as passports
from schools.contest.models import ContestApplication
from tests import world as common
from tests.browsing import check, enter, phone, stand_at
from tests.schools.contest import world

pytestmark = pytest.mark.django_db
LATE = "2026-04-02 10:00"
SERVICE = world.SERVICE


@pytest.fixture
def campaign(school):
    return world.to_intake(school, {"7": 20})


@pytest.mark.norm("ADM-C19")
def test_the_closed_page_leads_the_late_to_a_receipt(client, school, campaign, parent):
    client.force_login(parent)
    apply, whom = reverse("portal:apply", args=[SERVICE]), reverse("portal:apply-whom", args=[SERVICE])
    with common.at(LATE):
        closed = client.get(apply).content.decode()
        assert f"{apply}?late=1" in closed
        assert f"{whom}?late=1" in client.get(f"{apply}?late=1").content.decode()
        child = reverse("portal:apply-for", args=[SERVICE, "parent"])
        assert f"{child}?late=1" in client.get(f"{whom}?late=1").content.decode()
        assert "late=1" not in client.get(whom).content.decode().replace(f"{apply}?late=1", "")


def test_before_the_period_the_closed_page_leads_nowhere(client, school, parent):
    world.begin_campaign(school)
    client.force_login(parent)
    apply = reverse("portal:apply", args=[SERVICE])
    with common.at("2026-02-20 10:00"):
        for query in ("", "?late=1"):
            page = client.get(apply + query).content.decode()
            assert 'name="category"' not in page
            assert f'href="{apply}?late=1"' not in page


@pytest.mark.norm("ADM-C19")
def test_before_signing_the_late_is_told_what_follows(client, school, campaign, parent):
    client.force_login(parent)
    with common.at(LATE):
        draft = world.filing(parent, school.office).draft
        told(draft)
        page = client.get(reverse("portal:review", args=[draft.ref])).content.decode()
    assert "кеш берілгендіктен қабылданбайды" in page
    assert '<form class="row" method="post">' in page


@pytest.mark.norm("ADM-C19")
def test_the_receipt_lies_in_the_cabinet_and_the_page_says_late(client, school, campaign, parent):
    with common.at(LATE):
        filed = world.filing(parent, school.office)
        told(filed.draft)
        case = world.take(filed)
        papers.render_waiting()
        client.force_login(parent)
        page = client.get(reverse("portal:case", args=[case.ref])).content.decode()
        review = client.get(reverse("portal:review", args=[filed.draft.ref])).content.decode()
        client.force_login(school.clerk)
        desk = client.get(reverse("admin:case", args=[case.ref])).content.decode()
    assert "кеш тапсырылды" in page
    assert reverse("portal:papers", args=[filed.draft.ref]) not in page
    assert '<form class="row" method="post">' not in review
    assert "Кеш берілді" in desk


@pytest.mark.norm("ADM-C19", "LAW-4-1-4")
def test_at_the_counter_the_late_gets_the_same_receipt(client, school, campaign, parent):
    client.force_login(school.clerk)
    with common.at(LATE):
        category = passports.edition_on(SERVICE, school.office.today()).categories.get(code="CLASS_7")
        said = {"situation": f"{school.office.pk}-{category.pk}", "iin": "000101100016", "full_name": "Серіков Әлі",
                "birth_date": "2014-05-01", "language": "kk"}  # fmt: skip
        client.post(reverse("admin:counter"), said)
        draft = Draft.objects.get()
        address = reverse("admin:counter-draft", args=[draft.ref])
        assert "кеш берілгендіктен" in client.get(address).content.decode()
        said = {"has_diploma": "no", "study_language": "kk", "email": "a@example.kz", "consent": "yes", "act": "take",
                "handed_in": ["birth_certificate", "school_certificate", "photos"]}  # fmt: skip
        client.post(address, said)
    case = ContestApplication.objects.get()
    assert case.state == "not_taken"
    receipt = case.papers.get(kind="not_taken_receipt")
    assert (receipt.facts["late"] or {}).get("ended_on") == "2026-04-01"
    assert Draft.objects.get().previous_id == case.pk


@pytest.fixture(params=["kk", "ru"])
def page(chromium, live_server, request):
    page = phone(chromium, live_server, request.param)
    yield page
    page.context.close()


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_the_late(page, live_server, monkeypatch, school, parent):
    world.to_intake(school, {"7": 20})
    with common.at(LATE):
        first, other = world.filing(parent, school.office), world.filing(parent, school.office)
        told(first.draft)
        told(other.draft)
        case = world.take(other)
    stand_at(monkeypatch, LATE)
    enter(page, live_server, parent)
    page.goto(live_server.url + reverse("portal:apply", args=[SERVICE]))
    check(page)
    page.goto(live_server.url + reverse("portal:review", args=[first.draft.ref]))
    check(page)
    page.goto(live_server.url + reverse("portal:case", args=[case.ref]))
    check(page, by_keyboard=False)


def told(draft):
    """Everything is written into the draft, as the pages would keep it."""
    said = {"study_language": "kk", "email": "a@example.kz"}
    draft.data = {"category": "CLASS_7", "answers": {"has_diploma": False}, "particulars": said, **draft.data}
    draft.save()
