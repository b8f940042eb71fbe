"""Who may read the report, what it links to, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kazservices.deadlines.models import Cause
from kazservices.flow.manifest import all_manifests
from kazservices.reports.scope import usual_period
from tests import world

PAGES = ("index", "clocks", "breaches", "figures_csv", "clocks_csv", "breaches_csv")
NOT_READERS = ("clerk", "secretary", "chair", "deputy", "member1", "operator")


def entered(user, language="ru") -> Client:
    client = Client()
    if user:
        client.force_login(user)
    client.cookies["django_language"] = language
    return client


def ask(user, page, at="2026-04-10 10:00", language="ru", **asked):
    with world.at(at):
        return entered(user, language).get(reverse(f"reports:{page}"), asked)


def said(response):
    return b"".join(response).decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", NOT_READERS)
def test_who_has_no_mandate_gets_403(place, page, role):
    assert ask(getattr(place, role), page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_recipients_get_403_and_strangers_are_asked_to_enter(place, recipient, page):
    assert ask(recipient, page).status_code == 403
    stranger = ask(None, page)
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["auditor", "head"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_auditor_and_head_read_every_page(place, lay, page, role, language):
    lay(ended="2026-04-03 09:20")
    response = ask(getattr(place, role), page, language=language)
    assert response.status_code == 200
    assert said(response)


def test_a_mandate_ends_with_its_term(place):
    place.auditor.posts.update(until="2026-04-09")
    assert ask(place.auditor, "index").status_code == 403
    assert ask(place.auditor, "index", at="2026-04-09 10:00").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_another_offices_case_stands_on_no_page(place, lay, case, page):
    lay()
    other = world.build_place(code="07", name="Бестерек ауданының әкімдігі")
    assert case.number not in said(ask(other.auditor, page))
    assert ask(other.auditor, page, office=place.office.code).status_code == 400


def test_every_figure_leads_to_the_cases_behind_it(place, lay, case):
    lay(ended="2026-04-03 09:20", ended_by=place.chair)
    context = ask(place.auditor, "index").context
    sheet = context["sheet"]
    links = [piece.url for piece in sheet.sums() if piece.url]
    links += [
        cell["url"] for table in sheet.tables() for row in table["rows"] for cell in row["cells"] if cell.get("url")
    ]
    assert len(links) > 8
    client = Client()
    client.force_login(place.auditor)
    with world.at("2026-04-10 10:00"):
        for link in links:
            response = client.get(link)
            assert response.status_code == 200, link
            if "show=running" not in link:
                assert case.number in response.content.decode(), link


@pytest.mark.parametrize(("show", "found"), [("late", True), ("counted", True), ("on_time", False), ("running", False)])
def test_the_list_behind_a_figure_shows_those_that_stand_so(place, lay, case, show, found):
    lay(ended="2026-04-03 09:20")
    assert (case.number in said(ask(place.auditor, "clocks", show=show))) is found


def test_the_register_tells_cause_and_responsible(place, lay, case):
    lay(ended="2026-04-03 09:20", ended_by=place.chair, breach_noted_at=case.submitted_at)
    lay("deferral.send", due="2026-03-26 18:30", ended="2026-03-27 10:00", ended_by=place.deputy)
    page = said(ask(place.auditor, "breaches"))
    assert place.chair.full_name in page
    assert "Срок истёк 20 мин назад" in page
    assert "ещё не отмечено" in page  # a breach that no sweep has noted stands there all the same
    assert (
        place.deputy.full_name
        not in said(ask(place.auditor, "breaches", official=str(place.chair.pk))).split("</form>")[1]
    )


def test_the_register_by_cause(place, lay, case):
    explained = lay(ended="2026-04-03 09:20", breach_noted_at=case.submitted_at)
    explained.cause = Cause.SYSTEM_DOWN
    explained.save()
    assert case.number in said(ask(place.auditor, "breaches", cause="system_down"))
    assert case.number not in said(ask(place.auditor, "breaches", cause="unexplained"))


def test_filter_calendar_and_instant_are_printed(place, lay):
    lay()
    page = said(ask(place.auditor, "index", norm="CONS-8", as_of="2026-04-01"))
    assert "01.04.2026, ср, 23:59" in page
    assert "Редакция календаря" in page
    assert "Результат (CONS-8)" in page


@pytest.mark.parametrize(("asked", "message"), [
    ({"since": "2026-04-02", "until": "2026-04-01"}, "Последний день раньше первого"),
    ({"as_of": "2026-04-11"}, "Этот день ещё не наступил"),
    ({"since": "2015-01-01"}, "не длиннее пяти лет"),
    ({"official": "role:nobody"}, "role:nobody"),
])  # fmt: skip
def test_a_wrong_filter_is_told_at_its_field(place, asked, message):
    response = ask(place.auditor, "index", **asked)
    assert response.status_code == 400
    assert message in response.content.decode()


@pytest.mark.parametrize("service", [manifest.code for manifest in sorted(all_manifests(), key=lambda one: one.code)])
def test_a_report_is_filtered_by_any_service_by_its_name(place, service):
    page = said(ask(place.auditor, "index", service=service))
    assert f'<option value="{service}" selected>' in page


def test_nothing_due_is_said_in_words(place):
    assert "ни один срок не истёк" in said(ask(place.auditor, "index"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_as_many_queries_with_one_clock_as_with_many(place, lay, page):
    client, address = entered(place.auditor), reverse(f"reports:{page}")

    def cost():
        with world.at("2026-04-10 10:00"), CaptureQueriesContext(connection) as asked:
            assert said(client.get(address))
        return len(asked)

    lay(ended="2026-04-03 09:20", ended_by=place.chair)
    cost()  # the calendar of this revision is read once for all
    with_one = cost()
    for day in range(3, 21):
        lay(ended=f"2026-04-{day:02} 10:20", ended_by=place.staff[("chair", "deputy", "secretary")[day % 3]])
    assert cost() == with_one <= 16


@pytest.mark.parametrize(("today", "since", "until"), [
    ("2026-03-16", "2025-04-01", "2026-03-31"), ("2026-12-31", "2026-01-01", "2026-12-31"),
    ("2027-01-01", "2026-02-01", "2027-01-31"), ("2028-02-29", "2027-03-01", "2028-02-29"),
])  # fmt: skip
def test_the_usual_period_is_twelve_months(today, since, until):
    assert usual_period(date.fromisoformat(today)) == {"since": since, "until": until}
