"""In a real browser, 360 px wide: a complaint from the page of a case, and one that came by post, at the counter."""

import re

import pytest
from django.urls import reverse

from kazservices.gateways import registers, sms
from tests.browsing import check, enter, shot, stand_at

from . import scene

pytestmark = [pytest.mark.django_db(transaction=True)]

COMPLAIN = {"kk": "Осы іс бойынша шағым беру", "ru": "Подать жалобу по этому делу"}
#: Of a complaint of Mon 6 April 2026, 10:00: D3 and D5, as its page says them.
FORWARD_BY = {"kk": "9 сәуір", "ru": "9 апреля"}
CONSIDER_BY = {"kk": "13 сәуір", "ru": "13 апреля"}


@pytest.fixture
def messages(monkeypatch):
    """What was sent to telephones; the register of numbers answers."""
    sent = []
    monkeypatch.setattr(registers, "ask", lambda register, iin, *, key: {"found": True, "phone": "+77000000000"})
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: sent.append(text))
    return sent


@pytest.mark.norm("CONS-14-1", "CONS-14-2")
@pytest.mark.usefixtures("body")
def test_a_citizen_complains_from_the_page_of_his_case_and_sees_both_clocks(
    page, live_server, monkeypatch, messages, refused
):
    stand_at(monkeypatch, "2026-04-06 10:00")  # Mon
    enter(page, live_server, refused.applicant.user)
    page.goto(live_server.url + reverse("portal:case", args=[refused.ref]))
    language = page.get_attribute("html", "lang")
    page.get_by_role("button", name=COMPLAIN[language]).click()
    page.wait_for_url("**/form/")
    assert page.input_value("[name=about]") == refused.number
    page.fill("[name=text]", scene.SAID["text"])
    page.fill("[name=demand]", scene.SAID["demand"])
    shot(page, f"complaint-form-{language}")
    check(page)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/papers/")
    shot(page, f"complaint-papers-{language}")
    page.goto(page.url.replace("papers", "review").partition("#")[0])
    shot(page, f"complaint-review-{language}")
    check(page, by_keyboard=False)
    page.click("main form:not([action]) button[type=submit]")
    page.wait_for_url("**/sign/")
    page.fill("#id_code", re.search(r"\d{6}", messages[-1]).group())
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    shot(page, f"complaint-status-{language}")
    check(page)
    said = page.inner_text("main")
    assert FORWARD_BY[language] in said
    assert CONSIDER_BY[language] in said


@pytest.mark.norm("CONS-14-1")
@pytest.mark.usefixtures("body")
def test_a_clerk_takes_in_at_the_counter_what_came_by_post_on_friday(page, live_server, monkeypatch, place):
    stand_at(monkeypatch, "2026-03-30 10:00")  # Mon
    enter(page, live_server, place.clerk)
    page.goto(live_server.url + reverse("admin:counter"))
    language = page.get_attribute("html", "lang")
    page.select_option("#id_situation", index=1)
    page.fill("#id_iin", "030411105088")
    page.fill("#id_full_name", "Әлиев Самат Ерланұлы")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/counter/*/")
    page.check("[name=how][value=post]")
    page.select_option("[name=subject]", "act")
    page.fill("[name=text]", scene.SAID["text"])
    page.fill("[name=demand]", scene.SAID["demand"])
    page.click("button[value=take]")  # without the day of the stamp
    page.wait_for_selector("#errors a[href='#id_arrived_on']")
    shot(page, f"counter-without-day-{language}")
    check(page)
    page.fill("[name=arrived_on]", "2026-03-27")
    page.fill("[name=arrived_at]", "15:10")
    page.click("button[value=take]")
    page.wait_for_url(re.compile(r"/admin/cases/[0-9a-f-]+/$"))
    shot(page, f"counter-taken-{language}")
    check(page, by_keyboard=False)
    complaint = scene.Complaint.objects.get()
    assert (complaint.state, complaint.arrival) == ("received", "post")
    assert f"{complaint.time.local(complaint.submitted_at):%d.%m %H:%M}" == "27.03 15:10"
    said = page.inner_text("main")
    assert "27.03" in said
    assert page.locator("form[action$='/moves/register/']").count() == 1
