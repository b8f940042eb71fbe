"""Only a calendar change moves a running clock: here, by one line in its journal, and within three bounds.

A recount never moves a clock to before the closing of the day of publication, never turns a step that was in time into
a breach, and never touches a clock that has ended or was due already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import OfficeTime
from calendars.models import DayShift, Revision
from calendars.rules import Rule, base_day
from calendars.rules import due_at as rule_due_at
from calendars.service import office_time
from kazservices import clock as time_now
from kazservices import stuck
from kazservices.cases import journal
from kazservices.cases.apart import apart
from kazservices.cases.models import Case, Channel
from kazservices.leases import claim, in_time, wait
from kazservices.looking import looking
from kazservices.offices.actors import SYSTEM

from .history import ACCEPTANCE, ALREADY_DUE, APPOINTED, HELD, MOVED, PUBLICATION_DAY
from .models import TRIES, Deadline, Recount
from .service import as_promised, reckoned, refresh_next_due, rules_of

LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=10)
BATCH = 300  # cases in one transaction
AT_ONCE = 10  # batches in one run of the sweep: it leaves its row in time, and goes on with the next run
STRAGGLERS = timedelta(hours=1)  # a move that began before the publication has long ended after this

WORK = stuck.declare(
    stuck.Work(
        "recount", _("recount of clocks for the calendar"), Recount.objects.to_do, tries=TRIES, since="published_at",
        of="revision",
    )
)  # fmt: skip

T = TypeVar("T", date, datetime)
Times = Callable[[str, str], OfficeTime]


@dataclass(frozen=True)
class Bounds:
    """Between what a recount may move: when the revision was published, now, and what is appointed in the case."""

    published_at: datetime
    at: datetime
    appointed: datetime | None = None


@dataclass(frozen=True)
class Change:
    """A clock and what the new calendar makes of it; ``reason``: the rule that kept it from ``by_calendar``."""

    clock: Deadline
    values: dict
    by_calendar: datetime
    reason: str = ""

    @property
    def is_moved(self) -> bool:
        return self.values["due_at"] != self.clock.due_at

    @property
    def is_different(self) -> bool:
        """Something of the row changes beyond the mark of the revision."""
        return any(
            getattr(self.clock, name) != value for name, value in self.values.items() if name != "calendar_revision"
        )


@dataclass(frozen=True)
class Surroundings:
    """What the recount of a case needs from the rooms above: what is appointed, and who is told."""

    #: (case ids, since) -> {case id: instant}
    appointments: Callable[[list[int], datetime], Mapping[int, datetime]] = lambda cases, since: {}
    #: (cases with their moved clocks, revision, its acts, at): letters, in the caller's transaction.
    tell: Callable[[list[tuple[Case, list[Change]]], int, list[str], datetime], None] = lambda *moved: None


ALONE = Surroundings()


@dataclass
class _Batch:
    """What one transaction is going to write, and by which calendar."""

    revision: int
    acts: list[str]
    times: Times
    changes: list[Change] = field(default_factory=list)
    lines: list[journal.Line] = field(default_factory=list)
    told: list[tuple[Case, list[Change]]] = field(default_factory=list)


# --- which clocks ---


def begin(revision: Revision, shifts: Iterable[DayShift], *, confirms: bool = False) -> Recount:
    """Write down the work that a revision leaves; ``shifts``: the days it brings and those it withdraws."""
    days = [shift.date for shift in shifts]
    recount = Recount(
        revision=revision.number,
        published_at=revision.published_at,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        confirms=confirms,
    )
    recount.total = Deadline.objects.left_to(recount).count()
    recount.save(force_insert=True)
    return recount


# --- what the calendar makes of them ---


def reckon(case: Case, clocks: Iterable[Deadline], times: Times, bounds: Bounds) -> list[Change]:
    """Count the running clocks of a case by other days; reads only.

    The law is that of the case's acceptance; a term counted backward follows the one it is counted from.
    """
    rules = {rule.code: rule for rule in rules_of(case.service, case.accepted_on)}
    known = [(as_promised(rules[clock.rule], clock), clock) for clock in clocks if clock.rule in rules]
    found: dict[str, Change] = {}
    for rule, clock in sorted(known, key=lambda pair: bool(pair[0].before)):
        time = times(clock.schedule, case.office.zone)
        whole = found.get(rule.before)
        if rule.before and whole is None:
            continue
        found[rule.code] = _change(rule, clock, time, whole, bounds)
    for rule, _clock in known:
        if rule.code in found and rule.within in found:
            whole, time = found[rule.within], times(found[rule.code].clock.schedule, case.office.zone)
            wanted = time.due_working_days(whole.values["base_on"], rule.needed_day)
            found[rule.code].values["needed_by"] = wanted
    return list(found.values())


def accepted_on(case: Case, time: OfficeTime, bounds: Bounds) -> date:
    """The acceptance day by other days: one that has come stays, one that lies ahead follows the calendar (CLK-0).

    Never brought to before the day on which something received now would be accepted. What the State Corporation has
    accepted keeps its day: acts for a week of five days do not move the days of its six (GAP-36).
    """
    if case.channel == Channel.STATE_CORPORATION or case.accepted_on <= time.local(bounds.published_at).date():
        return case.accepted_on
    return _not_before(time.accepts(case.submitted_at), case.accepted_on, time.accepts(bounds.at))


def _change(rule: Rule, clock: Deadline, time: OfficeTime, whole: Change | None, bounds: Bounds) -> Change:
    base = whole.values["base_on"] if whole else _base(rule, clock, time, bounds)
    named_due = whole.values["due_at"] if whole else None
    by_calendar = rule_due_at(rule, time, clock.started_at, named_due=named_due, base=base)
    if clock.due_at <= bounds.published_at or clock.breach_noted_at is not None:
        kept = {name: getattr(clock, name) for name in reckoned(rule, time, base, clock.due_at)}
        reason = ALREADY_DUE if by_calendar != clock.due_at else ""
        return Change(clock, kept | {"calendar_revision": time.days.revision}, by_calendar, reason)
    due_at, reason = _bounded(by_calendar, clock, time, bounds)
    values = reckoned(rule, time, base, due_at)
    for of in ("official", "head"):
        warn_at, warned = values[f"warn_{of}_at"], getattr(clock, f"warned_{of}_at")
        if warned and due_at > clock.due_at and warn_at > bounds.at:
            values[f"warned_{of}_at"] = None  # the warning named an earlier date: the new one is warned of anew
    return Change(clock, values, by_calendar, reason)


def _base(rule: Rule, clock: Deadline, time: OfficeTime, bounds: Bounds) -> date:
    """The base day: one that has come stays, one that lies ahead follows the calendar."""
    if clock.base_on <= time.local(bounds.published_at).date():
        return clock.base_on
    return _not_before(base_day(rule, time, clock.started_at), clock.base_on, time.accepts(bounds.at))


def _bounded(by_calendar: datetime, clock: Deadline, time: OfficeTime, bounds: Bounds) -> tuple[datetime, str]:
    """Later without a bound; earlier only as far as nobody who was in time becomes late."""
    floor, reason = time.closing(time.accepts(max(bounds.published_at, bounds.at))), PUBLICATION_DAY
    if bounds.appointed and clock.due_at >= bounds.appointed:
        heard = time.closing(time.local(bounds.appointed).date())
        floor, reason = max((floor, reason), (heard, APPOINTED))
    due_at = _not_before(by_calendar, clock.due_at, floor)
    return due_at, reason if due_at != by_calendar else ""


def _not_before(fresh: T, old: T, floor: T) -> T:
    return fresh if fresh >= old else max(fresh, min(old, floor))


# --- the work ---


def run(recount_id: int, *, around: Surroundings = ALONE, batch: int = BATCH, limit: int | None = None) -> bool:
    """Look at all that a revision touches, in batches of cases; true when the recount is done.

    ``limit``: give it back after so many batches.
    Killed half-way it goes on where it stood: the effect of a batch and its mark are one transaction.
    """
    at = time_now.now()
    first = Recount.objects.to_do().first()
    if first is None or first.pk != recount_id or not claim(Recount.objects.free(at), recount_id, at=at, lease=LEASE):
        return False
    recount = Recount.objects.get(pk=recount_id)
    Recount.objects.filter(pk=recount.pk).update(
        state=Recount.State.RUNNING,
        started_at=recount.started_at or at,
        total=F("done") + Deadline.objects.left_to(recount).count(),
    )
    work = _Work(recount, around, recount.lease_until)
    if all(work.do(cases) for cases in in_time(islice(_batches(work, batch), limit))):
        return work.conclude()
    return False


def run_waiting(*, around: Surroundings = ALONE) -> tuple[int, int]:
    """Take up what waits or what a dead worker left: (looked at, done)."""
    at = time_now.now()
    for recount in Recount.objects.filter(finished_at__gte=at - STRAGGLERS):
        if Deadline.objects.left_to(recount).exists():  # started by a move that had not seen the publication
            Recount.objects.filter(pk=recount.pk).update(state=Recount.State.WAITING, finished_at=None)
    waiting = list(Recount.objects.to_do().values_list("pk", flat=True))
    done = 0
    for recount_id in waiting:
        if not run(recount_id, around=around, limit=AT_ONCE):
            break
        done += 1
    return len(waiting), done


def catch_up(case: Case, *, around: Surroundings = ALONE) -> None:
    """Recount one case now: its row is locked, and a move is about to be judged by its clocks."""
    for recount in Recount.objects.to_do():
        if Deadline.objects.left_to(recount).filter(case_id=case.pk).exists():
            _recount_cases(recount, [case.pk], around)


def follow(case: Case, rule: str, *, was: datetime, now: datetime, revision: int) -> None:
    """Let the clock that waits for an appointment end no earlier than the day to which a day off has moved it.

    A clock that had run out before the old moment stays where it was. The caller has locked the case.
    """
    clock = Deadline.objects.running().filter(case_id=case.pk, rule=rule, due_at__gte=was).first()
    known = {one.code: one for one in rules_of(case.service, case.accepted_on)}
    if clock is None or rule not in known:
        return
    time = office_time(clock.schedule, case.office.zone)
    due_at = max(clock.due_at, time.closing(time.local(now).date()))
    if due_at == clock.due_at:
        return
    change = Change(clock, reckoned(known[rule], time, clock.base_on, due_at), clock.due_at, APPOINTED)
    sheet = Case.objects.get(pk=case.pk)
    found = _batch_of(revision)
    found.changes.append(change)
    found.lines.append(_line(sheet, change, found))
    _write(found, [sheet])
    refresh_next_due(case)


@dataclass
class _Work:
    """A recount in one worker's hands; what cannot be counted is set apart, so that it keeps no other waiting."""

    recount: Recount
    around: Surroundings
    lease: datetime
    stuck: set[int] = field(default_factory=set)

    def do(self, cases: list[int]) -> bool:
        """Recount these together or, where one of them fails, each half by itself; false when another has the lease."""
        lease = apart(_one_batch, self.recount, cases, self.lease, self.around)
        if lease is None and len(cases) > 1:
            middle = len(cases) // 2
            return self.do(cases[:middle]) and self.do(cases[middle:])
        if lease is None:
            self.stuck.update(cases)
            return True
        self.lease = lease or self.lease
        return bool(lease)

    def conclude(self) -> bool:
        """Done when nothing is left to look at; else whoever comes next goes on, and tries again what is stuck."""
        mine = Recount.objects.filter(pk=self.recount.pk, state=Recount.State.RUNNING, lease_until=self.lease)
        if Deadline.objects.left_to(self.recount).exists():
            mine.update(lease_until=None, stuck=len(self.stuck), **self._pause())
            return False
        return bool(mine.update(state=Recount.State.DONE, finished_at=time_now.now(), lease_until=None, stuck=0))

    def _pause(self) -> dict:
        """What could not be counted is tried again later and later; a run that only took its time goes on at once."""
        if not self.stuck:
            return {"attempts": 0, "next_try_at": None, "error": ""}
        pause = wait(self.recount.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
        return {"next_try_at": time_now.now() + pause, "error": f"{len(self.stuck)} cases"}


def _batches(work: _Work, size: int) -> Iterator[list[int]]:
    """The cases to look at, those that are due first in the first batch; asked for some batches at a time."""
    while cases := _next_cases(work.recount, size * AT_ONCE, work.stuck):
        for start in range(0, len(cases), size):
            yield cases[start : start + size]


def _next_cases(recount: Recount, most: int, stuck: set[int]) -> list[int]:
    """The next cases to look at: those that are due first come first."""
    rows = (
        Deadline.objects.touched_by(recount)
        .exclude(case_id__in=stuck)
        .order_by()
        .values("case_id")
        .annotate(first=Min("due_at"))
        .order_by("first", "case_id")
    )
    return [row["case_id"] for row in rows[:most]]


@transaction.atomic
def _one_batch(recount: Recount, cases: list[int], lease: datetime, around: Surroundings) -> datetime | bool:
    """Recount these cases and keep the lease; False, and nothing done, when another has it."""
    again = time_now.now() + LEASE
    mine = Recount.objects.filter(pk=recount.pk, state=Recount.State.RUNNING, lease_until=lease)
    _recount_cases(recount, cases, around)
    if not mine.update(lease_until=again):
        transaction.set_rollback(True)
        return False
    return again


def _recount_cases(recount: Recount, case_ids: list[int], around: Surroundings) -> None:
    """Recount some cases in the caller's transaction: rows of cases first, in their order, then their clocks."""
    at, number = time_now.now(), recount.revision
    sheets = Case.objects.select_for_update(of=("self",)).filter(pk__in=case_ids).order_by("pk")
    cases = {case.pk: case for case in sheets.prefetch_related("office__hours")}  # the cases of an office share it
    running: dict[int, list[Deadline]] = defaultdict(list)
    for clock in Deadline.objects.running().filter(case_id__in=cases).select_for_update(of=("self",)):
        running[clock.case_id].append(clock)
    appointed = around.appointments(list(running), at)
    found, looked_at = _batch_of(number), 0
    with looking(*{case.office for case in cases.values()}):
        for case_id, clocks in running.items():
            if left := sum(clock.calendar_revision < number for clock in clocks):
                looked_at += left
                _look_at(cases[case_id], clocks, Bounds(recount.published_at, at, appointed.get(case_id)), found)
        _write(found, list(cases.values()))
        _mark(cases, number)
        if found.told:
            around.tell(found.told, number, found.acts, at)
    if looked_at:
        moved = sum(change.is_moved for change in found.changes)
        Recount.objects.filter(pk=recount.pk).update(done=F("done") + looked_at, moved=F("moved") + moved)


def _mark(cases: Iterable[int], number: int) -> None:
    """Looked at, whether or not the revision has changed anything of them."""
    Deadline.objects.running().filter(case_id__in=cases, calendar_revision__lt=number).update(calendar_revision=number)


def _look_at(case: Case, clocks: list[Deadline], bounds: Bounds, found: _Batch) -> None:
    """Add what one case brings: its acceptance day, its clocks, the nearest due moment, lines and letters."""
    accepted = accepted_on(case, found.times(case.time.schedule.code, case.office.zone), bounds)
    changes = reckon(case, [clock for clock in clocks if clock.calendar_revision < found.revision], found.times, bounds)
    if accepted != case.accepted_on:
        facts = {"before": case.accepted_on, "after": accepted, "revision": found.revision, "acts": found.acts}
        found.lines.append(journal.Line(case, ACCEPTANCE, facts, "CLK-0"))
        case.accepted_on = accepted
    found.lines += [_line(case, change, found) for change in changes if change.is_moved or change.reason]
    found.changes += [change for change in changes if change.is_different]
    if moved := [change for change in changes if change.is_moved]:
        found.told.append((case, moved))
    after = {change.clock.pk: change.values["due_at"] for change in changes}
    case.next_due_at = min((after.get(one.pk, one.due_at) for one in clocks if one.ours), default=None)


def _line(case: Case, change: Change, found: _Batch) -> journal.Line:
    clock = change.clock
    facts = {
        "clock": clock.pk,
        "rule": clock.rule,
        "due_before": clock.due_at,
        "due_after": change.values["due_at"],
        "base_before": clock.base_on,
        "base_after": change.values["base_on"],
        "revision": found.revision,
        "acts": found.acts,
    }
    if change.reason:
        facts |= {"by_calendar": change.by_calendar, "kept_by": change.reason}
    return journal.Line(case, MOVED if change.is_moved else HELD, facts, clock.norm)


def _write(found: _Batch, cases: list[Case]) -> None:
    """Clocks that take the same values are one statement; each case takes its new head."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for change in found.changes:
        alike[tuple(sorted(change.values.items()))].append(change.clock.pk)
    for values, keys in alike.items():
        Deadline.objects.filter(pk__in=keys).order_by().update(**dict(values))
    if not found.changes and not found.lines:
        return
    journal.write_many(found.lines, by=SYSTEM, at=time_now.now())
    written = {change.clock.case_id for change in found.changes} | {line.case.pk for line in found.lines}
    Case.objects.bulk_update(
        [case for case in cases if case.pk in written],
        ["accepted_on", "next_due_at", "journal_count", "journal_head"],
        batch_size=200,
    )


def _batch_of(number: int) -> _Batch:
    return _Batch(number, acts_of(number), partial(_times, number, {}))


def _times(number: int, known: dict, schedule: str, zone: str) -> OfficeTime:
    """The working time by the calendar of the revision, asked once for all clocks of a batch."""
    if (schedule, zone) not in known:
        known[schedule, zone] = office_time(schedule, zone, revision=number)
    return known[schedule, zone]


def acts_of(number: int) -> list[str]:
    """The acts by which a revision moved days; those of the days it withdrew, when it brought none."""
    brought = DayShift.objects.filter(revision__number=number)
    rows = brought if brought.exists() else DayShift.objects.filter(withdrawn_by__number=number)
    return sorted({row.act for row in rows})
