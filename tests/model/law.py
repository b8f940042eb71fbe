"""The law of a service as a table: told by hand from the standards, it shares no line with the product's rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tests import world

OURS, THEIRS = "ours", "theirs"
SYSTEM, APPLICANT = "system", "applicant"


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Term:
    """A clock. ``counted``: from the acceptance day of the case, from the day of the event itself ("own"), from the day
    that is only now written down ("happened"), or from that of registration, the acceptance day at the earliest
    ("registered").

    ``back``: so many working days before the end of another term. ``only_if_done``: a breach when it is done late, none
    when it is not done. ``goes_on``: also after the decision. ``ends_by``: the move that the system makes at its end.
    ``needless_by``: what makes it needless although the case lives on. ``passes_with``: what hands it on.
    ``longer``: {move that makes it longer: by so many working days}. What runs already is not begun a second time.
    """

    starts: frozenset[str]
    stops: frozenset[str]
    length: int
    unit: str = "working_days"
    counted: str = "accepted"
    back: str = ""
    whose: str = OURS
    only_if_done: bool = False
    goes_on: bool = False
    needless_by: frozenset[str] = frozenset()
    passes_with: frozenset[str] = frozenset()
    longer: Mapping[str, int] = field(default_factory=dict)
    ends_by: str = ""
    month_day: tuple[int, int] | None = None
    hours: str = ""
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """A move: who may, from which states, to which (empty: it stays; a function of the case: it depends)."""

    who: frozenset[str]
    sources: frozenset[str]
    to: str | Callable = ""


@dataclass(frozen=True)
class Law:
    """``stages``: {state: received, in_work, decided or closed}; the first one is where a case begins.

    ``lines``: what else its journal may tell, which is no move.
    """

    stages: Mapping[str, str]
    steps: Mapping[str, Step]
    terms: Mapping[str, Term]
    hours: str = "school"
    lines: frozenset[str] = frozenset()

    @property
    def begins(self) -> str:
        return next(iter(self.stages))


@dataclass
class Clock:
    """One clock of one case, as a clerk would note it on a card."""

    rule: str
    term: Term
    started_at: datetime
    base: date
    due_at: datetime
    ended_at: datetime | None = None
    outcome: str = "running"
    noted_at: datetime | None = None
    #: The head has been told of the breach: one line of the journal.
    told: bool = False

    @property
    def runs(self) -> bool:
        return self.ended_at is None

    def is_late(self, at) -> bool:
        """Past its due moment when it ended, or running and past it now; never what was handed on."""
        return self.outcome != "transferred" and self.due_at < (at if self.runs else self.ended_at)


@dataclass
class Card:
    """All that the model knows of a case.

    ``memo``: what a service keeps in mind for its own conditions; ``made``: how often each move was asked for and made.
    """

    service: Service
    pk: int
    owner: object
    accepted_on: date
    state: str
    channel: str = "portal"
    clocks: list[Clock] = field(default_factory=list)
    lines: int = 0
    memo: dict = field(default_factory=dict)
    made: Counter = field(default_factory=Counter)

    @property
    def stage(self) -> str:
        return self.service.law.stages[self.state]


class Service:
    """An adapter: one registered service, the office in which it is lived, its people by their roles."""

    code: str
    law: Law
    #: How often it is filed in one life at most, and how often compared with others.
    most, weight = 3, 1
    #: The calendar begins it, so that each life has one from its beginning, if this is its season.
    begins_alone = False
    #: Moves by which other cases change too, or come into being.
    ripples: frozenset[str] = frozenset()
    #: (move, actor) of what is done with each at once, so that other services find it.
    prelude: tuple = ()

    def __init__(self, office, people: Mapping[str, object]):
        self.office, self.people = office, dict(people)

    def file(self, number: int, at):
        """File the n-th application of a life; (case, its owner). May raise ValidationError: out of season."""
        raise NotImplementedError

    def accepted_on(self, at):
        """The acceptance day of what was filed at this moment, if it is not that of the service's own hours."""

    def beginning(self, at) -> str:
        """With what its journal begins: what comes too late is a case all the same, and is given back at once."""
        return "submit"

    def adapter_of(self, case) -> tuple[Service, object]:
        """Who lives a case that nobody has filed, and its owner, if it has one."""
        return self, None

    def facts(self, card: Card, move: str, actor: str, at) -> dict | None:
        """What a move is told; None: nothing lawful is known to say, and it is tried only where it must be refused."""
        return {}

    def allows(self, card: Card, move: str, actor: str, at) -> bool | None:
        """Beyond role and state: it must be made (True), must be refused (False), or this table does not say (None)."""
        return True

    def admits(self, card: Card, move: str, actor: str) -> bool:
        """May this person make the move in this case, although his role alone does not say so?"""
        return False

    def bars(self, card: Card, actor: str) -> bool:
        """Has this person no say in this case, whatever his role?"""
        return False

    def make(self, case, move: str, actor, facts):
        """Through the product's door, with the paper that it takes."""
        return world.make(case, move, actor, **facts)

    def happened(self, card: Card, move: str, facts, at):
        """When what is only now recorded happened, if earlier."""

    def remember(self, card: Card, move: str, actor: str, facts, at) -> None:
        """What the service keeps in mind of a move that was made."""

    def overdue(self, card: Card, at) -> bool:
        """Has the system left undone what its sweep of due moves must have done by now?"""
        return False

    def tend(self, at) -> bool:
        """What an official does for many cases at once; false: nothing is to be done."""
        return False


def role_of(actor: str) -> str:
    """member2 is a member."""
    return actor.rstrip("0123456789")
