"""How a story is written down: steps on working days after the acceptance date, by people named by their role."""

from dataclasses import dataclass, field

APPLICANT = "applicant"


@dataclass(frozen=True)
class When:
    """An hour of the n-th working day after the acceptance date; a fact that holds one becomes that moment."""

    day: int
    hour: str


@dataclass(frozen=True)
class Step:
    """One move (or event) of a story."""

    when: When
    by: str
    move: str
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """The life of one application. ``papers``: the share of the needed documents that are given, in order."""

    steps: tuple[Step, ...]
    filed: str = "11:10"
    papers: int | None = None


def step(day, hour, by, move, **facts) -> Step:
    return Step(When(day, hour), by, move, facts)


def story(*steps, **how) -> Story:
    return Story(tuple(steps), **how)
