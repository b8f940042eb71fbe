"""A revision being prepared: who drafts it, what may stand in it, and how many days are read from one file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from calendars.kazakhstan import FIRST_YEAR
from calendars.models import DayShift, Proposal
from calendars.service import current_revision, living_year, working_calendar
from kazservices import clock

COLUMNS = ("date", "kind", "exchanged_with", "issuer", "act_number", "act_date", "source", "provisional", "note")
WANTED = ("date", "kind", "issuer", "act_number", "act_date", "source")
YES, NO = frozenset({"1", "yes", "true", "иә", "да"}), frozenset({"", "0", "no", "false", "жоқ", "нет"})
LONGEST_FILE = 1_000_000  # bytes; a century of moved days is shorter


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in a file: the line as an editor counts it, the column, and the words for people."""

    line: int
    field: str
    message: str


def covered_years() -> tuple[int, int]:
    """The first and the last year for which a day may be entered."""
    return FIRST_YEAR, living_year() + 1


def begin(by: str, *, note: str = "", confirms_year: int | None = None) -> Proposal:
    """Open an empty draft; ``by`` is the login of whoever drafts it, and he alone may change it."""
    _demand_year(confirms_year)
    return Proposal.objects.create(
        drafted_by=by,
        drafted_at=clock.now(),
        note=note,
        confirms_year=confirms_year,
        base_revision=current_revision(),
    )


@transaction.atomic
def describe(proposal: Proposal, by: str, *, note: str, confirms_year: int | None) -> None:
    """Write the note, and the year whose days are all known with it."""
    locked = _draft_of(proposal, by)
    _demand_year(confirms_year)
    locked.note, locked.confirms_year = note, confirms_year
    locked.save(update_fields=["note", "confirms_year"])


@transaction.atomic
def add(proposal: Proposal, shifts: Iterable[DayShift], by: str) -> None:
    """Take days into a draft, all or none. Raises ValidationError at the field of the first fault."""
    locked = _draft_of(proposal, by)
    taken = set(locked.shifts.values_list("date", flat=True))
    for shift in shifts:
        shift.proposal, shift.revision = locked, None
        shift.full_clean(exclude=["proposal", "revision"], validate_constraints=False)
        if found := faults_of(shift) or _twice(shift.date, taken):
            raise ValidationError(found)
        taken.add(shift.date)
        shift.save()


@transaction.atomic
def remove(proposal: Proposal, shift: DayShift, by: str) -> None:
    """Take a day out of a draft."""
    locked = _draft_of(proposal, by)
    locked.shifts.filter(pk=shift.pk, revision=None).delete()


@transaction.atomic
def withdraw(proposal: Proposal, shifts: Iterable[DayShift], by: str) -> None:
    """Say which days in force end with this revision; the list replaces the one that stood there."""
    locked = _draft_of(proposal, by)
    shifts = list(shifts)
    in_force = set(DayShift.objects.in_force(current_revision()).values_list("pk", flat=True))
    if any(shift.pk not in in_force for shift in shifts):
        raise ValidationError({"withdraws": _("This day is not in force.")})
    locked.withdraws.set(shifts)


@transaction.atomic
def propose(proposal: Proposal, by: str) -> None:
    """Close the draft: from now on it waits, unchanged, for a second person."""
    locked = _draft_of(proposal, by)
    if not (locked.shifts.exists() or locked.withdraws.exists() or locked.confirms_year):
        raise ValidationError(_("Enter a day first: there is nothing to publish."), code="empty")
    locked.state, locked.proposed_at = Proposal.State.PROPOSED, clock.now()
    locked.base_revision = current_revision()
    locked.save(update_fields=["state", "proposed_at", "base_revision"])


@transaction.atomic
def take_back(proposal: Proposal, by: str) -> None:
    """Open a proposed revision again, to mend it."""
    locked = _lock(proposal)
    _demand_drafter(locked, by)
    if locked.state != Proposal.State.PROPOSED:
        raise ValidationError(_("This revision is not being prepared any more."), code="state")
    locked.state, locked.proposed_at = Proposal.State.DRAFT, None
    locked.save(update_fields=["state", "proposed_at"])


@transaction.atomic
def discard(proposal: Proposal, by: str, reason: str = "") -> None:
    """Give it up: a draft by its drafter, a proposed one by the second person too; what stood in it can be read."""
    locked = _lock(proposal)
    if not locked.is_open:
        raise ValidationError(_("This revision is not being prepared any more."), code="state")
    if locked.state == Proposal.State.DRAFT:
        _demand_drafter(locked, by)
    locked.state, locked.decided_by, locked.decided_at = Proposal.State.DISCARDED, by, clock.now()
    locked.reason = reason
    locked.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def faults_of(shift: DayShift) -> dict[str, str]:
    """What speaks against a day by itself: the field and the words."""
    first, last = covered_years()
    message = _("The day lies outside the years %(first)s to %(last)s.") % {"first": first, "last": last}
    for field in ("date", "exchanged_with"):
        day = getattr(shift, field)
        if day is not None and not first <= day.year <= last:
            return {field: message}
    if shift.exchanged_with == shift.date:
        return {"exchanged_with": _("A day cannot be exchanged with itself.")}
    if _changes_nothing(shift):
        return {"kind": _("The day is so already: nothing would change.")}
    return {}


