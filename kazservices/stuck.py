"""Work that does not succeed: each room declares its kind as data, one page shows them all and has them run again.

Nothing owed is dropped: a row that has used up its attempts is only left alone by the sweeps. Its room says in one
``Work`` where such rows lie; whoever shows or counts them knows no room by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

#: After so many attempts in vain a row is worth telling of, though it is still tried.
FAILING = 5


@dataclass(frozen=True)
class Work:
    """Rows that are owed until done, with the columns of ``kazservices.leases``: attempts, lease, next attempt."""

    code: str
    label: str
    #: All that is owed and not done, whoever holds it.
    owed: Callable[[], QuerySet]
    tries: int
    #: The column with the moment since which a row is owed, the one that says of which case (or night, or school) it
    #: is, and the one with the kind of the last error: never its words, which may name a person.
    since: str
    of: str = "case__number"
    error: str = "error"

    def stuck(self, at: datetime) -> QuerySet:
        """What has failed time and again and is in nobody's hands, the oldest first: still tried, or given up."""
        idle = Q(lease_until=None) | Q(lease_until__lt=at)
        return self.owed().filter(idle, attempts__gte=FAILING).order_by(self.since, "pk")

    def is_given_up(self, attempts: int) -> bool:
        return attempts >= self.tries

    def counts(self, at: datetime) -> tuple[int, int]:
        """(given up, failing but still tried)."""
        gone = Count("pk", filter=Q(attempts__gte=self.tries))
        found = self.stuck(at).order_by().aggregate(all=Count("pk"), gone=gone)
        return found["gone"], found["all"] - found["gone"]

    def run_again(self, at: datetime, keys: list[int]) -> int:
        """Let the sweeps take these up at once, as if they had never been tried; how many that were still stuck."""
        return self.stuck(at).filter(pk__in=keys).order_by().update(attempts=0, next_try_at=None, lease_until=None)


_kinds: dict[str, Work] = {}


def declare(work: Work) -> Work:
    """Make a kind of work known, once. Raises ValueError when its code is taken."""
    if _kinds.setdefault(work.code, work) is not work:
        raise ValueError(f"the kind of work “{work.code}” is declared twice")
    return work


def kinds() -> list[Work]:
    return [_kinds[code] for code in sorted(_kinds)]


def kind_of(code: str) -> Work:
    """Raises KeyError for one that nobody declared."""
    return _kinds[code]
