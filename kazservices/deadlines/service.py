"""The engine of the legal clocks. Dates come from ``calendars``; the rules are rows that a service registers."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from calendars.arithmetic import OfficeTime
from calendars.minutes import earlier, stretches
from calendars.rules import Rule, Unit, base_day, rule_on, rules_on
from calendars.rules import due_at as rule_due_at
from calendars.service import office_time
from kazservices.cases.models import Case, Stage
from kazservices.offices.actors import user_or_none

from .history import known_on
from .models import Cause, Deadline, Outcome, Source, SweepRun

#: The events with which a case begins: what they start is counted from the acceptance day of the case itself.
BEGINNINGS = ("submit", "submit_incomplete")
HEAD_WARNED_BEFORE = timedelta(hours=2)
SWEEPS_SILENT_AFTER = timedelta(minutes=15)


def rules_of(service: str, day) -> list[Rule]:
    """The rules of a service in force on a day; a rule's code begins with its service."""
    return [rule for code, rule in rules_on(day).items() if code.startswith(f"{service}.")]


def settle(case: Case, event: str, *, at, by, happened_at=None) -> list[Deadline]:
    """End and start the clocks of a case for a move or recorded event; returns the started ones.

    ``happened_at``: when what is only now recorded happened; the clock that waited for it ends with that moment. A
    round that is closed after its clock had ended starts the next step from that end. A case that is decided or closed
    has no running clock left, but for those that outlive the decision. What begins with the case is counted from
    its acceptance day, whoever received it: the State Corporation on a Saturday, by the days of the school (GAP-36).
    What runs already goes on: nothing starts it a second time. What has begun ends by its own rule, whatever the case
    has become meanwhile.
    """
    of_service = rules_of(case.service, case.accepted_on)
    rules = [rule for rule in of_service if rule.concerns(case.channel, case.marks)]
    starts_from, going_on = _end_what_ends(case, event, of_service, at=at, by=by, happened_at=happened_at)
    accepted_on = case.accepted_on if event in BEGINNINGS else None
    fresh = [rule for rule in rules if event in rule.starts and rule.code not in going_on]
    started = []
    for rule in _as_ordered(fresh, case.execution):
        since = happened_at if rule.from_happening and happened_at else starts_from
        base = getattr(case, rule.from_day) if rule.from_day else accepted_on
        started.append(_start(case, rule, since, base, source=_source(rule, rules, case.execution)))
    refresh_next_due(case)
    return started


def _end_what_ends(case: Case, event: str, rules: list[Rule], *, at, by, happened_at) -> tuple:
    """End the clocks that the event ends; (from when the next ones run, the rules whose clocks go on)."""
    stops = {rule.code: rule for rule in rules if event in rule.stops}
    goes_over = {rule.code for rule in rules if event in rule.transfers}
    needless = {rule.code for rule in rules if event in rule.voids}
    outlive = {rule.code for rule in rules if rule.outlives} if case.stage == Stage.DECIDED else set()
    starts_from, going_on = at, set()
    for clock in case.deadlines.running():
        if clock.rule in stops:
            if stops[clock.rule].on_end == event:
                starts_from = min(at, clock.due_at)
            _end(clock, Outcome.MET, at=happened_at or at, by=by)
        elif clock.rule in goes_over:
            _end(clock, Outcome.TRANSFERRED, at=happened_at or at, by=by)
        elif clock.rule in needless or (case.stage in (Stage.DECIDED, Stage.CLOSED) and clock.rule not in outlive):
            _end(clock, Outcome.CANCELLED, at=at, by=by)
        else:
            going_on.add(clock.rule)
    return starts_from, going_on


def refresh_next_due(case: Case) -> None:
    """Copy the nearest due moment of the provider's running clocks onto the cover sheet: queues sort by it."""
    nearest = case.deadlines.running().ours().order_by("due_at").values_list("due_at", flat=True).first()
    case.next_due_at = nearest
    Case.objects.filter(pk=case.pk).update(next_due_at=nearest)


def _as_ordered(started: list[Rule], execution) -> list[Rule]:
    """The rules that an event starts; the whole term is the one that the decision on a complaint has set, if it did."""
    if execution is None or execution.working_days is None:
        return started
    whole = _whole(started)
    days = {"length": execution.working_days, "unit": Unit.WORKING_DAYS, "month_day": None}
    return [replace(rule, **days) if rule is whole else rule for rule in started]


def _whole(rules: list[Rule]) -> Rule | None:
    """The longest term of our own among these: that of the answer."""
    own = [rule for rule in rules if rule.ours and not rule.before and not rule.conditional]
    return max(own, key=lambda rule: (rule.unit is not Unit.WORKING_MINUTES, rule.length), default=None)


