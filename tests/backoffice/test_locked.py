"""Guessing a password is stopped; the door says so in the reader's language, and opens again by itself."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("kk", "15 минут күтіп"), ("ru", "Подождите 15 минут")])
def test_ten_wrong_passwords_close_the_door_for_this_name_from_this_address(client, place, language, words):
    client.cookies["django_language"] = language
    url, wrong = reverse("admin:login"), {"username": place.chair.username, "password": "wrong"}
    answers = [client.post(url, wrong) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    assert words in answers[-1].content.decode()
    right = {"username": place.chair.username, "password": "secret-for-tests"}
    assert client.post(url, right).status_code == 429
    others = {"username": place.clerk.username, "password": "secret-for-tests"}
    assert client.post(url, others).status_code == 302
