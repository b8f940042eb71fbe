"""What the complainant is told, and when: at once, in his cabinet, in words that name the day."""

import pytest
from django.test import Client
from django.urls import reverse

from kazservices.flow.door import advance
from kazservices.notices.models import Notice
from tests import world
from tests.complaints import scene


@pytest.fixture
def complaint(user, place):
    with world.at(scene.FILED):
        return scene.complain(user, place.office)


@pytest.fixture
def forwarded(complaint, place):
    """On Fri 27 March 2026, to whatever body stands above."""
    with world.at("2026-03-27 10:00"):
        return scene.forward(complaint, place.clerk)


def told(case, letter, user) -> str:
    return Notice.objects.get(case=case.pk, letter=letter, channel="cabinet", recipient=user).body


@pytest.mark.norm("CONS-14-4", "CONS-14-1")
def test_of_the_registration_and_who_answers_by_when(complaint, user):
    said = told(complaint, "complaint_registered", user)
    assert "2026 жылғы 30 наурыз" in said  # Mon, D3: all is granted, or it goes to the body
    assert "2026 жылғы 1 сәуір" in said  # Wed, D5: the consideration here


@pytest.mark.norm("CONS-14-2", "CONS-14-6")
def test_of_the_forwarding_to_whom(body, forwarded, user):
    assert body.office.name_kk in told(forwarded, "complaint_forwarded", user)


@pytest.mark.norm("CONS-14-2", "CONS-14-4")
def test_once_it_is_forwarded_no_day_of_an_answer_here_is_promised_any_more(user, place, body):
    client = Client()
    client.force_login(user)
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
        page, entry = reverse("portal:case", args=[complaint.ref]), reverse("portal:result-date", args=[complaint.ref])
        assert 'id="why"' in client.get(page).content.decode()
        assert "STATUS:CANCELLED" not in client.get(entry).content.decode()
    with world.at("2026-03-27 10:00"):
        scene.forward(complaint, place.clerk)
        assert 'id="why"' not in client.get(page).content.decode()
        assert "STATUS:CANCELLED" in client.get(entry).content.decode()


@pytest.mark.norm("LAW-25-2a", "CONS-14-4")
def test_of_the_registration_at_the_body_and_its_day(body, forwarded, user):
    with world.at("2026-03-27 11:00"):  # Fri -> Fri
        there = advance(forwarded.at_the_body, "take_up", by=body.clerk)
    assert "2026 жылғы 3 сәуір" in told(there, "complaint_considered", user)


@pytest.mark.norm("CONS-14-5")
def test_of_the_registration_at_a_body_outside_and_its_day(forwarded, user, place):
    with world.at("2026-03-27 15:00"):
        complaint = advance(
            forwarded, "confirm_registration", by=place.clerk, number="ЖТ-5", registered_on="2026-03-27"
        )
    said = told(complaint, "complaint_their_registration", user)
    assert "ЖТ-5" in said
    assert "2026 жылғы 3 сәуір" in said
