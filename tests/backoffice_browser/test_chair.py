"""The chair with a phone: 360 px wide, by keyboard, in kk and ru, and what axe says of the pages of the desk."""

import pytest
from django.urls import reverse

from kazservices.documents import papers
from kazservices.documents.models import Paper
from tests import world
from tests.browsing import check, enter, stand_at

pytestmark = [pytest.mark.django_db(transaction=True)]

#: The page of a paper that is being drawn loads itself again; not while it is being examined.
NO_LOOKING_AGAIN = "() => { for (let id = setTimeout(() => 0); id; id--) clearTimeout(id); }"


@pytest.fixture
def chair(place, language):
    place.chair.language = language
    place.chair.save(update_fields=["language"])
    return place.chair


@pytest.fixture
def desk(page, live_server, monkeypatch):
    """The desk at a moment; whoever is named has entered already."""

    def open_at(moment, user=None):
        stand_at(monkeypatch, moment)
        if user:
            enter(page, live_server, user)
        return live_server.url

    return open_at


def of_case(case):
    return reverse("admin:case", args=[case.ref])


def draw(case):
    """What the worker would do: the paper that waits is drawn."""
    for waiting in Paper.objects.filter(case=case.pk, state=Paper.State.WAITING):
        papers.render(waiting.pk)


def test_the_chair_enters_and_sends_an_application_on_by_keyboard(page, place, user, chair, desk):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    address = desk("2026-03-26 10:00")
    page.goto(f"{address}/admin/")
    check(page)
    page.focus("#id_username")
    page.keyboard.type(chair.username)
    page.keyboard.press("Tab")
    page.keyboard.type("secret-for-tests")
    page.keyboard.press("Enter")
    page.wait_for_selector("main h1")
    check(page)
    page.goto(f"{address}/admin/queue/")
    check(page)
    page.focus(f"main a[href*='{case.ref}']")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/moves/send_to_members/']")
    check(page)
    page.focus("form[action$='/moves/send_to_members/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("main [role=status]")
    case.refresh_from_db()
    assert case.state == "with_members"


def test_the_chair_calls_a_hearing_on_a_phone(page, place, user, chair, desk):
    case = world.to_opinions(user, place)
    page.goto(desk("2026-03-30 12:00", chair) + of_case(case))
    check(page)
    page.click("summary:has(+ form[action$='/moves/call_hearing/'])")
    check(page)
    form = "form[action$='/moves/call_hearing/']"
    page.fill(f"{form} [name=motive]", " ")
    page.fill(f"{form} [name=hour]", "13:30")  # lunch
    page.click(f"{form} button[type=submit]")
    page.wait_for_function("document.activeElement.id === 'errors'")
    check(page)
    page.fill(f"{form} [name=motive]", "Анықтамадағы оқу мерзімі аяқталған.")
    page.fill(f"{form} [name=hour]", "11:00")
    page.click(f"{form} button[type=submit]")
    page.wait_for_url("**/sign/**")
    page.evaluate(NO_LOOKING_AGAIN)
    check(page)
    draw(case)
    page.reload()
    check(page, by_keyboard=False)  # the browser's own viewer of the paper takes the keys inside its frame
    page.focus("form:has([name=sha256]) button")
    page.keyboard.press("Enter")
    page.wait_for_selector("main [role=status]")
    case.refresh_from_db()
    assert case.state == "hearing_called"
    check(page)


def test_the_other_pages_of_the_chair(page, place, user, chair, desk):
    case = world.to_heard(user, place)
    address = desk("2026-04-02 10:00", chair)
    clock = case.deadlines.first()
    for path in (
        of_case(case),
        f"{of_case(case)}?why={clock.pk}",
        reverse("admin:move", args=[case.ref, "refuse"]),
        reverse("admin:move", args=[case.ref, "call_hearing"]),
        reverse("admin:commission"),
        reverse("admin:absences"),
        reverse("admin:queue") + "?number=nothing",
    ):
        page.goto(address + path)
        check(page)
