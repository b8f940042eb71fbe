"""Entering the desk, its language, and the state of health for monitors."""

import json

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from calendars.models import DayShift, Revision
from kazservices.flow import sweeps
from tests import world

LOGIN = "/admin/login/"


def test_staff_enter_with_a_password_and_read_in_their_own_language(place):
    place.clerk.language = "ru"
    place.clerk.save()
    client = Client()
    answer = client.post(LOGIN, {"username": place.clerk.username, "password": "secret-for-tests", "next": "/admin/"})
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert '<html lang="ru">' in client.get("/admin/").content.decode()


def test_the_language_is_switched_on_every_page_and_kept(place, desk):
    client = desk(place.clerk, "kk")
    client.post(reverse("set_language"), {"language": "ru", "next": "/admin/queue/"})
    assert '<html lang="ru">' in client.get("/admin/queue/").content.decode()
    place.clerk.refresh_from_db()
    assert place.clerk.language == "ru"


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_is_said_and_the_name_stays(place, password):
    page = Client().post(LOGIN, {"username": place.clerk.username, "password": password}).content.decode()
    assert "errors" in page
    assert place.clerk.username in page


def test_a_recipient_does_not_enter_here(recipient):
    recipient.set_password("known-by-chance")
    recipient.save()
    client = Client()
    client.post(LOGIN, {"username": recipient.username, "password": "known-by-chance"})
    assert "_auth_user_id" not in client.session


def test_nobody_is_led_away_by_an_address(place):
    form = {"username": place.clerk.username, "password": "secret-for-tests", "next": "https://elsewhere.example/"}
    assert "elsewhere" not in Client().post(LOGIN, form).url


def test_leaving_ends_the_session(place, desk):
    client = desk(place.clerk)
    assert client.post(reverse("admin:logout")).url == reverse("admin:login")
    assert client.get("/admin/").status_code == 302


def test_health_answers_without_a_person_in_it(place, recipient):
    world.to_members(recipient, place)
    with world.at("2026-03-27 10:00"):
        before = Client().get("/health/")
        for name in sweeps.SWEEPS:
            sweeps.run(name)
        after = Client().get("/health/")
    assert (before.status_code, before.json()["state"]) == (503, "red")
    assert (after.status_code, after.json()["state"]) == (200, "green")
    said = json.dumps(after.json(), ensure_ascii=False)
    assert recipient.iin not in said
    assert "Сәбитов" not in said


def test_the_operator_sees_which_sweep_is_late(place, desk):
    client = desk(place.operator)
    with world.at("2026-03-27 10:00"):
        for name in sweeps.SWEEPS:
            sweeps.run(name)
        assert client.get("/admin/sweeps/").context["health"]["state"] == "green"
    with world.at("2026-03-27 10:10"):
        page = client.get("/admin/sweeps/")
    assert page.context["health"]["state"] == "red"
    assert not any(sweep["on_time"] for sweep in page.context["sweeps"])


def test_the_operator_enters_a_call_up_act(place, desk):
    add, listing = reverse("admin:passports_callupact_add"), reverse("admin:passports_callupact_changelist")
    assert {desk(place.operator).get(address).status_code for address in (add, listing)} == {200}
    assert desk(place.clerk).get(listing).status_code == 200
    assert desk(place.clerk).get(add).status_code == 403


def test_the_calendar_has_no_second_way_in():
    assert not admin.site.is_registered(DayShift)
    assert not admin.site.is_registered(Revision)


@pytest.mark.parametrize("model", ["office", "staff", "user", "commission", "absence"])
def test_the_operators_pages_stand(place, desk, model):
    client = desk(place.operator)
    assert client.get(reverse(f"admin:offices_{model}_changelist")).status_code == 200
    elsewhere = model in ("office", "absence")  # opened step by step; noted with its substitute
    assert client.get(reverse(f"admin:offices_{model}_add")).status_code == (403 if elsewhere else 200)


def test_the_operator_opens_an_account_for_staff(place, desk):
    form = {
        "username": "new-clerk", "full_name": "Жаңа Маман", "language": "kk", "usable_password": "true",
        "password1": "long-and-odd-words-7", "password2": "long-and-odd-words-7",
    }  # fmt: skip
    assert desk(place.operator).post(reverse("admin:offices_user_add"), form).status_code == 302
    made = type(place.clerk).objects.get(username="new-clerk")
    assert made.is_staff
    assert made.check_password("long-and-odd-words-7")
