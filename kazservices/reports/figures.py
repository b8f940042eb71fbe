"""Counting: shares from sums made by the database, medians and percentiles from working time. Norm: LAW-11."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from statistics import median

from calendars.rules import registry
from calendars.service import office_time

from . import clocks
from .scope import OF_ROLE, Scope

ALL = ("all",)


@dataclass
class Tally:
    """The clocks of one line of a report, and the working minutes that those met have taken."""

    on_time: int = 0
    late: int = 0
    running: int = 0
    day_minutes: int = 480
    spent: list[int] = field(default_factory=list)
    terms: set = field(default_factory=set)

    @property
    def counted(self) -> int:
        return self.on_time + self.late

    @property
    def share(self) -> float | None:
        """Per cent on time; never rounded up to a hundred while one is late."""
        return share_of(self.on_time, self.counted)

    @property
    def median(self) -> float | None:
        return median(self.spent) if self.spent else None

    @property
    def percentile_90(self) -> int | None:
        """The time within which nine of ten were done: nearest rank."""
        return sorted(self.spent)[ceil(0.9 * len(self.spent)) - 1] if self.spent else None


def share_of(on_time: int, counted: int) -> float | None:
    if not counted:
        return None
    return 100.0 if on_time == counted else min(100 * on_time / counted, 99.9)


@dataclass
class Report:
    """The lines of a report by their keys: all, norm, service, office, official, month of a norm, week, month."""

    lines: dict

    def __getitem__(self, key) -> Tally:
        return self.lines.get(key, Tally())

    def keys(self, kind: str) -> list:
        return [key for key in self.lines if key[0] == kind]


def timeliness(scope: Scope) -> Report:
    """Two queries: the sums, grouped by the database, and the stream of what was met."""
    lines = defaultdict(Tally)
    for row in clocks.sums(scope):
        for key in (*_keys(row), ("cell", row.norm, row.month), ("month", row.month), ("week", row.week)):
            tally = lines[key]
            setattr(tally, row.standing, getattr(tally, row.standing) + row.number)
            tally.terms.add((row.length, row.unit))
    _measure(lines, scope)
    return Report(dict(lines))


def _measure(lines, scope):
    """Lines of offices and services measure the whole term where there is one: steps and wholes do not mix."""
    time_of = working_time(scope)
    whole = {rule.within for rule in registry.values() if rule.within}
    norms_of_whole = {registry[code].norm for code in whole if code in registry}
    only_steps = scope.norm and scope.norm not in norms_of_whole
    for row in clocks.spent(scope):
        time = time_of(row.office_id, row.schedule)
        minutes = time.working_minutes_between(row.started_at, row.ended)
        for key in _keys(row):
            if only_steps or row.rule in whole or not whole or key[0] in ("norm", "official"):
                lines[key].spent.append(minutes)
                lines[key].day_minutes = time.minutes_a_day


def working_time(scope: Scope):
    """(office, schedule) -> its working time, asked of the calendar once for a report."""
    zones = {office.pk: office.zone for office in scope.offices}
    return cache(lambda office_id, schedule: office_time(schedule, zones[office_id]))


def official_key(official: int | None, role: str) -> str:
    """A person by his account; else the role that several hold, or nobody."""
    return str(official) if official else f"{OF_ROLE}{role}"


def _keys(row):
    yield ALL
    yield ("norm", row.norm)
    yield ("service", row.service)
    yield ("office", row.office_id)
    yield ("official", official_key(row.official, row.responsible_role))
