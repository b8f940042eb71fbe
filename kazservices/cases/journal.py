"""The hash chain of a case: written only with the case's row locked, checked by anyone."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from kazservices import clock
from kazservices.offices.actors import user_or_none

from .models import Case, JournalEntry, JournalFacts

#: The line that says of which earlier line the facts were erased, and why.
ERASED = "facts_erased"


class NotErasable(Exception):
    """The facts of this line are gone already, or must stay; or nobody said why they should go."""


@dataclass(frozen=True)
class Line:
    """What a line of a journal is to say."""

    case: Case
    move: str
    facts: dict
    norm: str = ""


def write(case, move, *, by, at, facts=None, norm="") -> JournalEntry:
    """Add a line to the journal of a case whose row the caller has locked."""
    entry, kept = _composed(Line(case, move, facts or {}, norm), by=by, at=at)
    entry.save(force_insert=True)
    kept.entry = entry
    kept.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(journal_count=entry.number, journal_head=entry.hash)
    return entry


def write_many(lines: Iterable[Line], *, by, at) -> None:
    """Add lines, in this order, to the journals of cases whose rows the caller has locked, in a few statements.

    Lines of one case name the same object; the caller saves its ``journal_count`` and ``journal_head``.
    """
    composed = [_composed(line, by=by, at=at) for line in lines]
    JournalEntry.objects.bulk_create([entry for entry, _ in composed])
    for entry, kept in composed:
        kept.entry = entry
    JournalFacts.objects.bulk_create([kept for _, kept in composed])


@transaction.atomic
def erase(entry: JournalEntry, *, by, reason: str, norm: str = "") -> JournalEntry:
    """Erase the facts of a line with their salt, so that nobody can guess them, and write a line that says so.

    The line itself stays, and with it the chain. Who may ask for it is the caller's question.
    Raises: NotErasable for a line that has lost its facts, for one that tells of an erasure, and without a reason.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=entry.case_id)
    at = clock.now()
    kept = JournalFacts.objects.filter(entry=entry, erased_at=None)
    if entry.move == ERASED or not reason.strip():
        raise NotErasable(entry)
    if not kept.update(facts=None, salt="", erased_at=at):
        raise NotErasable(entry)
    return write(case, ERASED, by=by, at=at, facts={"entry": entry.number, "reason": reason}, norm=norm)


def _composed(line: Line, *, by, at) -> tuple[JournalEntry, JournalFacts]:
    """The next entry of the chain with its facts; the case carries the new head at once."""
    case, facts, salt = line.case, _plain(line.facts), secrets.token_hex(16)
    entry = JournalEntry(
        case_id=case.pk,
        number=case.journal_count + 1,
        at=at,
        actor=user_or_none(by),
        move=line.move,
        norm=line.norm,
        facts_digest=digest(salt, facts),
        previous_hash=case.journal_head,
    )
    entry.hash = chain_hash(entry)
    case.journal_count, case.journal_head = entry.number, entry.hash
    return entry, JournalFacts(salt=salt, facts=facts)


def digest(salt: str, facts: dict) -> str:
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


def chain_hash(entry: JournalEntry) -> str:
    """What the next line will carry: previous hash, number, time, actor, move, norm, digest of the facts."""
    parts = (
        entry.previous_hash,
        str(entry.case_id),
        str(entry.number),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),  # as it is read again, whatever zone wrote it
        str(entry.actor_id or 0),
        entry.move,
        entry.norm,
        entry.facts_digest,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def first_fault(case: Case) -> str:
    """The first wrong line of a case's journal, in words; empty when the chain holds."""
    return fault_in(case, case.journal.select_related("kept").order_by("number"))[1]


def fault_in(case: Case, entries: Iterable[JournalEntry]) -> tuple[str, str]:
    """(kind, words) of the first wrong line among the entries of a case, in their order; empty when all hold."""
    entries = list(entries)
    erasures = _erasures(entries)
    head = ""
    for number, entry in enumerate(entries, start=1):
        kind, words = _fault_of(entry, number, head) or _fault_of_facts(entry, erasures.get(number)) or ("", "")
        if kind:
            return kind, f"{case}: {words}"
        head = entry.hash
    if len(entries) != case.journal_count:
        return "count", f"{case}: {case.journal_count} entries were written, {len(entries)} are there"
    if head != case.journal_head:
        return "head", f"{case}: the head of the journal is not the one that was written"
    return "", ""


def _erasures(entries: list[JournalEntry]) -> dict[int, JournalEntry]:
    """By the number of an erased line: the later line that says so, if what it says is what was written."""
    told = [entry for entry in entries if entry.move == ERASED and _facts_hold(entry)]
    return {of: entry for entry in told if (of := entry.kept.facts.get("entry", 0)) < entry.number}


def _fault_of(entry: JournalEntry, number: int, head: str) -> tuple[str, str] | None:
    if entry.number != number:
        return "missing entry", f"entry {number} is missing"
    if entry.previous_hash != head:
        return "unlinked entry", f"entry {number} does not follow the one before it"
    if entry.hash != chain_hash(entry):
        return "edited entry", f"entry {number} has been edited"
    return None


def _fault_of_facts(entry: JournalEntry, erasure: JournalEntry | None) -> tuple[str, str] | None:
    """Facts stand as they were written, or they are gone and a later line says so: there is nothing between."""
    kept = getattr(entry, "kept", None)
    if kept is None or kept.erased_at is None:
        if erasure:
            return "facts put back", f"entry {erasure.number} erased the facts of entry {entry.number}"
        return None if _facts_hold(entry) else ("edited facts", f"the facts of entry {entry.number} have been edited")
    if kept.facts is not None:
        return "facts put back", f"entry {entry.number} carries facts although they were erased"
    if erasure is None or erasure.at != kept.erased_at:
        return "untold erasure", f"the facts of entry {entry.number} were erased, and no entry of that moment says so"
    return None


def _facts_hold(entry: JournalEntry) -> bool:
    kept = getattr(entry, "kept", None)
    return kept is not None and kept.erased_at is None and digest(kept.salt, kept.facts) == entry.facts_digest


def _plain(facts: dict) -> dict:
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False))
