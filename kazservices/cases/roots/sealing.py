"""Sealing a night: what has changed since the last root, in order, under one hash and one signature."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Exists, OuterRef, Sum

from kazservices import clock
from kazservices.cases.models import Case, RegistrationCounter

from .keys import fingerprint, signing_key
from .models import JournalRoot, RootCopy, SealedHead, SealedRegister

A_BATCH = 2000


def last_night(at):
    """The last local day that has ended: the one for which a root is owed."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date() - timedelta(days=1)


def seal_night() -> JournalRoot | None:
    """Make the root of the night that has ended, unless it is there; None when there is nothing to make.

    Nights without a root (the product stood still) are covered by the next one.
    """
    at = clock.now()
    night = last_night(at)
    if JournalRoot.objects.filter(night__gte=night).exists():
        return None
    key = signing_key()
    try:
        with snapshot():
            return _seal(night, at, key)
    except IntegrityError:  # another worker has made it meanwhile
        return None


@contextmanager
def snapshot():
    """A transaction that sees one instant, however long it reads and whatever moves meanwhile.

    SQLite holds its only write lock; inside a transaction of the caller his own view holds.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _seal(night, at, key) -> JournalRoot:
    """Write the lines, then the root over them: the reference from line to root is checked at the commit."""
    before = JournalRoot.objects.order_by("number").last()
    root = JournalRoot(
        number=before.number + 1 if before else 1,
        first_night=before.night + timedelta(days=1) if before else night,
        night=night,
        at=at,
        previous_hash=before.hash if before else "",
        key=fingerprint(key.public_key()),
        **Case.objects.aggregate(cases=Count("pk"), entries=Sum("journal_count", default=0)),
    )
    digest = hashlib.sha256()
    for model, rows in ((SealedHead, _changed_heads(root)), (SealedRegister, _changed_registers(root))):
        for batch in batched(rows):
            model.objects.bulk_create(batch)
            for row in batch:
                digest.update(line_of(row))
    root.lines_digest = digest.hexdigest()
    root.hash = root_hash(root)
    root.signature = key.sign(root.hash.encode()).hex()
    root.save(force_insert=True)
    RootCopy.objects.create(root=root)
    return root


def root_hash(root: JournalRoot) -> str:
    """What is signed, and what the next root will carry."""
    parts = (
        root.previous_hash,
        str(root.number),
        root.first_night.isoformat(),
        root.night.isoformat(),
        root.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(root.cases),
        str(root.entries),
        root.lines_digest,
        root.key,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def line_of(row: SealedHead | SealedRegister) -> bytes:
    """A sealed line as it is hashed and copied."""
    if isinstance(row, SealedHead):
        return _line("head", row.case_pk, row.number, row.count, row.head)
    return _line("register", row.series, row.office, row.year, row.last)


def lines(root: JournalRoot) -> Iterator[bytes]:
    """The lines of a root in the order in which they were sealed, one at a time from the database."""
    for row in root.heads.order_by("case_pk").iterator(chunk_size=A_BATCH):
        yield line_of(row)
    for row in root.registers.order_by("pk").iterator(chunk_size=A_BATCH):
        yield line_of(row)


def written(root: JournalRoot) -> Iterator[bytes]:
    """A root as a file: its own line, then all that it sealed."""
    yield head_line(root)
    yield from lines(root)


def head_line(root: JournalRoot) -> bytes:
    told = {
        "root": root.number,
        "first_night": root.first_night.isoformat(),
        "night": root.night.isoformat(),
        "at": root.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "cases": root.cases,
        "entries": root.entries,
        "lines": root.lines_digest,
        "previous": root.previous_hash,
        "hash": root.hash,
        "key": root.key,
        "signature": root.signature,
    }
    return json.dumps(told).encode() + b"\n"


def batched(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, A_BATCH)):
        yield batch


def _line(*words) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode() + b"\n"


def _changed_heads(root) -> Iterator[SealedHead]:
    """The cases whose journal has never been sealed as it stands, by key; read page by page."""
    sealed = SealedHead.objects.filter(
        case_pk=OuterRef("pk"),
        count=OuterRef("journal_count"),
        head=OuterRef("journal_head"),
        number=OuterRef("number"),
    )
    changed = Case.objects.filter(~Exists(sealed)).order_by("pk")
    last = 0
    while page := list(
        changed.filter(pk__gt=last).values_list("pk", "number", "journal_count", "journal_head")[:A_BATCH]
    ):
        for pk, number, count, head in page:
            yield SealedHead(root_id=root.number, case_pk=pk, number=number, count=count, head=head)
        last = page[-1][0]


def _changed_registers(root) -> Iterator[SealedRegister]:
    """The registers that have given numbers since they were last sealed."""
    sealed = SealedRegister.objects.filter(
        series=OuterRef("series"), office=OuterRef("office__code"), year=OuterRef("year"), last=OuterRef("last")
    )
    changed = RegistrationCounter.objects.filter(~Exists(sealed)).order_by("series", "office__code", "year")
    for series, office, year, last in changed.values_list("series", "office__code", "year", "last"):
        yield SealedRegister(root_id=root.number, series=series, office=office, year=year, last=last)
