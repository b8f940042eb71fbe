from datetime import date

import pytest

from kazservices.offices.models import Office, User
from kazservices.passports.models import CallUpAct, Category, Edition


@pytest.fixture
def passports(db):
    """The passports stand in the database before any test: see tests/conftest.py."""


@pytest.fixture
def editions(passports):
    """Those of the commission; the schools' standards have tests of their own."""
    return {edition.service_id: edition for edition in Edition.objects.filter(service__in=("deferral", "exemption"))}


@pytest.fixture
def deferral(editions):
    return editions["deferral"]


@pytest.fixture
def exemption(editions):
    return editions["exemption"]


@pytest.fixture
def category(passports):
    """A category by its norm."""

    def category(norm):
        found = Category.objects.filter(norm=norm)
        assert len(found) == 1, f"the passports have {len(found)} categories of {norm}"
        return found[0]

    return category


def an_office(code, name):
    return Office.objects.create(
        code=code, name_kk=name, name_ru=name, territory_kk=name, territory_ru=name, zone="Asia/Almaty"
    )


@pytest.fixture
def office(db):
    return an_office("ALM", "Алматы")


@pytest.fixture
def other_office(db):
    return an_office("AST", "Астана")


@pytest.fixture
def operator(db):
    return User.objects.create(username="operator", full_name="Оператор", is_staff=True)


@pytest.fixture
def call_up(operator):
    """Enter an act that orders the call-up of a period, everywhere or in one office's territory."""

    def enter(since: date, until: date, *, office=None, number="1"):
        return CallUpAct.objects.create(
            number=number,
            date=date(since.year, since.month, 1),
            title_kk="Әскерге шақыру туралы",
            title_ru="О призыве",
            period_from=since,
            period_to=until,
            office=office,
            entered_by=operator,
        )

    return enter
