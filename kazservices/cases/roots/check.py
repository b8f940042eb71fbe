"""Is the journal what it was? Chains, counts, numbers, roots, signatures and copies, in memory that does not grow.

Each fault has a kind, and words that name the row. What a root has sealed is compared with what stands now: only so a
journal that was cut or rewritten as a whole, and a case that went with all its rows, are found.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, groupby, zip_longest
from operator import attrgetter

from django.db.models import Exists, OuterRef

from kazservices import clock
from kazservices.cases import register
from kazservices.cases.journal import fault_in
from kazservices.cases.models import Case, JournalEntry, RegistrationCounter

from .copies import keeper, name_of
from .keys import holds
from .models import JournalRoot, SealedHead, SealedRegister
from .sealing import lines, root_hash, written

A_PAGE = 200
COPIED_WITHIN = timedelta(hours=1)

Faults = Iterator[tuple[str, str]]


def all_faults(keys, *, case: Case | None = None, since=None) -> Faults:
    """(kind, words) of every fault; with ``since`` only of what was written or sealed on that day or later."""
    cases, sealed, roots = Case.objects.all(), SealedHead.objects.all(), JournalRoot.objects.all()
    if since:
        cases = cases.filter(Exists(JournalEntry.objects.filter(case_id=OuterRef("pk"), at__date__gte=since)))
        sealed, roots = sealed.filter(root__night__gte=since), roots.filter(night__gte=since)
    if case:
        return chain(chain_faults(cases.filter(pk=case.pk)), sealed_faults(sealed.filter(case_pk=case.pk)))
    numbers = chain(register.gaps(), register_faults(SealedRegister.objects.all()))
    return chain(
        chain_faults(cases), orphans(), numbers, sealed_faults(sealed), root_faults(roots, keys), copy_faults(roots)
    )


def chain_faults(cases) -> Faults:
    """The first fault of each case's own chain."""
    last = 0
    while page := list(cases.filter(pk__gt=last).order_by("pk")[:A_PAGE]):
        written_lines = JournalEntry.objects.filter(case_id__in=[case.pk for case in page]).select_related("kept")
        ordered = written_lines.order_by("case_id", "number").iterator(chunk_size=2000)
        known = {case.pk: case for case in page}
        for case_id, entries in groupby(ordered, key=attrgetter("case_id")):
            yield from _some(fault_in(known.pop(case_id), entries))
        for case in known.values():  # not one line
            yield from _some(fault_in(case, ()))
        last = page[-1].pk


def orphans() -> Faults:
    """Lines whose case is gone although the lines are not."""
    lost = JournalEntry.objects.filter(~Exists(Case.objects.filter(pk=OuterRef("case_id")))).order_by("case_id").first()
    if lost:
        yield "deleted case", f"case {lost.case_id} is gone, its journal is still there"


def sealed_faults(sealed) -> Faults:
    """What a root has sealed and is no more, the oldest seal first."""
    there = Case.objects.filter(pk=OuterRef("case_pk"))
    standing = JournalEntry.objects.filter(case_id=OuterRef("case_pk"), number=OuterRef("count"), hash=OuterRef("head"))
    sealed = sealed.select_related("root").order_by("root_id", "case_pk")
    changed = sealed.filter(Exists(there), ~Exists(standing), count__gt=0)
    shorter = Exists(there.filter(journal_count__lt=OuterRef("count")))
    for line in sealed.filter(~Exists(there)).iterator():
        yield "deleted case", f"{_case(line)}: the case is gone; {_seal(line)} had {line.count} entries of its journal"
    for line in changed.filter(shorter).iterator():
        yield "cut journal", f"{_case(line)}: the journal was cut; {_seal(line)} had {line.count} entries"
    for line in changed.filter(~shorter).iterator():
        yield "rewritten journal", f"{_case(line)}: entry {line.count} is not the one that {_seal(line)} had"
    renumbered = sealed.exclude(number="").filter(Exists(there), ~Exists(there.filter(number=OuterRef("number"))))
    for line in renumbered.iterator():
        yield "changed number", f"{_case(line)}: the case had this number in {_seal(line)} and has it no more"


def register_faults(sealed) -> Faults:
    """Registers that stand lower than they stood, so that a number could be given again."""
    sealed = sealed.select_related("root").order_by("root_id", "pk")
    reached = RegistrationCounter.objects.filter(
        series=OuterRef("series"), office__code=OuterRef("office"), year=OuterRef("year"), last__gte=OuterRef("last")
    )
    for line in sealed.filter(~Exists(reached)).iterator():
        told = f"{line.series}-{line.office}-{line.year}: the register had come to {line.last} in {_seal(line)}"
        yield "register set back", told


def root_faults(roots, keys) -> Faults:
    """Each root against its lines, the root before it, and the keys by which roots are believed."""
    for root in roots.order_by("number").iterator(chunk_size=500):
        yield from _link_faults(root)
        digest = _digest(root)
        if digest != root.lines_digest:
            yield "edited seal", f"{root} ({root.night}): what it sealed has been changed"
        if root.hash != root_hash(root):
            yield "edited root", f"{root} ({root.night}) has been edited"
        if root.key not in keys:
            yield "foreign key", f"{root} ({root.night}) is signed by another key: {root.key[:16]}…"
        elif not holds(keys[root.key], root.signature, root.hash):
            yield "signature", f"{root} ({root.night}): the signature is not that of the key {root.key[:16]}…"


def copy_faults(roots) -> Faults:
    """Each root against its copy in the other place, and the copies there without a root here."""
    place = keeper()
    for root in roots.select_related("copy").order_by("number").iterator(chunk_size=500):
        try:
            yield from _differences(root, place.read(name_of(root)))
        except FileNotFoundError:
            if root.at < clock.now() - COPIED_WITHIN:
                yield "missing copy", f"{root} ({root.night}): its copy is not in the other place"
        except OSError as error:
            yield "unread copy", f"{root} ({root.night}): its copy cannot be read: {error}"
    for name in place.roots():
        if not JournalRoot.objects.filter(number=_number(name)).exists():
            yield "missing root", f"{name} lies in the other place, the root itself is gone"


def _link_faults(root) -> Faults:
    before = JournalRoot.objects.filter(number__lt=root.number).order_by("number").last()
    if root.number > 1 and (before is None or before.number != root.number - 1):
        yield "missing root", f"root {root.number - 1} is missing"
    elif root.previous_hash != (before.hash if before else ""):
        yield "unlinked root", f"{root} ({root.night}) does not follow the one before it"
    elif before and root.first_night != before.night + timedelta(days=1):
        yield "missing night", f"{root}: no root covers the nights between {before.night} and {root.first_night}"


def _digest(root) -> str:
    digest = hashlib.sha256()
    for line in lines(root):
        digest.update(line)
    return digest.hexdigest()


def _differences(root, copied) -> Faults:
    """The first line in which the copy is another than the root."""
    for number, (here, there) in enumerate(zip_longest(written(root), copied), start=1):
        if here != there:
            yield "different copy", f"{root} ({root.night}): its copy differs in line {number}"
            return


def _some(fault: tuple[str, str]) -> Faults:
    if fault[0]:
        yield fault


def _case(line: SealedHead) -> str:
    return line.number or f"case {line.case_pk}"


def _seal(line) -> str:
    return f"root {line.root_id} ({line.root.night})"


def _number(name: str) -> int:
    digits = name.removeprefix("root-").removesuffix(".jsonl")
    return int(digits) if digits.isdecimal() else 0
