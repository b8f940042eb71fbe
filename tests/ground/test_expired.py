"""A form that had grown old is answered by a page of ours, in the reader's language and in the look of its face."""

import pytest
from django.test import Client

from kazservices.expired import expired
from tests import world

pytestmark = pytest.mark.django_db
WORDS = {
    "kk": ("Бұл бет ескіріп қалған", "ештеңе жіберілген жоқ"),
    "ru": ("Страница устарела", "ничего не отправлено"),
    "en": ("This page had grown old", "nothing was sent"),
}


@pytest.fixture
def browser():
    """Sends forms as a browser does, without the token of a page that it has not opened."""
    return Client(enforce_csrf_checks=True)


def sent(browser, address, language="kk", **headers):
    return browser.post(address, {"iin": "000101100006"}, headers={"accept-language": language, **headers})


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(("address", "look"), [("/enter/", "portal.css"), ("/admin/login/", "staff.css")])
def test_an_expired_form_says_what_happened_and_that_nothing_was_sent(browser, address, look, language):
    answer = sent(browser, address, language)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f'lang="{language}"' in page
    assert all(words in page for words in WORDS[language])
    assert f"design/{look}" in page


@pytest.mark.parametrize(
    ("who", "address", "look"),
    [("citizen", "/leave/", "portal.css"), ("chair", "/admin/queue/", "staff.css"), ("chair", "/tokens/", "staff.css")],
)
def test_whoever_has_entered_stays_at_his_own_face(browser, place, who, address, look):
    browser.force_login(world.build_recipient() if who == "citizen" else place.chair)
    answer = sent(browser, address)
    assert answer.status_code == 403
    assert f"design/{look}" in answer.content.decode()


@pytest.mark.parametrize(
    ("before", "link"),
    [("http://testserver/enter/?next=/cases/", "/enter/?next=/cases/"), ("https://elsewhere.example/", "/"), ("", "/")],
)
def test_the_way_back_leads_to_the_page_of_the_form_and_never_elsewhere(browser, before, link):
    page = sent(browser, "/enter/", "en", **({"referer": before} if before else {})).content.decode()
    assert f'{link}">Open the page anew</a>' in page
    assert "elsewhere.example" not in page


def test_a_program_gets_a_problem(rf):
    answer = expired(rf.post("/api/v1/cases/"))
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
