"""Random lives of two queues, lived by real cases: filed, withdrawn, offered, late on paper, seats added and taken.

Every morning the head's round is compared with the ledger that was kept by hand beside it. Eight lives by default, two
on the services, where only the locks differ; with KAZ_LIVES=1000 a thousand (GAP-06).
"""

import os
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kazservices.cases.models import Channel
from kazservices.flow import sweeps
from kazservices.flow.door import advance
from schools.admission import rounds, seats
from schools.admission.models import AdmissionApplication, Pool
from schools.admission.states import HOLDING
from tests import world
from tests.conftest import on_services

from . import scene
from .ledger import Ledger, Row

pytestmark = pytest.mark.django_db
LIVES = int(os.environ.get("KAZ_LIVES") or (2 if on_services() else 8))

# Wed 1, Thu 2, Fri 3, Mon 6, Tue 7, Wed 8 April 2026: all working days, a weekend between the third and the fourth.
DAYS = ("2026-04-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-04-07", "2026-04-08")
STATES = {
    "submitted": "waits", "admitted": "admitted", "listed": "listed", "offered": "offered", "refused": "refused",
    "withdrawn": "gone",
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """What happens to one queue on one day. Children are named by a number that is taken modulo those who could."""

    came: tuple  # (lives in the area, on paper)
    late: tuple  # papers of this day that are entered the next morning: lives in the area
    leave_before_round: tuple
    leave_after_round: tuple
    answers: tuple  # to the offers of the round: True, False, None for silence
    seats: int


numbers = st.lists(st.integers(0, 20), max_size=2).map(tuple)
days = st.builds(
    Day,
    came=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=4).map(tuple),
    late=st.lists(st.booleans(), max_size=1).map(tuple),
    leave_before_round=numbers,
    leave_after_round=numbers,
    answers=st.lists(st.sampled_from([True, False, None]), max_size=3).map(tuple),
    seats=st.sampled_from([0, 0, 0, 1, 2, -1, -2]),
)
lives = st.lists(days, min_size=2, max_size=len(DAYS) - 1)


@pytest.mark.norm("ADM-9-5", "ADM-9-6b", "ADM-S5-3")
def test_real_cases_are_answered_as_the_ledger_kept_by_hand_says(school):
    as_told = [Phase.explicit, Phase.generate]  # a life takes seconds: none is lived again only to be made shorter

    @settings(max_examples=LIVES, deadline=None, suppress_health_check=list(HealthCheck), phases=as_told)
    @given(st.integers(0, 4), st.integers(0, 4), lives, lives)
    def live(kazakh, russian, first, second):
        with transaction.atomic():
            queues = [Queue(school, "kk", kazakh, first), Queue(school, "ru", russian, second)]
            for number in range(max(len(first), len(second)) + 1):
                for queue in queues:
                    queue.live(number)
            transaction.set_rollback(True)

    live()


