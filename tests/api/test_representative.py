"""A representative's program: of the person represented it tells what a register lets him know."""

import pytest

from tests import world
from tests.api.conftest import program
from tests.conftest import on

pytestmark = pytest.mark.django_db
MOMENT = "2026-03-20 17:00"


@pytest.fixture
def attorney(db):
    return world.build_recipient("860621105032", full_name="Қасымов Ерлан Болатұлы", phone="+77000000051")


def test_a_confirmed_power_opens_name_and_iin_but_no_telephone(place, attorney):
    with on(MOMENT):
        case = world.apply_for(attorney, place.office)
        case.applicant.phone = "+77000000099"
        case.applicant.save(update_fields=["phone"])
        theirs = program(attorney)
        assert theirs.get(f"cases/{case.ref}/").json()["applicant"] == "Әлиев Самат Ерланұлы"
        person = theirs.post(f"cases/{case.ref}/person/").json()
        of_the_chair = program(place.chair, place.office).post(f"cases/{case.ref}/person/").json()
    assert (person["full_name"], person["iin"], person["phone"]) == ("Әлиев Самат Ерланұлы", "030411105088", "")
    assert of_the_chair["phone"] == "+77000000099"


@pytest.mark.parametrize("proof", ["silent", "not_found"])
def test_a_power_that_no_register_confirms_opens_initials_alone(place, attorney, proof):
    with on(MOMENT):
        case = world.apply_for(attorney, place.office, proof=proof)
        theirs = program(attorney)
        told = theirs.get(f"cases/{case.ref}/")
        asked = theirs.post(f"cases/{case.ref}/person/")
    assert told.json()["applicant"] == "Ә. С. Е."
    assert "030411105088" not in told.content.decode()
    assert asked.status_code == 403


def test_the_history_tells_a_representative_from_the_applicant(place, attorney):
    with on(MOMENT):
        case = world.apply_for(attorney, place.office)
        lines = program(attorney).get(f"cases/{case.ref}/history/").json()
    assert "representative" in {line["by"] for line in lines["results"]}
