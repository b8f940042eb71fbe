"""A day off from its draft to the explained clock: two operators with a phone, in kk and ru; what axe says of it."""

import pytest
from django.urls import reverse

from kazservices.deadlines.models import Recount
from kazservices.flow import recounts
from kazservices.offices.roles import Role
from tests import world
from tests.browsing import check, enter, stand_at

pytestmark = [pytest.mark.django_db(transaction=True)]
BAD = b"date,kind,issuer,act_number,act_date,source\n2026-13-01,day_off,government,215,2026-03-26,adilet.zan.kz\n"
DAY = {
    "kind": "day_off", "issuer": "government", "act_number": "215", "act_date": "2026-03-26", "source": "adilet.zan.kz",
}  # fmt: skip


@pytest.fixture
def case(user, place):
    """Its hearing is appointed for Wed 1 April, 11:00; its term ends on Thu 2 April."""
    return world.to_hearing(user, place)


@pytest.fixture
def people(place, language):
    """Two operators and the chair, each reading in this language."""
    second = world.build_staff(place.office, "operator2", Role.OPERATOR)
    for person in (place.operator, second, place.chair):
        person.language = language
        person.save(update_fields=["language"])
    return place.operator, second, place.chair


def test_a_day_off_is_drafted_confirmed_by_another_recounted_and_explained(
    page, live_server, monkeypatch, case, people
):
    first, second, chair = people
    stand_at(monkeypatch, "2026-03-30 15:00")
    enter(page, live_server, first)
    page.goto(live_server.url + reverse("admin:calendar"))
    check(page, by_keyboard=False)  # as many controls as days: all are links
    page.goto(live_server.url + reverse("admin:calendar-day", args=["2026-03-09"]))
    check(page)
    page.goto(live_server.url + reverse("admin:calendar-begin"))
    check(page)
    page.fill("[name=note]", "1 сәуір")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/drafts/*/")
    page.set_input_files("[name=file]", {"name": "days.csv", "mimeType": "text/csv", "buffer": BAD})
    page.click("form:has([name=file]) button[type=submit]")
    page.wait_for_function("document.activeElement.id === 'errors'")
    check(page, by_keyboard=False)
    page.click("a[href$='date=2026-04-01#day-form']")
    page.wait_for_url("**date=2026-04-01**")
    assert page.input_value("[name=date]") == "2026-04-01"
    for name in ("kind", "issuer"):
        page.select_option(f"#day-form [name={name}]", DAY[name])
    for name in ("act_number", "act_date", "source"):
        page.fill(f"#day-form [name={name}]", DAY[name])
    page.click("#day-form button[type=submit]")
    page.wait_for_selector("main [role=status]")
    check(page, by_keyboard=False)
    page.click("a[href$='/preview/']")
    page.wait_for_selector("#hearings")
    check(page)
    page.click("form:has([value=propose]) button")
    page.wait_for_selector("button[disabled][aria-describedby=why-not]")
    check(page)
    preview = page.url

    enter(page, live_server, second)
    page.goto(preview)
    check(page)
    page.fill(f"[name=hearing_{case.pk}]", "2026-04-02T13:30")  # lunch
    page.click("form:has([value=publish]) button[type=submit]")
    page.wait_for_function("document.activeElement.id === 'errors'")
    check(page)
    page.fill(f"[name=hearing_{case.pk}]", "2026-04-02T15:00")
    page.click("form:has([value=publish]) button[type=submit]")
    page.wait_for_url("**/revisions/*/")
    progress = page.url
    page.goto(progress + "?still=1")
    check(page)
    page.goto(progress)
    recounts.run_waiting()
    page.wait_for_selector("#recount .chip.ok")  # it has loaded itself again
    assert Recount.objects.get().state == Recount.State.DONE
    check(page)
    page.goto(live_server.url + reverse("admin:calendar-revisions"))
    check(page)

    enter(page, live_server, chair)
    clock = case.deadlines.get(rule="deferral.decide")
    page.goto(f"{live_server.url}{reverse('admin:case', args=[case.ref])}?why={clock.pk}")
    check(page, by_keyboard=False)
    why = page.inner_text("#why")
    assert "215" in why
    assert {"kk": "2 сәуір", "ru": "2 апреля"}[page.get_attribute("html", "lang")] in why  # as it was
    assert {"kk": "3 сәуір", "ru": "3 апреля"}[page.get_attribute("html", "lang")] in why  # as it is
