"""Random lives of a queue: days of applications, withdrawals, freed seats, seats added and taken, two languages.

Two tellings of the same history: the program's own rounds, and the plain function of GAP-06 with a diary kept by hand.
"""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.admission.queue import Child, Kind, Round, hold

from .plain import replay


@dataclass
class Diary:
    """One queue of the diary: who waits, who holds a seat, the seats, the counter. No lists of the program in it."""

    seats: int
    counter: int = 0
    holding: set = field(default_factory=set)
    offered: dict = field(default_factory=dict)
    listed: list = field(default_factory=list)

    def free(self):
        return self.seats - len(self.holding) - len(self.offered)


@dataclass(frozen=True)
class Day:
    """What happens on a day before its round: (side, late paper) of the new, and acts by the position of a child."""

    new: tuple
    withdraw: tuple
    answer: tuple
    seats: int


days = st.builds(
    Day,
    new=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6).map(tuple),
    withdraw=st.lists(st.integers(0, 30), max_size=3).map(tuple),
    answer=st.lists(st.booleans(), max_size=5).map(tuple),
    seats=st.integers(-2, 3),
)


@pytest.mark.norm("ADM-9-5", "ADM-9-6b")
@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.lists(st.tuples(days, days), min_size=1, max_size=8))
def test_a_thousand_histories_are_answered_alike_in_both_languages(kazakh, russian, history):
    keys = iter(range(1, 10_000))
    for queue, row in ((Diary(kazakh), [day for day, _ in history]), (Diary(russian), [day for _, day in history])):
        for day in row:
            live_a_day(queue, day, keys)


def live_a_day(queue, day, keys):
    queue.seats = max(queue.seats + day.seats, len(queue.holding) + len(queue.offered))
    for position in day.withdraw:
        everybody = sorted(queue.holding)
        if everybody:
            queue.holding.discard(everybody[position % len(everybody)])
    answered = list(queue.offered.items())
    for (key, local), yes in zip(answered, [*day.answer, *[False] * len(answered)], strict=False):
        del queue.offered[key]
        if yes:
            queue.holding.add((key, local))
    came = [(not late, next(keys), local) for local, late in day.new]  # a late paper came before the others
    told(queue, [(key, local) for _late, key, local in sorted(came)])


def told(queue, fresh):
    """Both tellings of the day's round say the same; then the diary goes on."""
    before, free = queue.counter, queue.free()
    outcome = hold(Round(free, before, tuple(Child(*one) for one in queue.listed), tuple(Child(*one) for one in fresh)))
    said, counter = replay(free, before, queue.listed, fresh)
    assert {answer.key: answer.kind for answer in outcome.answers} == said
    assert (outcome.counter, outcome.seats) == (counter, free - sum(word != "refuse" for word in said.values()))
    sides = dict((*queue.listed, *fresh))
    queue.counter = outcome.counter
    queue.listed = [child for child in queue.listed if child[0] not in said]
    for answer in outcome.answers:
        child = (answer.key, sides[answer.key])
        if answer.kind == Kind.ADMIT:
            queue.holding.add(child)
        elif answer.kind == Kind.OFFER:
            queue.offered[answer.key] = child[1]
        else:
            queue.listed.append(child)
    assert len(queue.holding) + len(queue.offered) <= queue.seats
    assert not (outcome.seats and any(answer.kind == Kind.REFUSE for answer in outcome.answers))
