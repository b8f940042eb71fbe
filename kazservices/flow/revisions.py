"""A revision of the calendar over running cases: what it would move, and its publication by a second person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from calendars.models import Proposal, Revision
from kazservices.offices.models import Office


@dataclass(frozen=True)
class MovedClock:
    """A running clock and where its end goes; ``days``: calendar days, below zero when it comes earlier."""

    case_id: int
    number: str
    service: str
    office: Office
    rule: str
    due_before: datetime
    due_after: datetime
    days: int


@dataclass(frozen=True)
class HeldBack:
    """A clock that the calendar alone would move further: ``reason`` names the rule that keeps it."""

    case_id: int
    number: str
    service: str
    office: Office
    rule: str
    due_before: datetime
    due_after: datetime
    by_calendar: datetime
    reason: str


@dataclass(frozen=True)
class Displaced:
    """What is appointed on a day that becomes a day off: its moment, a lawful new one, and the lawful days."""

    case_id: int
    number: str
    service: str
    office: Office
    at: datetime
    proposed_at: datetime
    first: date
    last: date


@dataclass(frozen=True)
class Preview:
    """What a proposal would do if it were published now."""

    moved: tuple[MovedClock, ...]
    held_back: tuple[HeldBack, ...]
    hearings: tuple[Displaced, ...]
    #: Clocks moved, by office and by service.
    by_office: Counter
    by_service: Counter
    #: Of the days, the revision under them and what is appointed on them: a confirmation is of exactly this.
    digest: str
    base_revision: int


def preview(proposal: Proposal) -> Preview:
    """What the proposal would move if it were published now; reads only."""
    raise NotImplementedError


def publish(proposal: Proposal, by, *, digest: str, hearings: Mapping[int, datetime]) -> Revision:
    """Bring a proposal into force by a second person, with every hearing on a day off set anew, or not at all.

    ``hearings``: case id -> the new moment, aware. Raises PermissionDenied, ValidationError.
    """
    raise NotImplementedError
