"""The count, when all has come to rest: what was owed and due, and what arrived and was noted.

What was owed is read from the marks in the database, what happened from the stand-in gateway's own log and from the
folder of sent e-mails. The gateway writes down everything it receives and, as a real one does, delivers a message
whose idempotency key it knows no second time: *received* and *accepted* are counted apart.

* **lost**: owed, and never accepted (a letter), or due and not in the register of breaches (a clock);
* **doubled**: accepted twice, or noted twice in a journal, or sent twice under different keys (two letters of one kind
  about one clock). Where a worker dies between claim and effect, it has sent nothing: there a message that was only
  received twice is a double too (``strictly``);
* **repeated**: received twice under one key where that may be: a process had sent and not marked when it died, or the
  gateway was slow, or it rang twice. A known limit, not a fault of the claim.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default as policy
from pathlib import Path
from uuid import UUID

from tests.faults.ground import Ground
from tests.faults.points import FILED_WHOLE, HANDS, Point


@dataclass(frozen=True)
class Death:
    """One kill: where it was meant, what the worker had claimed by then; ``claims`` 0 when it was not reached."""

    point: Point
    claims: int


@dataclass
class Result:
    """What was counted when all had come to rest."""

    deaths: list[Death]
    clocks: int
    seconds: float = 0.0
    noted: int = 0
    letters: int = 0
    received: int = 0
    accepted: int = 0
    repeated: int = 0
    times: int = 0
    #: Old breaches that were noted only after newer ones had been (``suffer.AHEAD``).
    overtaken: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    #: What the audit objects to (``tests.faults.audit``).
    broken: list[str] = field(default_factory=list)


def count(ground: Ground, result: Result, *, recounted: bool = False, strictly: bool = True) -> Result:
    gateway = [json.loads(line) for line in (ground.outside / "gateway.jsonl").read_text().splitlines()]
    mailed = Counter(sent_mail(ground))
    count_copies(ground, result, Counter(message["key"] for message in gateway), mailed, strictly=strictly)
    words = Counter((message["phone"], message["text"]) for message in gateway if not message["duplicate"])
    count_messages(ground, result, words)
    result.received = len(gateway) + sum(mailed.values())
    result.accepted = sum(words.values()) + len(mailed)  # an e-mail sent again after a death is repeated, not more
    count_clocks(ground, result)
    if recounted:
        count_recount(ground, result)
    count_words(words, ground, result)
    return result


def count_copies(ground: Ground, result: Result, received: Counter, mailed: Counter, *, strictly: bool) -> None:
    """Each copy by its key: how often it left, and whether that may be."""
    unmarked = sent_and_not_marked(ground)
    copies = ground.rows("SELECT id, key, channel, letter FROM notices_notice WHERE channel <> 'cabinet'")
    for pk, kept, channel, letter in copies:
        times = (received if channel == "sms" else mailed)[str(UUID(str(kept)))]
        known_again = channel == "sms" and not strictly  # the gateway knew the key and delivered nothing
        if times == 0 and channel == "email":
            result.lost.append(f"{letter} by {channel}")
        if times > 1 + unmarked[pk] and not known_again:
            result.doubled.append(f"{letter} by {channel} x{times}")
        else:
            result.repeated += max(0, times - 1)
        result.letters += 1


def count_messages(ground: Ground, result: Result, words: Counter) -> None:
    """What people read on their telephones, whatever its key: each short message as often as it was owed."""
    owed = Counter(ground.rows("SELECT address, body FROM notices_notice WHERE channel = 'sms'"))
    result.lost += ["a short message"] * (owed - words).total()
    result.doubled += ["a short message"] * (words - owed).total()


def sent_and_not_marked(ground: Ground) -> Counter:
    """How often a copy had gone on to be sent by a process that did not come to mark it."""
    told = Path(ground.environment()["FAULTS_RECORD"] + HANDS)
    unmarked, last = Counter(), {}
    for line in told.read_text().splitlines() if told.exists() else ():
        known = json.loads(line)
        before = last.pop(known["process"], None)
        if known["does"] == "sends":
            unmarked[before] += 1
            last[known["process"]] = known["row"]
    return unmarked + Counter(last.values())


def count_clocks(ground: Ground, result: Result) -> None:
    """The register of breaches, the journals and the heads' letters: one of each for every clock that fell due."""
    due = "deadlines_deadline WHERE rule = 'deferral.decide' AND due_at < '2026-03-21'"
    noted = dict(ground.rows(f"SELECT case_id, breach_noted_at FROM {due}"))
    lines = Counter(row[0] for row in ground.rows("SELECT case_id FROM cases_journalentry WHERE move = 'breach_noted'"))
    told = Counter(ground.rows("SELECT case_id, channel FROM notices_notice WHERE letter = 'breach'"))
    result.noted = sum(at is not None for at in noted.values())
    result.lost += ["a clock that nobody noted"] * (result.clocks - result.noted)
    for case in noted:
        for what, times in (("line", lines[case]), *((c, told[case, c]) for c in ("cabinet", "sms", "email"))):
            count_times(result, f"the breach of a clock: {what}", times)


def count_recount(ground: Ground, result: Result) -> None:
    """The twelve applications just filed: the end of each on the day after the day off, told once to each person."""
    filed = dict(ground.rows("SELECT case_id, due_on FROM deadlines_deadline WHERE rule = 'deferral.decide' "
                             "AND due_at > '2026-03-31'"))  # fmt: skip
    lines = Counter(row[0] for row in ground.rows("SELECT case_id FROM cases_journalentry WHERE move = 'recount'"))
    told = Counter(ground.rows("SELECT case_id, letter, channel FROM notices_notice WHERE letter LIKE '%due_moved'"))
    result.lost += ["an application just filed"] * (FILED_WHOLE - len(filed))
    for case, due_on in filed.items():
        if str(due_on) != "2026-04-03":
            result.lost.append("a clock that was not moved")
        count_times(result, "a moved clock: line", lines[case])
        for letter, channel in MOVED_LETTERS:
            count_times(result, f"a moved clock: {letter} by {channel}", told[case, letter, channel])


#: To the applicant, who has a telephone, and to the chair, who has an address too.
MOVED_LETTERS = (
    ("due_moved", "cabinet"), ("due_moved", "sms"),
    ("staff_due_moved", "cabinet"), ("staff_due_moved", "sms"), ("staff_due_moved", "email"),
)  # fmt: skip


def count_times(result: Result, what: str, times: int) -> None:
    if times < 1:
        result.lost.append(what)
    if times > 1:
        result.doubled.append(f"{what} x{times}")


def count_words(words: Counter, ground: Ground, result: Result) -> None:
    """The same words to the same number: a letter about one clock that was written twice."""
    own = {number for (number,) in ground.rows("SELECT number FROM cases_case WHERE applicant_id IS NULL")}
    for (_, text), times in words.items():
        if times > 1 and any(number in text for number in own):
            result.doubled.append(f"the same words x{times}")


def sent_mail(ground: Ground):
    """The keys of all e-mails that left, as often as they left."""
    for path in (ground.data / "mail").glob("*.log"):
        for text in path.read_bytes().split(b"-" * 79 + b"\n"):
            if text.strip():
                yield message_from_bytes(text, policy=policy)["Message-ID"].strip("<>").partition("@")[0]
