"""Each root is copied to another place: leased, outside any transaction, tried again until it lies there."""

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from kazservices import clock, stuck
from kazservices.leases import claim, in_time, wait
from kazservices.writtenonce import written_beside

from .keys import fingerprint, pem, signing_key
from .models import TRIES, JournalRoot, RootCopy
from .sealing import seal_night, written

LEASE = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=30)
PUBLIC_KEY = "public-key-{}.pem"

WORK = stuck.declare(
    stuck.Work(
        "root", _("copy of a seal of the journal"), RootCopy.objects.uncopied, tries=TRIES, since="root__at",
        of="root__night",
    )
)  # fmt: skip

log = logging.getLogger(__name__)


class CannotKeep(OSError):
    """The other place does not take it."""


class Keeper(Protocol):
    """The other place, named in ``KAZ_ROOTS_KEEPER``; made without arguments. What it has taken never changes there."""

    def keep(self, name: str, content: Iterable[bytes]) -> None:
        """Take a file; the same file again is well. Raises OSError."""

    def read(self, name: str) -> Iterator[bytes]:
        """The lines of a file that was taken. Raises FileNotFoundError, OSError."""

    def roots(self) -> Iterator[str]:
        """The names of the roots that lie there, in order."""


class Folder:
    """A folder (``KAZ_ROOTS_DIR``): best on another disk, or one that another system takes away."""

    def __init__(self):
        self.path = Path(settings.KAZ_ROOTS_DIR)

    def keep(self, name, content):
        self.path.mkdir(parents=True, exist_ok=True)
        with written_beside(self.path / name, content, mode=0o440) as fresh:
            try:
                os.link(fresh, self.path / name)  # never over a file that is there
            except FileExistsError:
                if not _same(fresh, self.path / name):
                    raise CannotKeep(f"another {name} is kept there already") from None

    def read(self, name):
        with (self.path / name).open("rb") as file:
            yield from file

    def roots(self):
        yield from sorted(path.name for path in self.path.glob("root-*.jsonl"))


def keeper() -> Keeper:
    return import_string(settings.KAZ_ROOTS_KEEPER)()


def name_of(root: JournalRoot) -> str:
    return name_of_number(root.number)


def name_of_number(number: int) -> str:
    """Names sort as the roots do."""
    return f"root-{number:08d}.jsonl"


def seal_and_copy() -> tuple[int, int]:
    """Make the root that is owed, then lay all that wait into the other place: (looked at, copied)."""
    seal_night()
    return copy_waiting()


def copy_waiting(limit=50) -> tuple[int, int]:
    """Copy all roots that wait, oldest first: (looked at, copied)."""
    waiting = list(RootCopy.objects.to_copy(clock.now()).values_list("pk", flat=True)[:limit])
    return len(waiting), sum(copy(pk) for pk in in_time(waiting))


def copy(copy_id) -> bool:
    """Lay one root into the other place; true for the caller who did. Repeating it is harmless."""
    at = clock.now()
    if not claim(RootCopy.objects.to_copy(at), copy_id, at=at, lease=LEASE):
        return False
    row = RootCopy.objects.select_related("root").get(pk=copy_id)
    try:
        place = keeper()
        public = signing_key().public_key()
        place.keep(PUBLIC_KEY.format(fingerprint(public)[:16]), [pem(public)])
        place.keep(name_of(row.root), written(row.root))
    except OSError as error:
        _give_back(row, error)
        return False
    RootCopy.objects.filter(pk=row.pk).update(copied_at=clock.now(), lease_until=None, error="")
    return True


def _give_back(row: RootCopy, error: OSError) -> None:
    again_at = clock.now() + wait(row.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
    log.error("%s not copied: %s", row.root, error)
    RootCopy.objects.filter(pk=row.pk).update(lease_until=None, next_try_at=again_at, error=str(error)[:300])


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        return all(a == b for a, b in zip_longest(left, right))
