"""Who gets a place: the order of the scores, the quota, the reserve, and the ties nobody but the commission breaks.

Pure. Norms: ADM-C25, ADM-C38, ADM-C40, ADM-C43, GAP-13, GAP-38.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import groupby
from typing import Any

RESERVE = 10
QUOTA_PARTS = 10  # one place in ten of the intake to the seventh class


class Olympiad(IntEnum):
    """What a diploma of the regional stage is worth among equal scores. Norm: ADM-C38."""

    WINNER = 0
    PRIZE = 1
    NONE = 2


class Outcome(StrEnum):
    """What the contest gives a candidate."""

    GENERAL = "general"
    QUOTA = "quota"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"


SEATED = (Outcome.GENERAL, Outcome.QUOTA)


@dataclass(frozen=True)
class Candidate:
    """What the order looks at; ``registered`` is anything that compares, the earlier before the later."""

    number: str
    total: int
    registered: Any
    olympiad: Olympiad = Olympiad.NONE
    in_quota: bool = False


@dataclass(frozen=True)
class Placed:
    """A candidate's rank, counted from one, and what it gives; ``reserve_place`` is zero outside the reserve."""

    number: str
    rank: int
    outcome: Outcome
    reserve_place: int = 0


@dataclass(frozen=True)
class Ranking:
    """All candidates in their order, and the groups of equals whose order the commission has still to decide."""

    placed: tuple[Placed, ...]
    undecided: tuple[tuple[str, ...], ...]


def quota_of(grade: int, places: int) -> int:
    """A tenth of the intake to the seventh class, rounded down: never above ten per cent. Norms: ADM-C25, GAP-13."""
    return places // QUOTA_PARTS if grade == 7 else 0


def ranked(
    candidates: Sequence[Candidate], places: int, quota: int = 0, decided: Mapping[str, int] | None = None
) -> Ranking:
    """The order of one school and class. ``decided``: the commission's word on equals, number -> its place among them.

    Norms: ADM-C40, ADM-C43, GAP-38.
    """
    decided = decided or {}
    order = sorted(candidates, key=lambda one: (*merit(one), decided.get(one.number, 0), one.number))
    outcomes = _seats(order, places, min(quota, places))
    placed, reserve = [], 0
    for rank, one in enumerate(order, start=1):
        outcome = outcomes.get(one.number, Outcome.NOT_SELECTED)
        if outcome is Outcome.NOT_SELECTED and reserve < RESERVE:
            reserve += 1
            outcome = Outcome.RESERVE
        placed.append(Placed(one.number, rank, outcome, reserve if outcome is Outcome.RESERVE else 0))
    return Ranking(tuple(placed), tuple(_undecided(order, placed, decided)))


def merit(one: Candidate) -> tuple:
    """Higher score, then winner before prize-holder before the rest, then earlier registration. Norm: ADM-C38."""
    return -one.total, one.olympiad, one.registered


def _seats(order: Sequence[Candidate], places: int, quota: int) -> dict[str, Outcome]:
    """Who is seated, and on which kind of place.

    A quota candidate whose score seats him takes a general place; what the quota leaves goes to the general order.
    Norms: ADM-C25, GAP-38.
    """
    for reserved in range(quota, -1, -1):
        general, rest = order[: places - reserved], order[places - reserved :]
        by_quota = [one for one in rest if one.in_quota][:quota]
        if len(by_quota) >= reserved:
            break
    seats = {one.number: Outcome.GENERAL for one in general}
    return seats | {one.number: Outcome.QUOTA for one in by_quota[:reserved]}


def _undecided(order: Sequence[Candidate], placed: Sequence[Placed], decided: Mapping[str, int]):
    """Equals whom their order would treat differently, and on whom the commission has not spoken. Norm: GAP-38."""
    where = {one.number: one for one in placed}
    for _merit, group in groupby(order, key=merit):
        equals = list(group)
        mixed = len({one.in_quota for one in equals}) > 1
        gifts = {_gift(where[one.number], mixed) for one in equals}
        words = {decided[one.number] for one in equals if one.number in decided}
        if len(gifts) > 1 and len(words) < len(equals):
            yield tuple(one.number for one in equals)


def _gift(one: Placed, mixed: bool) -> tuple:
    """What a place is worth to its holder: a seat is a seat, unless it could also be had by the quota."""
    if one.outcome in SEATED:
        return ("seat", one.outcome if mixed else "")
    return (one.outcome, one.reserve_place)
