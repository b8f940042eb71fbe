"""A revision of the calendar over running cases: what it would move, and its publication by a second person."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import groupby

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from calendars import service as calendars
from calendars.arithmetic import OfficeTime
from calendars.models import DayShift, Proposal, Revision
from kazservices import clock
from kazservices.bells import ring
from kazservices.cases.models import Case
from kazservices.deadlines import recount
from kazservices.deadlines.models import Deadline, Recount
from kazservices.deadlines.recount import Bounds, Change
from kazservices.looking import looking
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of

from . import recounts, tasks
from .door import advance
from .errors import MoveNotAllowed
from .manifest import all_manifests, manifest_of

CASES_AT_ONCE = 500


class PreviewChanged(ValidationError):
    """What was confirmed is not what would happen now."""

    def __init__(self):
        super().__init__(
            _("The days or the hearings have changed since you looked. Look at the preview again."),
            code="preview_changed",
        )


@dataclass(frozen=True)
class MovedClock:
    """A running clock and where its end goes; ``days``: calendar days, below zero when it comes earlier."""

    case_id: int
    number: str
    service: str
    office: Office
    rule: str
    due_before: datetime
    due_after: datetime
    days: int


@dataclass(frozen=True)
class HeldBack:
    """A clock that the calendar alone would move further: ``reason`` names the rule that keeps it."""

    case_id: int
    number: str
    service: str
    office: Office
    rule: str
    due_before: datetime
    due_after: datetime
    by_calendar: datetime
    reason: str


@dataclass(frozen=True)
class Displaced:
    """What is appointed on a day that becomes a day off: its moment, a lawful new one, and the lawful days."""

    case_id: int
    number: str
    service: str
    office: Office
    at: datetime
    proposed_at: datetime
    first: date
    last: date


@dataclass(frozen=True)
class Preview:
    """What a proposal would do if it were published now."""

    moved: tuple[MovedClock, ...]
    held_back: tuple[HeldBack, ...]
    hearings: tuple[Displaced, ...]
    #: Clocks moved, by office and by service.
    by_office: Counter
    by_service: Counter
    #: Of the days, the revision under them and what is appointed on them: a confirmation is of exactly this.
    digest: str
    base_revision: int


@dataclass(frozen=True)
class _Plan:
    """The calendar as it would be: its days, and which of them differ from the one in force."""

    base: int
    shifts: tuple[DayShift, ...]
    withdrawn: tuple[DayShift, ...]
    confirms_year: int
    _known: dict = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """The days that differ."""
        return sorted({shift.date for shift in (*self.shifts, *self.withdrawn)})

    def time(self, schedule: str, zone: str) -> OfficeTime:
        """The working time of an office under it."""
        if (schedule, zone) not in self._known:
            standing = DayShift.objects.in_force(self.base).exclude(pk__in=[shift.pk for shift in self.withdrawn])
            standing = standing.exclude(date__in=[shift.date for shift in self.shifts])
            self._known[schedule, zone] = calendars.proposed_time(
                schedule, zone, shifts=[*standing, *self.shifts], confirms_year=self.confirms_year
            )
        return self._known[schedule, zone]


def preview(proposal: Proposal) -> Preview:
    """What the proposal would move if it were published now; reads only."""
    at, plan = clock.now(), _plan(proposal)
    moved, held_back = [], []
    for case, change in _changes(plan, at):
        told = (case.pk, case.number, case.service, case.office, change.clock.rule, change.clock.due_at)
        due_after = change.values["due_at"]
        if change.is_moved:
            local = plan.time(change.clock.schedule, case.office.zone).local
            days = (local(due_after).date() - local(change.clock.due_at).date()).days
            moved.append(MovedClock(*told, due_after, days))
        if change.reason:
            held_back.append(HeldBack(*told, due_after, change.by_calendar, change.reason))
    hearings = tuple(_displaced(plan, at))
    return Preview(
        moved=tuple(moved),
        held_back=tuple(held_back),
        hearings=hearings,
        by_office=Counter(row.office for row in moved),
        by_service=Counter(row.service for row in moved),
        digest=_digest(plan, hearings),
        base_revision=plan.base,
    )


@transaction.atomic
def publish(proposal: Proposal, by, *, digest: str, hearings: Mapping[int, datetime]) -> Revision:
    """Bring a proposal into force by a second person, with every hearing on a day off set anew, or not at all.

    ``hearings``: case id -> the new moment, aware. A fault in one of them stands at the field ``hearing_<case id>``.
    Of two operators at once the second waits for the first and is told that the calendar has changed.
    Raises PermissionDenied, ValidationError.
    """
    if not offices_of(by, Role.OPERATOR):
        raise PermissionDenied
    calendars.last_revision_locked()
    proposal = _proposed(proposal, by)
    plan = _plan(proposal)
    if digest.partition(":")[0] != str(plan.base):
        raise calendars.CalendarChanged
    displaced = list(_displaced(plan, clock.now()))
    if digest != _digest(plan, displaced):
        raise PreviewChanged
    if set(hearings) != {one.case_id for one in displaced}:
        raise ValidationError(_("Set every hearing on a day off anew first."), code="hearings")
    revision = calendars.publish(
        plan.shifts, by=by.username, withdraw=plan.withdrawn, note=proposal.note,
        confirms_year=plan.confirms_year, over=plan.base,
    )  # fmt: skip
    work = recount.begin(revision, (*plan.shifts, *plan.withdrawn), confirms=bool(plan.confirms_year))
    _set_anew(displaced, hearings, revision)
    proposal.state, proposal.revision, proposal.base_revision = Proposal.State.PUBLISHED, revision, plan.base
    proposal.decided_by, proposal.decided_at = by.username, revision.published_at
    proposal.save()
    ring(tasks.recount, work.pk)
    return revision


def _plan(proposal: Proposal) -> _Plan:
    return _Plan(
        calendars.current_revision(),
        tuple(proposal.shifts.order_by("date")),
        tuple(proposal.withdraws.order_by("date")),
        proposal.confirms_year or 0,
    )


def _proposed(proposal: Proposal, by) -> Proposal:
    """The proposal, locked, for a person who may publish it."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.drafted_by == by.username:
        raise ValidationError(_("A second person must publish what you have drafted."), code="same_person")
    if locked.state != Proposal.State.PROPOSED:
        raise ValidationError(_("This revision does not wait for a second person."), code="state")
    return locked


