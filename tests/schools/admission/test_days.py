"""The same lives over the real cases: whatever people do, and in whatever order, the rounds say what the plain
function says, no seat is given twice, and the order in which things were saved changes nothing."""

from datetime import datetime, timedelta
from random import Random

import pytest

from kazservices.flow import sweeps
from kazservices.flow.door import advance
from schools.admission import rounds, seats
from schools.admission.models import AdmissionApplication, Pool, Round
from schools.admission.states import HOLDING
from tests import world

from . import scene
from .plain import replay

pytestmark = pytest.mark.django_db
DAYS = ("2026-04-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-04-07")


def file_in(school, day, children, *, order):
    """Children by their minute, saved in another order than they came: their instants stay their own."""
    for minute, local in order(list(enumerate(children))):
        with world.at(f"{day} 10:{minute:02d}"):
            scene.apply(school, at_home=scene.INSIDE if local else scene.OUTSIDE)


def live(school, pool, seed):
    random = Random(seed)
    for day, following in zip(DAYS, DAYS[1:], strict=False):
        file_in(school, day, [random.random() < 0.6 for _n in range(random.randint(0, 4))], order=lambda rows: rows)
        morning = datetime.fromisoformat(f"{following} 09:30").replace(tzinfo=world.ALMATY)
        with world.at(f"{following} 09:30"):
            disturb(school, pool, random)
        with world.at(f"{following} 10:00"):
            while (proposal := rounds.proposed(pool)) and proposal.is_open(world.clock.now()):
                scene.hold(school, pool)
        with world.at(f"{following} 15:00"):
            disturb(school, pool, random)
        with world.at((morning + timedelta(hours=9, minutes=5)).isoformat()[:16].replace("T", " ")):
            sweeps.run("moves")
        pool.refresh_from_db()
        assert pool.taken == AdmissionApplication.objects.filter(pool=pool, state__in=HOLDING).count() <= pool.seats


def disturb(school, pool, random):
    """Somebody withdraws, takes or declines an offer; the school has a seat more or less."""
    cases = list(AdmissionApplication.objects.filter(pool=pool).order_by("pk"))
    for case in cases:
        roll = random.random()
        if case.state in ("submitted", "admitted", "listed") and roll < 0.12:
            advance(case, "withdraw", by=case.applicant.user)
        elif case.state == "offered" and roll < 0.7:
            advance(case, "accept_offer" if roll < 0.4 else "decline_offer", by=case.applicant.user)
            scene.answer(school, pool)
    pool = Pool.objects.get(pk=pool.pk)
    wanted = pool.seats + random.choice((-1, 0, 0, 1))
    if wanted >= pool.taken:
        seats.set_seats(pool, wanted, by=school.head, reason="№ 2")


@pytest.mark.norm("ADM-9-5")
@pytest.mark.parametrize("seed", range(6))
def test_every_round_of_a_random_life_is_what_the_plain_function_says(school, seed):
    pool = scene.pool(school, seats=3)
    live(school, pool, seed)
    kept = Round.objects.filter(pool=pool).order_by("day")
    counter = 0
    for round_ in kept:
        said, after = replay(
            round_.input["seats"], round_.input["counter"], round_.input["listed"], round_.input["fresh"]
        )
        assert {row[0]: row[1] for row in round_.answers} == said
        assert (round_.input["counter"], round_.counter_after) == (counter, after)
        counter = after
    assert all(rounds.is_true(round_) for round_ in kept)


def test_the_order_of_saving_changes_no_answer(school):
    children = [True, False, True, True, False, True, True]
    told = []
    for code, street, order in (("61", "Жеңіс", list), ("62", "Бәйтерек", lambda rows: rows[::-1])):
        other = scene.build_school(code, f"№ {code} мектеп", area=f"street;from;to;side;border\n{street};;;;\n")
        pool = scene.pool(other, seats=4)
        for minute, local in order(list(enumerate(children))):
            with world.at(f"2026-04-01 10:{minute:02d}"):
                scene.apply(other, at_home=(street, "1") if local else scene.OUTSIDE)
        with world.at("2026-04-02 10:00"):
            round_ = scene.confirm(other, pool)
        minutes = {case.pk: case.received_at.minute for case in AdmissionApplication.objects.filter(pool=pool)}
        told.append([(minutes[row[0]], row[1]) for row in round_.answers])
    assert told[0] == told[1]
