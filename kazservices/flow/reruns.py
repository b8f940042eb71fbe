"""What got stuck in all rooms together, and how an operator has it run again: never without his name beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kazservices import clock
from kazservices.deadlines.models import Rerun
from kazservices.stuck import Work, kind_of, kinds

A_BATCH = 500


@dataclass(frozen=True)
class Stuck:
    """One row that failed time and again."""

    work: Work
    pk: int
    #: The number of its case, or the night, the school, the revision that names it.
    of: str
    since: datetime | None
    attempts: int
    error: str

    @property
    def is_given_up(self) -> bool:
        return self.work.is_given_up(self.attempts)


def listed(at: datetime, most: int) -> list[Stuck]:
    """What is stuck, the oldest of each kind first: so many rows of each at most."""
    return [row for work in kinds() for row in _rows(work, at, slice(most))]


def told(at: datetime) -> dict:
    """Red while anything was given up, amber while something fails time and again; how much of each."""
    counts = [work.counts(at) for work in kinds()]
    given_up, failing = sum(gone for gone, _ in counts), sum(tried for _, tried in counts)
    return {"state": "red" if given_up else "amber" if failing else "green", "given_up": given_up, "failing": failing}


def run_one(code: str, pk: int, *, by) -> int:
    """Let one row be tried again at once; 0 when it is not stuck (any more). Raises KeyError for an unknown kind."""
    return _run(kind_of(code), clock.now(), by=by, pk=pk)


def run_all(*, by) -> int:
    """Let everything stuck be tried again at once; how many rows."""
    at = clock.now()
    return sum(_run(work, at, by=by) for work in kinds())


@transaction.atomic
def _run(work: Work, at: datetime, *, by, **wanted) -> int:
    done, rows = 0, list(_rows(work, at, slice(None), **wanted))
    for start in range(0, len(rows), A_BATCH):
        batch = rows[start : start + A_BATCH]
        Rerun.objects.bulk_create(
            Rerun(kind=work.code, row=row.pk, of=row.of, attempts=row.attempts, error=row.error, at=at, by=by)
            for row in batch
        )
        done += work.run_again(at, [row.pk for row in batch])
    return done


def _rows(work: Work, at: datetime, part: slice, **wanted) -> Iterator[Stuck]:
    found = work.stuck(at).filter(**wanted).values_list("pk", work.of, work.since, "attempts", work.error)
    for pk, of, since, attempts, error in found[part]:
        yield Stuck(work, pk, "" if of is None else str(of), since, attempts, error)
