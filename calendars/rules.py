"""Rules as data, and the one function that turns a rule and an event into a due moment. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from calendars.arithmetic import OfficeTime


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    WORKING_MINUTES = "working_minutes"
    CALENDAR_DAYS = "calendar_days"
    CALENDAR_MONTHS = "calendar_months"
    FIXED_DATE = "fixed_date"


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock of the law: which events start and stop it, and how long it runs.

    ``schedule``: whose hours count, empty for those of the case's office. ``before``: the rule from whose due moment
    this term is counted backward. ``on_end``: the move that the sweep makes. ``from_acceptance``: counted from the
    acceptance day of the starting event (CLK-0), else from its own local date (GAP-39). ``conditional``: a duty that
    arises only with the act itself, a breach when done late and none when not done. ``within`` and ``needed_day``: the
    rule of the whole term, and its day by which this step is wanted (shown beside the due moment, no duty of its own).
    ``outlives``: goes on when the case is decided, and ends by its own events or with the closing of the case.
    ``month_day``: the month and day of a fixed date; its ``length`` is 0 where the law says "not later than" it, and -1
    where it says "before" it (GAP-28). ``channels``: only cases that came by these; empty: all. ``marks``: only cases
    that carry all of these, as their service says. ``transfers``: the events with which it goes over to another body,
    never missed. ``voids``: the events that make it needless, although the case may be opened again.
    ``from_happening``: counted from when the event happened, not from its record. ``from_day``: the field of the case
    with the day from which it is counted, where that day is written down (GAP-34). ``external``: the duty of a body
    outside, no breach of ours. ``extendable`` and ``extension_norm``: by how much at most it may be extended once, in
    its unit, and by which norm; 0: never.
    """

    code: str
    norm: str
    since: date | None
    until: date | None
    starts: frozenset[str]
    stops: frozenset[str]
    length: int
    unit: Unit
    schedule: str = ""
    before: str = ""
    on_end: str = ""
    from_acceptance: bool = True
    ours: bool = True
    conditional: bool = False
    responsible: str = ""
    label_kk: str = ""
    label_ru: str = ""
    label_en: str = ""
    warn_days_before: int = 0
    within: str = ""
    needed_day: int = 0
    month_day: tuple[int, int] | None = None
    outlives: bool = False
    channels: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    transfers: frozenset[str] = frozenset()
    voids: frozenset[str] = frozenset()
    from_happening: bool = False
    from_day: str = ""
    external: bool = False
    extendable: int = 0
    extension_norm: str = ""

    def __post_init__(self) -> None:
        if (self.unit is Unit.FIXED_DATE) != (self.month_day is not None):
            raise ValueError(f"{self.code}: a fixed date, and only that, names its month and day")
        if bool(self.extendable) != bool(self.extension_norm):
            raise ValueError(f"{self.code}: a term is extended only by a norm, and within its limit")
        if self.external and self.ours:
            raise ValueError(f"{self.code}: the duty of a body outside is not ours")

    def in_force(self, day: date) -> bool:
        """Is it the law on the day?"""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def concerns(self, channel: str, marks: Collection[str] = ()) -> bool:
        """Does it run for a case that came by this channel and carries these marks?"""
        return (not self.channels or channel in self.channels) and self.marks <= set(marks)

    def label(self, lang: str) -> str:
        """What the clock is called."""
        return {"kk": self.label_kk, "ru": self.label_ru, "en": self.label_en}.get(lang) or self.label_en or self.code


registry: dict[str, Rule] = {}  # the newest edition of each rule
_editions: dict[str, list[Rule]] = {}


def register(*rules: Rule) -> None:
    """Make rules known, once; a new edition of a rule is a second row whose life begins after the first has ended."""
    for rule in rules:
        editions = _editions.setdefault(rule.code, [])
        if rule in editions:
            continue
        if any(_overlap(rule, other) for other in editions):
            raise ValueError(f"{rule.code}: two editions hold on the same day")
        editions.append(rule)
        editions.sort(key=lambda edition: edition.since or date.min)
        registry[rule.code] = editions[-1]


def rules_on(day: date) -> dict[str, Rule]:
    """The rules in force on a day, by code."""
    return {code: rule for code, editions in _editions.items() for rule in editions if rule.in_force(day)}


def rule_on(code: str, day: date) -> Rule | None:
    """The edition of one rule in force on a day."""
    return next((rule for rule in _editions.get(code, ()) if rule.in_force(day)), None)


def base_day(rule: Rule, office: OfficeTime, at: datetime) -> date:
    """The day from which the rule counts after an event; it is not counted itself. Norms: CLK-0, GAP-39."""
    return office.accepts(at) if rule.from_acceptance else office.local(at).date()


def due_at(
    rule: Rule, office: OfficeTime, at: datetime, *, named_due: datetime | None = None, base: date | None = None
) -> datetime:
    """When the term ends that an event has started.

    ``named_due``: the due moment of the rule named in ``before``; ``base``: the base day where it is known already.
    """
    if rule.before:
        if named_due is None:
            raise ValueError(f"{rule.code} is counted backward from {rule.before}, whose due moment is missing")
        return office.closing(office.days.add_working(office.local(named_due).date(), -rule.length))
    if rule.unit is Unit.WORKING_MINUTES:
        return office.due_working_minutes(at, rule.length)
    base = base or base_day(rule, office, at)
    if rule.unit is Unit.WORKING_DAYS:
        return office.due_working_days(base, rule.length)
    if rule.unit is Unit.CALENDAR_DAYS:
        return office.due_calendar_days(base, rule.length, ours=rule.ours)
    if rule.unit is Unit.CALENDAR_MONTHS:
        return office.due_calendar_months(base, rule.length, ours=rule.ours)
    month, day = rule.month_day or (1, 1)
    return office.fixed_date(base, month, day, ours=rule.ours, shift=rule.length)


def _overlap(a: Rule, b: Rule) -> bool:
    starts = max(a.since or date.min, b.since or date.min)
    return starts <= min(a.until or date.max, b.until or date.max)