def _changes(plan: _Plan, at: datetime) -> Iterator[tuple[Case, Change]]:
    """Every running clock that would be looked at, with its case, by the order of cases."""
    days = plan.days
    work = Recount(
        revision=plan.base + 1,
        published_at=at,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        confirms=bool(plan.confirms_year),
    )
    clocks = Deadline.objects.left_to(work)
    keys = list(clocks.order_by("case_id").values_list("case_id", flat=True).distinct())
    for start in range(0, len(keys), CASES_AT_ONCE):
        some = keys[start : start + CASES_AT_ONCE]
        appointed = recounts.appointments(some, at)
        rows = clocks.filter(case_id__in=some).select_related("case__office").order_by("case_id", "pk")
        for case, of_case in groupby(rows, key=lambda row: row.case):
            bounds = Bounds(at, at, appointed.get(case.pk))
            for change in recount.reckon(case, of_case, plan.time, bounds):
                yield case, change


def _displaced(plan: _Plan, at: datetime) -> Iterator[Displaced]:
    """What stands on a day that becomes a day off, the soonest first: its hour may have come, if it was not held."""
    days = plan.days
    if not days:
        return
    first, last = days[0] - timedelta(days=1), days[-1] + timedelta(days=1)  # a day wider: the zone is the office's
    since = datetime.combine(first, datetime.min.time(), UTC)
    found = [
        (moment, key, manifest)
        for manifest in all_manifests()
        for key, moment in manifest.to_set_anew(Case.objects.open().filter(service=manifest.code), since).items()
        if first <= moment.date() <= last
    ]
    cases = _cases_of(found)
    with looking(*{case.office for case in cases.values()}):
        for moment, key, manifest in sorted(found, key=lambda one: one[:2]):
            case = cases[key]
            old, case.time = case.time, plan.time(case.time.schedule.code, case.office.zone)
            day = old.local(moment).date()
            if old.days.is_working(day) and not case.time.days.is_working(day):
                yield _anew(case, manifest, moment, at)


def _cases_of(found: list) -> dict:
    """The services' cases in which something is appointed, by their keys; those of one office share it."""
    keys = defaultdict(list)
    for _moment, key, manifest in found:
        keys[manifest.code].append(key)
    rows = (manifest_of(code).model.objects.filter(pk__in=some) for code, some in keys.items())
    return {case.pk: case for some in rows for case in some.select_related("edition").prefetch_related("office__hours")}


def _anew(case, manifest, moment: datetime, at: datetime) -> Displaced:
    """The first lawful day at the same hour; ``case`` is counted by the calendar as it would be."""
    time = case.time
    first, last = manifest.reappoint_days(case, at)
    proposed_at = datetime.combine(first, time.local(moment).time(), time.zone)
    if not time.is_open(proposed_at):
        proposed_at = time.opening(first)
    return Displaced(case.pk, case.number, case.service, case.office, moment, proposed_at, first, last)


def _set_anew(displaced: list[Displaced], hearings: Mapping[int, datetime], revision: Revision) -> None:
    """Through the door, each with its letters; the faults of all are told together, and then nothing is published."""
    acts, faults = recount.acts_of(revision.number), {}
    for one in displaced:
        manifest, new = manifest_of(one.service), hearings[one.case_id]
        facts = {"held_at": new.isoformat(), "revision": revision.number, "acts": acts}
        try:
            with transaction.atomic():
                case = advance(Case.objects.get(pk=one.case_id), manifest.reappoint, by=SYSTEM, **facts)
                was = max(one.at, revision.published_at)  # a clock that has run out by now stays where it was
                recount.follow(case, manifest.reappointed_clock, was=was, now=new, revision=revision.number)
        except ValidationError as error:
            faults[f"hearing_{one.case_id}"] = error.messages
        except MoveNotAllowed as error:
            raise PreviewChanged from error
    if faults:
        raise ValidationError(faults)


def _digest(plan: _Plan, hearings) -> str:
    """Of the calendar under it, the days that differ, and what must be set anew; its first part is the revision."""
    days = [f"{s.date} {s.kind} {s.act} {s.exchanged_with} {s.provisional}" for s in plan.shifts]
    days += [f"withdrawn {shift.pk}" for shift in plan.withdrawn]
    days += [f"confirms {plan.confirms_year}", *(f"{one.case_id} {one.at.isoformat()}" for one in hearings)]
    return f"{plan.base}:{sha256(chr(10).join(days).encode()).hexdigest()}"
