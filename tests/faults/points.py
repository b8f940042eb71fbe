"""Where a worker can be struck: the kinds of claims, and ten places drawn by a seed."""

import random
from dataclasses import dataclass

#: Applications that the stage files whole, a few minutes before the first worker lives.
FILED_WHOLE = 12
#: What is claimed by a lease, by model.
BY_LEASE = {
    "notices.Notice": "copy",
    "documents.Paper": "paper",
    "gateways.RegisterRequest": "question",
    "roots.RootCopy": "root copy",
    "deadlines.Recount": "recount",
}
HANDS = ".hands"  # beside the record of deaths: what each process is about
#: In the order in which work of each kind comes; the number is drawn. The first five while the clocks still run, the
#: others three working days later: two under a day off that has just been published, then those of what fell due.
BEFORE = ("paper", "question", "warning", "copy", "copy")
UNDER_A_REVISION = ("recount", "batch")
AFTER = ("breach", "escalation", "escalation", "copy", "copy")


@dataclass(frozen=True)
class Point:
    """The worker dies with the n-th claim of this kind since its start."""

    kind: str
    number: int

    def __str__(self):
        return f"{self.kind}:{self.number}"


def draw(seed: int, clocks: int, kinds) -> list[Point]:
    """One point for each of these kinds, each early enough to be reached."""
    chance = random.Random(f"{seed} {kinds}")
    most = {"question": 4, "paper": 2, "warning": clocks // 2, "breach": clocks, "recount": 1, "batch": 1}
    return [Point(kind, chance.randint(1, most.get(kind, clocks // 3))) for kind in kinds]
