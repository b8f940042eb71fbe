from datetime import date

import pytest

from complaints.registers import service
from tests import world


@pytest.fixture
def keep(place):
    """An office on Tue 24 March 2026, and its clerk who enters things."""

    class Keep:
        office, clerk, head = place.office, place.clerk, place.head

        def proposal(self, by=None, **said):
            known = {"day": date(2026, 3, 20), "body": "Сапа департаменті", "text": "Кезекті қысқарту", **said}
            return service.enter_proposal(place.office, service.Proposed(**known), by=by or place.clerk)

        def conclusion(self, by=None, **said):
            known = {"day": date(2026, 3, 20), "body": "«Әділ қызмет» қоғамдық қоры", "text": "Күту ұзақ", **said}
            return service.enter_conclusion(place.office, service.Concluded(**known), by=by or place.clerk)

        def measure(self, source, by=None, **said):
            known = {"what": "Екінші терезе ашу", "responsible": place.head.pk, "due_on": date(2026, 3, 27), **said}
            return service.take_measure(source, service.Promised(**known), by=by or place.clerk)

        def close(self, measure, by=None, on=date(2026, 3, 24), proof="№ 14 бұйрық, 24.03.2026"):
            return service.close_measure(measure, on=on, proof=proof, by=by or place.clerk)

    return Keep()


@pytest.fixture
def case(place, user):
    """A case as a complaint is one."""
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office)


@pytest.fixture
def tuesday():
    with world.at("2026-03-24 10:00"):
        yield