def read_csv(content: bytes) -> tuple[list[DayShift], list[LineFault]]:
    """The days of a file, unsaved, and every fault of its lines; with a fault no day is given back.

    Columns as in COLUMNS, in any order, separated by commas or semicolons; UTF-8 with or without a mark.
    """
    if len(content) > LONGEST_FILE:
        return [], [LineFault(1, "", _("The file is too long: 1 MB at most."))]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return [], [LineFault(line, "", _("The file is not in UTF-8. Save it as CSV UTF-8."))]
    if "\0" in text:
        return [], [LineFault(1, "", _("This is not a CSV file."))]
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
    try:
        return _days_of(rows)
    except csv.Error:
        return [], [LineFault(rows.line_num + 1, "", _("The quotation marks of this line are not closed."))]


def _days_of(rows: csv.DictReader) -> tuple[list[DayShift], list[LineFault]]:
    columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    faults = [LineFault(1, name, _("This column is missing.")) for name in WANTED if name not in columns]
    faults += [LineFault(1, name, _("This column is unknown.")) for name in columns if name not in COLUMNS]
    faults += [LineFault(1, name, _("This column stands twice.")) for name in COLUMNS if columns.count(name) > 1]
    if faults:
        return [], faults
    rows.fieldnames = columns
    shifts: list[DayShift] = []
    taken: set[date] = set()
    for row in rows:
        if not any(value and value.strip() for value in row.values() if isinstance(value, str)):
            continue
        shift, found = _day_of(row)
        if shift is not None and not found:
            found = faults_of(shift) or _twice(shift.date, taken)
            taken.add(shift.date)
            shifts.append(shift)
        faults += [LineFault(rows.line_num, field, message) for field, message in found.items()]
    if not shifts and not faults:
        faults = [LineFault(1, "", _("The file has no days."))]
    return ([], faults) if faults else (shifts, [])


def _day_of(row: dict) -> tuple[DayShift | None, dict[str, str]]:
    """The day of one line, or what is wrong with its shape."""
    if None in row or None in row.values():
        return None, {"": _("This line has more or fewer values than the first line has columns.")}
    values = {name: value.strip() for name, value in row.items()}
    known = {name: values.get(name, "") for name in COLUMNS}
    found = {name: _("This field is wanted.") for name in WANTED if not known[name]}
    days: dict[str, date | None] = {}
    for name in ("date", "exchanged_with", "act_date"):
        try:
            days[name] = date.fromisoformat(known[name]) if known[name] else None
        except ValueError:
            found[name] = _("A date is written as 2026-03-30.")
    if known["provisional"].lower() not in YES | NO:
        found["provisional"] = _("Write 1 or 0.")
    if found:
        return None, found
    shift = DayShift(**(known | days | {"provisional": known["provisional"].lower() in YES}))
    try:
        shift.full_clean(exclude=["proposal", "revision", "withdrawn_by"], validate_constraints=False)
    except ValidationError as error:
        return None, {name: " ".join(messages) for name, messages in error.message_dict.items()}
    return shift, {}


def _changes_nothing(shift: DayShift) -> bool:
    if DayShift.objects.in_force(current_revision()).filter(date=shift.date).exists():
        return False  # a newer act for a day that an act has moved: what it says replaces the first
    return working_calendar().is_working(shift.date) == (shift.kind == DayShift.Kind.WORKS)


def _twice(day: date, taken: set[date]) -> dict[str, str]:
    return {"date": _("This day stands there already.")} if day in taken else {}


def _demand_year(year: int | None) -> None:
    if year is not None and not living_year() <= year <= living_year() + 1:
        raise ValidationError({"confirms_year": _("Only this year's or the next year's days can be confirmed.")})


def _lock(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)


def _draft_of(proposal: Proposal, by: str) -> Proposal:
    """The draft, locked, for the one who may change it."""
    locked = _lock(proposal)
    _demand_drafter(locked, by)
    if locked.state != Proposal.State.DRAFT:
        raise ValidationError(_("This revision is not a draft any more."), code="state")
    return locked


def _demand_drafter(proposal: Proposal, by: str) -> None:
    """What one has drafted another confirms: so nobody changes the draft of another."""
    if proposal.drafted_by != by:
        raise ValidationError(_("Only whoever drafts this revision may change it."), code="not_yours")
