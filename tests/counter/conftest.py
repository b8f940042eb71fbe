import pytest

from kazservices.counter import limits
from kazservices.offices.models import OfficeHours
from schools.counter import ADMISSION, TRANSFER
from tests import world

SCHOOL_SERVICES = {"admission": ADMISSION, "transfer": TRANSFER}


@pytest.fixture
def school(db, monkeypatch):
    """An office that keeps the two services of a school, with their minutes at the counter."""
    place = world.build_place("21", "№ 21 мектеп")
    for service, minutes in SCHOOL_SERVICES.items():
        monkeypatch.setitem(limits._limits, service, minutes)
        OfficeHours.objects.get_or_create(office=place.office, service=service, defaults={"schedule": "school"})
    return place
