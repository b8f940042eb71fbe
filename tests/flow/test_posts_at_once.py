"""A post or a recusal that ends, or begins, while its holder makes a move: the move is wholly before it, or refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kazservices.flow.door import advance
from kazservices.offices.absences import end_absence, note_absence
from kazservices.offices.models import User
from tests import world
from tests.hands import meanwhile

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT = "2026-03-27 10:00"
DOOR = "kazservices.flow.door"


@pytest.fixture
def case(user, place):
    return world.to_members(user, place)


def recusing(case, place):
    return lambda: advance(case, "recuse", by=place.head, person=place.member1.pk, reason="Туысы.")


def lifting(case, place):
    return lambda: advance(case, "lift_recusal", by=place.head, person=place.member1.pk, reason="Қате жазылған.")


def speaking(case, place):
    return lambda: advance(case, "give_opinion", by=place.member1, decision="approve")


def moves(case):
    made = case.journal.order_by("number").values_list("move", flat=True)
    return [move for move in made if move in ("recuse", "lift_recusal", "give_opinion")]


def test_who_is_recused_while_he_comes_to_speak_does_not_speak(case, place):
    _recused, spoken = meanwhile(AT, recusing(case, place), speaking(case, place), before=f"{DOOR}.enter")
    assert isinstance(spoken, PermissionDenied)
    assert moves(case) == ["recuse"]


def test_who_is_recused_while_he_speaks_has_spoken_before(case, place):
    meanwhile(AT, speaking(case, place), recusing(case, place), before=f"{DOOR}.enter")
    assert moves(case) == ["give_opinion", "recuse"]


def test_who_comes_to_speak_while_his_recusal_is_lifted_speaks_after_it(case, place):
    with world.at("2026-03-26 11:00"):
        recusing(case, place)()
    meanwhile(AT, lifting(case, place), speaking(case, place), before=f"{DOOR}.enter")
    assert moves(case) == ["recuse", "lift_recusal", "give_opinion"]


@pytest.mark.parametrize("before", [f"{DOOR}._permitted", f"{DOOR}.in_whose_place"])
def test_a_substitute_whose_post_ends_acts_in_the_place_of_the_absent_or_not_at_all(user, place, before):
    helper = User.objects.create_user("helper", is_staff=True)
    with world.at("2026-03-20 17:45"):  # Fri, the day of acceptance
        absence = note_absence(
            user=place.secretary, office=place.office, since=date(2026, 3, 19), until=date(2026, 4, 3),
            reason="Демалыс", by=place.head, substitute=helper, act="№ 41-ж",
        )  # fmt: skip
        case = world.apply(user, place.office)

    def refusing():
        return advance(case, "refuse_acceptance", by=helper, missing=[], motive="Құжат оқылмайды.")

    def ending():
        end_absence(absence, by=place.head)

    made, _ended = meanwhile("2026-03-20 17:50", refusing, ending, before=before)
    if isinstance(made, PermissionDenied):
        assert not case.journal.filter(actor=helper).exists()
    else:
        assert case.journal.get(actor=helper).kept.facts["in_place_of"] == place.secretary.pk
