"""At the desk: complaints stand in the lists of an office like any other case, and in their own register."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import world
from tests.complaints import scene


@pytest.mark.norm("CONS-14-1")
@pytest.mark.usefixtures("body")
@pytest.mark.parametrize("role", ["clerk", "head", "chair"])
def test_a_complaint_stands_in_the_lists_of_an_office_without_hours_for_complaints(user, place, role):
    assert not place.office.hours.filter(service="complaint").exists()
    with world.at("2026-03-26 10:00"):
        complaint = scene.complain(user, place.office, subject="act")
        desk = Client()
        desk.force_login(getattr(place, role))
        pages = [desk.get(reverse(f"admin:{name}")) for name in ("index", "queue")]
    for page in pages:
        assert page.status_code == 200
        assert complaint.number in page.content.decode()


@pytest.mark.norm("CONS-14-1")
@pytest.mark.parametrize("year", ["2026", "", "0000", "26", "9999", "year"])
def test_the_register_shows_a_year_whatever_its_address_asks(client, user, place, year):
    with world.at("2026-03-26 10:00"):
        complaint = scene.complain(user, place.office, subject="act")
        client.force_login(place.clerk)
        page = client.get(reverse("admin:service-page", args=["complaint", "register"]), {"year": year})
    assert page.status_code == 200
    assert (complaint.number in page.text) is (year != "9999")
