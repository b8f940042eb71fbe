"""The hash chain of a case: written only with the case's row locked, checked by anyone."""

import hashlib
import json
import secrets

from django.core.serializers.json import DjangoJSONEncoder

from kazservices.offices.actors import user_or_none

from .models import Case, JournalEntry, JournalFacts


def write(case, move, *, by, at, facts=None, norm="") -> JournalEntry:
    """Add a line to the journal of a case whose row the caller has locked."""
    facts = _plain(facts or {})
    salt = secrets.token_hex(16)
    entry = JournalEntry(
        case_id=case.pk,
        number=case.journal_count + 1,
        at=at,
        actor=user_or_none(by),
        move=move,
        norm=norm,
        facts_digest=digest(salt, facts),
        previous_hash=case.journal_head,
    )
    entry.hash = chain_hash(entry)
    entry.save(force_insert=True)
    JournalFacts.objects.create(entry=entry, salt=salt, facts=facts)
    case.journal_count, case.journal_head = entry.number, entry.hash
    Case.objects.filter(pk=case.pk).update(journal_count=entry.number, journal_head=entry.hash)
    return entry


def digest(salt: str, facts: dict) -> str:
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


def chain_hash(entry: JournalEntry) -> str:
    """What the next line will carry: previous hash, number, time, actor, move, norm, digest of the facts."""
    parts = (
        entry.previous_hash,
        str(entry.case_id),
        str(entry.number),
        entry.at.isoformat(timespec="microseconds"),
        str(entry.actor_id or 0),
        entry.move,
        entry.norm,
        entry.facts_digest,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def first_fault(case: Case) -> str:
    """The first wrong line of a case's journal, in words; empty when the chain holds."""
    head, number = "", 0
    for entry in case.journal.select_related("kept").order_by("number"):
        number += 1
        if entry.number != number:
            return f"{case}: entry {number} is missing"
        if entry.previous_hash != head:
            return f"{case}: entry {number} does not follow the one before it"
        if entry.hash != chain_hash(entry):
            return f"{case}: entry {number} has been edited"
        if _facts_were_edited(entry):
            return f"{case}: the facts of entry {number} have been edited"
        head = entry.hash
    if number != case.journal_count:
        return f"{case}: {case.journal_count} entries were written, {number} are there"
    return "" if head == case.journal_head else f"{case}: the head of the journal is not the one that was written"


def _facts_were_edited(entry) -> bool:
    kept = getattr(entry, "kept", None)
    if kept is None:
        return True
    return kept.erased_at is None and digest(kept.salt, kept.facts) != entry.facts_digest


def _plain(facts: dict) -> dict:
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False))
