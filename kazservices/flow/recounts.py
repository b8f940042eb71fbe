"""A recount among running cases: what is appointed in them, and whom a moved date concerns."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from calendars import words
from calendars.rules import rule_on
from kazservices.cases.models import Case
from kazservices.deadlines import recount
from kazservices.deadlines.recount import Change, Surroundings
from kazservices.notices.outbox import Letter, owe_many

from .audience import recipients, responsible
from .manifest import APPLICANT, all_manifests, specifics

LANGUAGES = ("kk", "ru")


def run(recount_id: int) -> bool:
    """Do the work that a revision of the calendar left; true when it is done."""
    return recount.run(recount_id, around=AROUND)


def run_waiting() -> tuple[int, int]:
    """What no worker has begun, or a dead one left: (looked at, done)."""
    return recount.run_waiting(around=AROUND)


def catch_up(case: Case) -> None:
    """Recount one case, whose row is locked, before a move is judged by its clocks."""
    recount.catch_up(case, around=AROUND)


def appointments(case_ids, since: datetime) -> dict[int, datetime]:
    """What is appointed in these cases from an instant on, whatever their services."""
    return {key: at for manifest in all_manifests() for key, at in manifest.appointments(case_ids, since).items()}


def tell(moved: list[tuple[Case, list[Change]]], revision: int, acts: list[str], at: datetime) -> None:
    """One letter a case to its applicant, and one to each official whose clocks have moved."""
    because = {language: words.revision_words(revision, acts, language) for language in LANGUAGES}
    found = specifics(case for case, _ in moved)
    owe_many((letter for case, changes in moved for letter in _letters(found[case.pk], changes, because)), at=at)


def _letters(case, changes: list[Change], because: dict[str, str]) -> Iterator[Letter]:
    for person in recipients(case, APPLICANT):
        yield Letter("due_moved", person, case, _context(case, changes, because))
    for person, concerned in _officials(case, changes):
        yield Letter("staff_due_moved", person, case, _context(case, concerned, because))


def _context(case, changes: list[Change], because: dict[str, str]) -> dict:
    rows = _rows(case, changes)
    return {"because": because, "clocks": rows, "first": rows[0], "last": rows[-1]}


def _officials(case, changes: list[Change]):
    """Each official with the clocks that wait for him."""
    concerned, people = defaultdict(list), {}
    for change in changes:
        for person in responsible(case, change.clock):
            people[person.pk] = person
            concerned[person.pk].append(change)
    return [(person, concerned[key]) for key, person in people.items()]


def _rows(case, changes: list[Change]) -> list[dict]:
    """The clocks of a letter in both languages, in the order in which they are due now."""
    local = case.time.local
    return [
        {
            "label": _labels(change.clock),
            "before": _moments(local(change.clock.due_at)),
            "after": _moments(local(change.values["due_at"])),
        }
        for change in sorted(changes, key=lambda change: change.values["due_at"])
    ]


def _labels(clock) -> dict[str, str]:
    rule = rule_on(clock.rule, clock.base_on)
    return {language: rule.label(language) if rule else clock.norm for language in LANGUAGES}


def _moments(moment: datetime) -> dict[str, str]:
    return {language: words.citizen_datetime(moment, language, year=True) for language in LANGUAGES}


AROUND = Surroundings(appointments=appointments, tell=tell)