def _source(rule: Rule, rules: list[Rule], execution) -> str:
    """Where the length of a term comes from that begins when a case is opened again upon a complaint."""
    if execution is None or rule.before or rule.conditional:
        return Source.LAW
    if rule not in rules:
        return Source.ORDERED
    return Source.ASSUMED if execution.working_days is None else Source.LAW


def _start(case: Case, rule: Rule, at, base_on=None, *, source=Source.LAW) -> Deadline:
    time = office_time(rule.schedule, case.office.zone) if rule.schedule else case.time
    whole = case.deadlines.running().get(rule=rule.before) if rule.before else None
    base = whole.base_on if whole else base_on or base_day(rule, time, at)
    due_at = rule_due_at(rule, time, at, named_due=whole and whole.due_at, base=base)
    return Deadline.objects.create(
        case=case,
        service=case.service,
        office=case.office,
        rule=rule.code,
        norm=rule.norm,
        length=rule.length,
        unit=rule.unit,
        schedule=time.schedule.code,
        ours=rule.ours,
        external=rule.external,
        source=source,
        conditional=rule.conditional,
        responsible_role=rule.responsible,
        started_at=at,
        needed_by=_needed_by(rule, case, time),
        **reckoned(rule, time, base, due_at),
    )


def reckoned(rule: Rule, time: OfficeTime, base, due_at) -> dict:
    """What of a clock follows from its base day and its due moment by the calendar: the warnings, what it rests on."""
    due_on = time.local(due_at).date()
    warn_official_at, warn_head_at = _warnings(rule, time, due_at)
    return {
        "base_on": base,
        "due_on": due_on,
        "due_at": due_at,
        "provisional": any(day.provisional for day in time.explain(base, due_on)),
        "calendar_revision": time.days.revision,
        "warn_official_at": warn_official_at if rule.responsible else None,
        "warn_head_at": warn_head_at if rule.responsible else None,
    }


