"""A draft that is thrown away in one window while it is filed in another: it is filed, and stays with its case."""

import pytest
from django.core.exceptions import ValidationError

from kazservices.cases.models import Draft
from kazservices.flow import filing
from kazservices.flow.taking import take
from kazservices.passports import service as passports
from tests import world
from tests.hands import meanwhile

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MOMENT = "2026-03-20 10:00"


def shown_on_paper(user, office):
    """As a clerk has it who was shown the documents: no file lies in the draft."""
    made = world.filing(user, office, papers_of=())
    made.draft.data = {"handed_in": [row.code for row in passports.required_documents(made.category, made.answers)]}
    made.draft.save()
    return world.signed(made)


@pytest.mark.norm("LAW-19")
@pytest.mark.parametrize("filed", [world.filing, shown_on_paper])
def test_what_is_being_filed_is_not_thrown_away(user, place, filed):
    with world.at(MOMENT):
        made = filed(user, place.office)
    stale = Draft.objects.get(pk=made.draft.pk)
    case, told = meanwhile(
        MOMENT, lambda: take(made), lambda: filing.forget(stale), before="kazservices.flow.door.enter"
    )
    assert isinstance(told, ValidationError)
    assert told.code == "filed"
    assert Draft.objects.get(pk=stale.pk).case_id == case.pk
