"""Simultaneous hands on PostgreSQL: no class is oversubscribed, no two decisions both win, no child is filed twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.taking import take
from kazservices.offices.actors import SYSTEM
from schools.admission import rounds, seats
from schools.admission.models import AdmissionApplication, Pool, Round
from schools.admission.states import HOLDING, State
from tests import world
from tests.hands import meanwhile

from . import scene

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
REFUSED = (ValidationError, MoveNotAllowed)


def at_once(*acts, moment):
    """Run each act in a thread of its own, on a connection of its own: what each gave, or how it was refused."""

    def run(act):
        try:
            with world.at(moment):
                return act()
        except REFUSED as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as hands:
        return [one.result() for one in [hands.submit(run, act) for act in acts]]


@pytest.fixture
def school(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return scene.build_school()


def test_two_heads_confirm_the_same_round_and_one_wins(school):
    pool = scene.pool(school, seats=3)
    with world.at("2026-04-01 10:00"):
        for _n in range(5):
            scene.apply(school)
    with world.at("2026-04-02 10:00"):
        shown = rounds.proposed(pool).sha256
    told = at_once(*[lambda: rounds.confirm(pool, by=school.head, sha256=shown)] * 4, moment="2026-04-02 10:00")
    assert sum(isinstance(one, Round) for one in told) == 1
    pool.refresh_from_db()
    assert (pool.taken, AdmissionApplication.objects.filter(state__in=HOLDING).count()) == (3, 3)


def test_seats_taken_away_while_the_round_is_confirmed_never_leave_a_child_without_the_seat_it_was_given(school):
    pool = scene.pool(school, seats=4)
    with world.at("2026-04-01 10:00"):
        for _n in range(6):
            scene.apply(school)
    with world.at("2026-04-02 10:00"):
        shown = rounds.proposed(pool).sha256
    at_once(
        lambda: rounds.confirm(pool, by=school.head, sha256=shown),
        *[lambda: seats.set_seats(pool, 2, by=school.head, reason="Сынып жабылды")] * 2,
        moment="2026-04-02 10:00",
    )
    pool.refresh_from_db()
    held = AdmissionApplication.objects.filter(state__in=HOLDING).count()
    assert held == pool.taken <= pool.seats


def test_the_same_child_filed_from_two_places_at_once_is_taken_once(school):
    other = scene.build_school("52", "№ 6 мектеп", area="")
    scene.pool(school)
    scene.pool(other)
    child = scene.known_child(1)
    with world.at("2026-04-01 10:00"):
        made = [scene.filing(scene.parent(), place, child) for place in (school, other, school)]
    told = at_once(*[lambda one=one: take(one) for one in made], moment="2026-04-01 10:00")
    assert sum(isinstance(one, AdmissionApplication) for one in told) == 1
    assert sum(isinstance(one, ValidationError) for one in told) == 2


def test_an_offer_is_taken_or_declined_but_not_both(school):
    pool = scene.pool(school, seats=1)
    with world.at("2026-04-01 10:00"):
        first, second = scene.apply(school), scene.apply(school)
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        advance(first, "withdraw", by=first.applicant.user)
    with world.at("2026-04-03 10:00"):
        scene.confirm(school, pool)
    user = second.applicant.user
    told = at_once(
        lambda: advance(second, "accept_offer", by=user),
        lambda: advance(second, "decline_offer", by=user),
        moment="2026-04-03 11:00",
    )
    assert sum(isinstance(one, AdmissionApplication) for one in told) == 1
    pool = Pool.objects.get(pk=pool.pk)
    assert pool.taken == AdmissionApplication.objects.filter(state__in=HOLDING).count()


def test_a_round_that_lets_offers_lapse_and_a_sweep_that_does_never_wait_for_each_other(school):
    pool = scene.pool(school, seats=2)
    with world.at("2026-04-01 10:00"):
        first = [scene.apply(school) for _ in range(4)][:2]
    with world.at("2026-04-02 10:00"):
        scene.hold(school, pool)
        for seated in first:
            advance(AdmissionApplication.objects.get(pk=seated.pk), "withdraw", by=seated.applicant.user)
    with world.at("2026-04-03 10:00"):
        scene.confirm(school, pool)
    offered = AdmissionApplication.objects.filter(state=State.OFFERED).order_by("pk")
    with world.at("2026-04-06 09:30"):
        scene.apply(school)
    later = "2026-04-20 10:00"  # both offers are over, and no sweep has come by
    with world.at(later):
        shown, last = rounds.proposed(pool).sha256, offered.last()
    confirmed, swept = meanwhile(
        later,
        lambda: rounds.confirm(pool, by=school.head, sha256=shown),
        lambda: advance(last, "lapse", by=SYSTEM),
        before="kazservices.flow.door.enter",
    )
    assert isinstance(confirmed, Round | rounds.RoundChanged)
    assert isinstance(swept, AdmissionApplication | MoveNotAllowed)
    assert not offered.exists()  # also where the round has changed with it and must be looked at again
    with world.at(later):
        again = rounds.proposed(pool)
        assert isinstance(confirmed, Round) or rounds.confirm(pool, by=school.head, sha256=again.sha256)