def _warnings(rule: Rule, time: OfficeTime, due_at) -> tuple:
    """When the official is warned and when the head.

    In the morning of the due day and two hours before its end; of a term in minutes when a third and when a sixth of
    it is left, in working time: ten and five minutes of thirty.
    """
    if rule.unit is Unit.WORKING_MINUTES:
        return tuple(earlier(time, due_at, max(rule.length // part, 1)) for part in (3, 6))
    due_on = time.days.previous_working(time.local(due_at).date())
    return time.opening(time.days.add_working(due_on, -rule.warn_days_before)), due_at - HEAD_WARNED_BEFORE


def _needed_by(rule: Rule, case: Case, time: OfficeTime):
    """The day of the whole term by which a step is wanted, beside its own due moment. Norm: GAP-39."""
    whole = case.deadlines.running().filter(rule=rule.within).first() if rule.within else None
    return time.due_working_days(whole.base_on, rule.needed_day) if whole else None


def _end(clock: Deadline, outcome: str, *, at, by) -> None:
    values = {"ended_at": at, "outcome": outcome, "ended_by": user_or_none(by)}
    if outcome == Outcome.TRANSFERRED:  # never missed; that it was noted while it ran stays in the journal
        values |= {"breach_noted_at": None, "cause": "", "cause_note": ""}
    for name, value in values.items():
        setattr(clock, name, value)
    clock.save(update_fields=list(values))
    mark_missed(clock.pk, at)


def extend(clock: Deadline, *, by: int, at) -> Deadline:
    """Let a running term end later, once, counted from the end of the original one; the caller writes the journal.

    ``by``: in the unit of the term, from 1 to what the rule allows. Raises ValueError for a rule without a norm that
    allows it, and beyond its limit. Norms: LAW-25-4a, CLK-COMPL-EXT.
    """
    rule = rule_on(clock.rule, clock.base_on)
    if rule is None or not rule.extension_norm:
        raise ValueError(f"no norm allows to extend {clock.rule}")
    if not clock.is_running or clock.extended_by or not 1 <= by <= rule.extendable:
        raise ValueError(f"{clock.rule} is extended once, while it runs, by 1 to {rule.extendable}")
    clock.extended_by, clock.extended_at = by, at
    time, promised = office_time(clock.schedule, clock.office.zone), as_promised(rule, clock)
    values = reckoned(promised, time, clock.base_on, rule_due_at(promised, time, clock.started_at, base=clock.base_on))
    for name, value in (values | {"warned_official_at": None, "warned_head_at": None}).items():
        setattr(clock, name, value)
    clock.save()
    return clock


def as_promised(rule: Rule, clock: Deadline) -> Rule:
    """A rule with the length that a clock carries: the law of its day, an ordered term, an extension."""
    length, unit = clock.length + clock.extended_by, Unit(clock.unit)
    if (length, unit) == (rule.length, rule.unit):
        return rule
    return replace(rule, length=length, unit=unit, month_day=None)


def mark_missed(deadline_id, at) -> bool:
    """Note a breach; true for exactly one caller, however often it is asked."""
    return bool(_note(Deadline.objects.to_note(at).filter(pk=deadline_id), at))


def note_missed(at, limit=5000) -> tuple[int, int]:
    """Note every breach not yet noted: (looked at, noted). Oldest first, without a look-back window."""
    pending = list(Deadline.objects.judged().to_note(at).values_list("pk", flat=True)[:limit])
    return len(pending), _note(Deadline.objects.to_note(at).filter(pk__in=pending), at) if pending else 0


def _note(clocks, at) -> int:
    """Mark these breaches, one update for all that share a cause; whoever is second finds nothing left to mark."""
    alike, silences = defaultdict(list), _Silences(at)
    for clock in clocks.select_related("office").only("due_at", "responsible_role", "office__zone").order_by("due_at"):
        alike[_cause(clock, silences)].append(clock.pk)
    return sum(
        Deadline.objects.to_note(at).filter(pk__in=keys).order_by().update(
            breach_noted_at=at, cause=cause, cause_note=note
        )
        for (cause, note), keys in alike.items()
    )  # fmt: skip


class _Silences:
    """Between which two runs of the sweeps an instant lies; asked once for all instants between the same two."""

    def __init__(self, at):
        self.at, self.last, self.first = at, None, None

    def around(self, instant):
        """The last run up to the instant, if there was one, and the first after it, else now."""
        asked = self.first is not None and instant < self.first
        if not asked or (self.last is not None and instant < self.last):
            runs = SweepRun.objects.order_by("started_at").values_list("started_at", flat=True)
            self.last = runs.filter(started_at__lte=instant).last()
            self.first = runs.filter(started_at__gt=instant).first() or self.at
        return self.last, self.first


def _cause(clock: Deadline, silences: _Silences) -> tuple[str, str]:
    """What is known of the cause when a breach is noted: whether the sweeps stood still at the due moment."""
    last, first = silences.around(clock.due_at)
    if last is None or first - last <= SWEEPS_SILENT_AFTER:
        return Cause.UNEXPLAINED, ""
    return (Cause.UNEXPLAINED if clock.responsible_role else Cause.SYSTEM_DOWN), _silence(clock, last, first)


def _silence(clock: Deadline, last, first) -> str:
    """The time in which no sweep ran, in the register's both languages."""
    zone = ZoneInfo(clock.office.zone)
    since, until = (f"{moment.astimezone(zone):%d.%m.%Y %H:%M}" for moment in (last, first))
    return f"жүйе тексерулері жүрмеді / проверки системы не шли: {since} – {until}"


def claim_escalation(clock: Deadline, at) -> bool:
    """True for exactly one caller: telling the head of this breach is his."""
    return bool(Deadline.objects.to_escalate().filter(pk=clock.pk).update(escalated_at=at))


def explain_breach(clock: Deadline, *, cause: str, note: str) -> None:
    """Enter the cause of a breach into the register of breaches; the caller writes the journal."""
    if clock.breach_noted_at is None:
        raise ValueError("this clock has no breach")
    clock.cause, clock.cause_note = cause, note
    clock.save(update_fields=["cause", "cause_note"])


def claim_warning(clock: Deadline, of: str, at) -> bool:
    """True for exactly one caller: the warning of the official, or of the head, is his to send."""
    return bool(Deadline.objects.to_warn(at, of=of).filter(pk=clock.pk).update(**{f"warned_{of}_at": at}))


def explain(clock: Deadline, as_of: date | None = None):
    """The days of a clock from its base day to its due day, each counted or not, and why.

    By the calendar by which it was counted last; ``as_of``: the date and the days as they were known on that day.
    """
    if as_of is None:
        time = office_time(clock.schedule, clock.office.zone, revision=clock.calendar_revision or None)
        return time.explain(clock.base_on, clock.due_on)
    base, due = known_on(clock, as_of)
    return office_time(clock.schedule, clock.office.zone, as_of).explain(base, due)


def in_stretches(clock: Deadline) -> list:
    """The hours of a clock of minutes, each stretch worked or standing still; nothing for a clock of days."""
    if clock.unit != Unit.WORKING_MINUTES:
        return []
    time = office_time(clock.schedule, clock.office.zone, revision=clock.calendar_revision or None)
    return stretches(time, clock.started_at, clock.due_at)


def working_minutes_left(clock: Deadline, at) -> int:
    """Working minutes until a clock is due; below zero when it is overdue."""
    return office_time(clock.schedule, clock.office.zone).working_minutes_between(at, clock.due_at)
