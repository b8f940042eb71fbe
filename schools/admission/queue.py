"""The queue 3 + 1: one round as a pure function of what was known when its list became final. Norms: ADM-9-5, GAP-06.

It knows no database and no clock: the same round gives the same answers for ever, and an auditor may replay it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Three children of the service area, then one from outside it.
LOCAL_TURNS = 3


class Kind(StrEnum):
    """What a round answers to a child."""

    ADMIT = "admit"
    OFFER = "offer"  # to one of the waiting list: the parent says yes or no
    REFUSE = "refuse"  # no seat is left: ground 3


class Turn(StrEnum):
    """By which turn of the cycle a child was seated."""

    LOCAL = "local"
    OUTSIDE = "outside"
    LEFT_OVER = "left_over"  # a local turn, and no local child waits: the first outside child
    KEPT = "kept"  # an outside turn, and no outside child waits: a local child, the turn is kept
    NONE = ""


@dataclass(frozen=True, slots=True)
class Child:
    """Somebody who waits, by the key of the application; he stands in the order of his place."""

    key: int
    local: bool


@dataclass(frozen=True, slots=True)
class Round:
    """All that a round depends on: free seats, the counter, the waiting list and the day's applications in order."""

    seats: int
    counter: int
    listed: tuple[Child, ...] = ()
    fresh: tuple[Child, ...] = ()

    def as_json(self) -> dict:
        """What is kept of a round, so that it can be replayed."""
        return {
            "seats": self.seats,
            "counter": self.counter,
            "listed": [[child.key, child.local] for child in self.listed],
            "fresh": [[child.key, child.local] for child in self.fresh],
        }

    @classmethod
    def from_json(cls, kept: Mapping) -> "Round":
        rows = {name: tuple(Child(key, local) for key, local in kept[name]) for name in ("listed", "fresh")}
        return cls(seats=kept["seats"], counter=kept["counter"], **rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one child is answered: by which turn, and the counter as it stood when his turn came."""

    key: int
    kind: Kind
    turn: Turn = Turn.NONE
    counter: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers of a round in the order in which they were found, and what it leaves to the next one."""

    answers: tuple[Answer, ...]
    counter: int
    seats: int


def hold(round_: Round) -> Outcome:
    """Answer everybody: the waiting list is offered seats first, then the day's children are seated or refused."""
    offers, counter, seats = _seat(round_.listed, round_.counter, round_.seats, Kind.OFFER)
    admitted, counter, seats = _seat(round_.fresh, counter, seats, Kind.ADMIT)
    seated = {answer.key for answer in admitted}
    refused = [Answer(child.key, Kind.REFUSE) for child in round_.fresh if child.key not in seated]
    return Outcome((*offers, *admitted, *refused), counter, seats)


def _seat(waiting: Sequence[Child], counter: int, seats: int, kind: Kind) -> tuple[list[Answer], int, int]:
    """Seat by turns while a seat is free and somebody waits; the outside child takes even the last seat on his turn."""
    queues = {side: [child.key for child in reversed(waiting) if child.local is side] for side in (True, False)}
    answers: list[Answer] = []
    while seats and (queues[True] or queues[False]):
        turn = _turn(counter, bool(queues[True]), bool(queues[False]))
        side = turn in (Turn.LOCAL, Turn.KEPT)
        answers.append(Answer(queues[side].pop(), kind, turn, counter))
        counter, seats = after(counter, turn), seats - 1
    return answers, counter, seats


def _turn(counter: int, local_waits: bool, outside_waits: bool) -> Turn:
    if counter < LOCAL_TURNS:
        return Turn.LOCAL if local_waits else Turn.LEFT_OVER
    return Turn.OUTSIDE if outside_waits else Turn.KEPT


def after(counter: int, turn: Turn) -> int:
    """The counter goes on with a turn that was taken by its own side; one turn is kept, never more."""
    return (counter + 1) % (LOCAL_TURNS + 1) if turn in (Turn.LOCAL, Turn.OUTSIDE) else counter
