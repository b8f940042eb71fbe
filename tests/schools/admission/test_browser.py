"""A parent at 360 px files for the first class and gets the answer; the head confirms a day's round: in a browser."""

from datetime import date

import pytest
from django.urls import reverse

from kazservices.documents import papers
from kazservices.flow import filing
from kazservices.gateways import powers
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.admission import rounds
from schools.admission.models import AdmissionApplication, Round
from tests import world
from tests.browsing import check, enter, shot, stand_at

from . import scene

pytestmark = [pytest.mark.django_db(transaction=True)]


def queue_of(pool):
    return f"{reverse('admin:service-page', args=['admission', 'queue'])}?pool={pool.pk}"


def test_the_head_confirms_a_days_round_and_signs_it(page, live_server, monkeypatch, school, language):
    school.head.language = language
    school.head.save(update_fields=["language"])
    pool = scene.pool(school, seats=5)
    for minute, local in enumerate([True, False, True, True, True, False, True]):
        with world.at(f"2026-04-16 08:{15 + minute}"):
            scene.apply(school, minute + 1, at_home=scene.INSIDE if local else scene.OUTSIDE)
    stand_at(monkeypatch, "2026-04-17 10:05")
    enter(page, live_server, school.head)
    page.goto(live_server.url + queue_of(pool))
    check(page)
    page.set_viewport_size({"width": 1440, "height": 1000})
    shot(page, f"queue-{language}")
    page.click("form:has(input[value=confirm]) button")
    assert page.locator("h2#unsigned").count() == 1
    papers.render_waiting()
    page.goto(live_server.url + queue_of(pool))
    check(page)
    shot(page, f"queue-signing-{language}")
    page.click("form:has(input[value=sign]) button")
    assert AdmissionApplication.objects.filter(state="admitted").count() == 5
    case = AdmissionApplication.objects.filter(state="no_seat").first()
    page.goto(live_server.url + reverse("admin:case", args=[case.ref]))
    check(page, by_keyboard=False)
    shot(page, f"case-{language}")
    round_ = Round.objects.get()
    page.goto(f"{live_server.url}{reverse('admin:service-page', args=['admission', 'rounds'])}?round={round_.pk}")
    check(page, by_keyboard=False)
    shot(page, f"rounds-{language}")
    for code in ("seats", "area"):
        page.goto(live_server.url + reverse("admin:service-page", args=["admission", code]))
        check(page, by_keyboard=False)
        page.set_viewport_size({"width": 360, "height": 760})
        check(page, by_keyboard=False)
        shot(page, f"{code}-{language}")


def test_a_parent_files_on_a_phone_and_gets_the_answer(page, live_server, monkeypatch, school, language):
    pool = scene.pool(school)
    user = scene.parent(3)
    monkeypatch.setattr(powers, "person", lambda iin: powers.Person("Қанатқызы Айзере", date(2020, 3, 1)))
    monkeypatch.setattr(powers, "power", lambda basis, **asked: powers.Power(powers.Proof.CONFIRMED))
    stand_at(monkeypatch, "2026-04-16 08:15")
    enter(page, live_server, user)
    page.goto(f"{live_server.url}/services/admission/apply/")
    check(page, by_keyboard=False)
    page.select_option("#id_office", index=1)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    page.check("input[name=category][value=CITIZEN]")
    page.click("main form button[type=submit]")
    page.check("input[name=special_needs][value=no]")
    page.click("main form button[type=submit]")
    page.fill("#id_child_iin", scene.iin(503))
    page.select_option("#id_relation", "parent")
    page.select_option("#id_language", "kk")
    page.fill("#id_street", "Абай көшесі")
    page.fill("#id_house", "12")
    check(page, by_keyboard=False)
    shot(page, f"form-{language}")
    page.click("main form button[type=submit]")
    page.check("input[name=consent][value=yes]")
    page.click("main form button[type=submit]")
    draft = user.drafts.get()
    for code in ("health_063", "health_026", "photo"):
        world.attach(draft, code, world.picture(), by=user)
    page.goto(f"{live_server.url}/drafts/{draft.ref}/review/")
    check(page, by_keyboard=False)
    shot(page, f"review-{language}")
    with world.at("2026-04-16 08:16"):
        case = signed_and_sent(draft)
    page.goto(f"{live_server.url}{reverse('portal:case', args=[case.ref])}")
    check(page, by_keyboard=False)
    shot(page, f"filed-{language}")
    with world.at("2026-04-17 10:00"):
        scene.hold(school, pool)
    stand_at(monkeypatch, "2026-04-17 11:00")
    page.goto(f"{live_server.url}{reverse('portal:case', args=[case.ref])}")
    check(page, by_keyboard=False)
    shot(page, f"admitted-{language}")
    assert rounds.proposed(pool) is None
    assert AdmissionApplication.objects.get(pk=case.pk).child.full_name == "Қанатқызы Айзере"


def signed_and_sent(draft):
    """What the right code does on the next page: the application is signed and sent."""
    progress = filing.progress_of(draft)
    sha256 = filing.content(progress)
    signature = keep(draft.user, Signature.Method.OTP, sha256, "application", {"challenge": "test"})
    return filing.file(progress, signature)