class Queue:
    """One queue of a life: the cases in the database, and the ledger beside them."""

    def __init__(self, school, language, number_of_seats, history):
        self.school, self.language, self.history = school, language, history
        self.pool = scene.pool(school, number_of_seats, language=language)
        self.ledger = Ledger([(instant("2026-01-10", "10:00"), number_of_seats)])

    def live(self, number):
        """One day: what was left of yesterday, the round of yesterday, then the new."""
        day = DAYS[number]
        if number:
            self.before_the_round(day, DAYS[number - 1], self.history_of(number - 1))
            self.hold_the_round(day, DAYS[number - 1])
            self.after_the_round(day, self.history_of(number - 1))
        self.new_day(day, self.history_of(number))
        self.compare()

    def history_of(self, number):
        return self.history[number] if number < len(self.history) else Day((), (), (), (), (), 0)

    def before_the_round(self, day, yesterday, told):
        """A paper of yesterday is entered by one clerk and confirmed by another; somebody changes his mind."""
        for local in told.late:
            with world.at(f"{day} 09:05"):
                case = scene.apply_on_paper(self.school, language=self.language, at_home=home(local))
                came = {"received_at": world.local(f"{yesterday} 09:10"), "reason": "Кешке жиналыс болды."}
                case = advance(case, "enter_late", by=self.school.clerk, **came)
                advance(case, "confirm_late", by=self.school.clerk2)
            self.note(case, local, yesterday, f"{yesterday} 09:10")
        self.let_leave(told.leave_before_round, day, "09:30")

    def hold_the_round(self, day, yesterday):
        """The head confirms exactly what the ledger says, and signs every answer."""
        with world.at(f"{yesterday} 18:31"):
            sweeps.run("moves")
        self.ledger.let_lapse(instant(yesterday, "18:31"))
        following = DAYS[DAYS.index(day) + 1] if day != DAYS[-1] else "2026-04-09"
        said = self.ledger.hold(date_of(yesterday), instant(yesterday, "18:30"), instant(following, "18:30"))
        with world.at(f"{day} 10:00"):
            if said is None:
                self.none_is_to_be_held()
                return
            round_ = scene.hold(self.school, self.pool)
            self.pool.refresh_from_db()
            assert {key: kind for key, kind, _turn, _counter in round_.answers} == said
            assert (round_.day, round_.counter_after) == (date_of(yesterday), self.ledger.counter)
            assert rounds.is_true(round_)
            self.none_is_to_be_held()

    def none_is_to_be_held(self):
        found = rounds.proposed(self.pool)
        assert found is None or not found.is_open(world.clock.now())

    def after_the_round(self, day, told):
        offered = [row for row in self.ledger.rows.values() if row.state == "offered"]
        for row, answer in zip(offered, told.answers, strict=False):
            if answer is not None:
                self.answer_offer(row, day, answer=answer)
        self.let_leave(told.leave_after_round, day, "14:00")
        self.change_seats(told.seats, day)

    def answer_offer(self, row, day, *, answer):
        with world.at(f"{day} 11:00"):
            case = self.case(row.key)
            if answer and on_paper(case):
                advance(case, "record_acceptance", by=self.school.clerk)
            elif answer:
                advance(case, "accept_offer", by=case.applicant.user)
            if answer:
                scene.answer(self.school, self.pool)
                row.state = "admitted"
            elif not on_paper(case):  # at the counter one says no by staying away
                advance(case, "decline_offer", by=case.applicant.user)
                row.state, row.freed = "refused", instant(day, "11:00")

    def let_leave(self, numbers, day, hour):
        """A parent withdraws: of those who wait, hold a seat, or stand on the list."""
        for number in numbers:
            could = [row.key for row in self.ledger.rows.values() if row.state in ("waits", "admitted", "listed")]
            if could:
                key = could[number % len(could)]
                with world.at(f"{day} {hour}"):
                    case = self.case(key)
                    if on_paper(case):
                        advance(case, "record_withdrawal", by=self.school.clerk)
                    else:
                        advance(case, "withdraw", by=case.applicant.user)
                self.ledger.leave(key, instant(day, hour))

    def change_seats(self, more, day):
        """Up, or down as far as nobody's seat is taken away: below that the school is refused."""
        wanted = max(0, self.ledger.seats[-1][1] + more)
        with world.at(f"{day} 15:00"):
            if wanted < len(self.ledger.holding()):
                with pytest.raises(ValidationError):
                    seats.set_seats(self.pool, wanted, by=self.school.head, reason="№ 2")
            elif more:
                seats.set_seats(self.pool, wanted, by=self.school.head, reason="№ 2")
                self.ledger.seats.append((instant(day, "15:00"), wanted))

    def new_day(self, day, told):
        for minute, (local, on_paper) in enumerate(told.came):
            apply = scene.apply_on_paper if on_paper else scene.apply
            with world.at(f"{day} 16:{minute:02d}"):
                case = apply(self.school, language=self.language, at_home=home(local))
            self.note(case, local, day, f"{day} 16:{minute:02d}")

    def note(self, case, local, day, place):
        """A row of the ledger: its place is the instant, and the number between two of one instant."""
        self.ledger.rows[case.pk] = Row(case.pk, local, date_of(day), (place, case.number))

    def case(self, key):
        return AdmissionApplication.objects.select_related("applicant__user", "pool").get(pk=key)

    def compare(self):
        """Every child stands where the ledger has it, and nobody has a seat that is not there."""
        self.pool = Pool.objects.get(pk=self.pool.pk)
        cases = AdmissionApplication.objects.filter(pool=self.pool)
        assert {case.pk: STATES[case.state] for case in cases} == {r.key: r.state for r in self.ledger.rows.values()}
        assert self.pool.taken == cases.filter(state__in=HOLDING).count() == len(self.ledger.holding())
        assert self.pool.taken <= self.pool.seats == self.ledger.seats[-1][1]


def on_paper(case):
    return case.channel != Channel.PORTAL


def home(local):
    return scene.INSIDE if local else scene.OUTSIDE


def date_of(day):
    return datetime.fromisoformat(day).date()


def instant(day, hour):
    return datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=world.ALMATY)
