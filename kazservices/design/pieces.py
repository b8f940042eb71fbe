"""What the components of templates/design/ are made of: faces fill these in, the templates only draw them."""

from dataclasses import dataclass, field
from datetime import datetime

#: How a state looks: its colour, and the icon that says the same without it.
KINDS = {"ok": "check", "warn": "clock", "bad": "warning", "info": "info", "wait": "pause"}


@dataclass(frozen=True)
class ChipPiece:
    """A state in one to four words."""

    kind: str
    words: str
    icon: str = ""

    @property
    def sign(self) -> str:
        return self.icon or KINDS[self.kind]


@dataclass(frozen=True)
class ClockPiece:
    """A legal clock: for staff in the strip ``clocks.html``, for a citizen in the list ``terms.html``."""

    name: str
    when: datetime | None
    chip: ChipPiece
    norm: str = ""
    note: str = ""
    why_url: str = ""


@dataclass(frozen=True)
class PaperPiece:
    """A paper or a file: its name, what it is, where it opens; a rejected one keeps its place and its reason."""

    name: str
    type: str
    url: str = ""
    action: str = ""
    meta: str = ""
    chip: ChipPiece | None = None
    error: str = ""
    advice: str = ""
    remove_url: str = ""
    #: In force no longer: replaced or withdrawn, and by which other paper.
    struck: bool = False
    after: str = ""
    after_url: str = ""

    @property
    def rejected(self) -> bool:
        return bool(self.error)


@dataclass(frozen=True)
class EventPiece:
    """A line of the story of a case: what, when, by whom; ``system`` when nobody of flesh did it."""

    words: str
    at: datetime
    by: str = ""
    detail: str = ""
    system: bool = False


@dataclass(frozen=True)
class VotePiece:
    """One opinion: for, against, written but still closed, or awaited."""

    state: str
    words: str

    @property
    def kind(self) -> str:
        return {"for": "ok", "against": "bad", "closed": "info"}.get(self.state, "wait")

    @property
    def sign(self) -> str:
        return {"for": "check", "against": "cross", "closed": "lock"}.get(self.state, "pause")


@dataclass(frozen=True)
class StepPiece:
    """A step of a form: ``done``, ``here`` or ``ahead``."""

    name: str
    state: str = "ahead"
    url: str = ""


@dataclass(frozen=True)
class SumPiece:
    """A figure that matters, with its words and the list behind it."""

    value: str
    words: str
    kind: str = ""
    url: str = ""
    unit: str = ""

    @property
    def sign(self) -> str:
        return KINDS.get(self.kind, "")


@dataclass(frozen=True)
class MovePiece:
    """The next lawful move of a row, or the reason why there is none."""

    label: str
    url: str = ""
    reason: str = ""


@dataclass(frozen=True)
class QueueRow:
    """A case in the queue."""

    url: str
    number: str
    applicant: str
    chip: ChipPiece
    due: datetime | None
    category: str = ""
    stage: str = ""
    move: MovePiece | None = None
    owner: str = ""
    key: str = ""
    #: Why its clock of minutes stands still now, and when it goes on.
    still: str = ""
    #: Its next move may be made in many cases at once.
    in_bulk: bool = False


@dataclass(frozen=True)
class QueueGroup:
    """Rows that share a degree of urgency, and the words for it."""

    words: str
    kind: str
    rows: list[QueueRow] = field(default_factory=list)

    @property
    def sign(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class HeatCell:
    """A share in per cent (None: nothing to measure) and the cases behind it."""

    share: float | None
    url: str = ""

    @property
    def step(self) -> str:
        """Six steps of colour; the number stands in the cell in any case."""
        if self.share is None:
            return "none"
        return str(sum(self.share < bound for bound in (100, 99, 98, 97, 96)))


@dataclass(frozen=True)
class HeatRow:
    name: str
    count: int
    cells: list[HeatCell]
    url: str = ""


@dataclass(frozen=True)
class TrendPoint:
    """A week or a month of the trend: share on time in per cent (None: nothing ended), and how many ended."""

    label: str
    share: float | None
    count: int
    breaches: int = 0
