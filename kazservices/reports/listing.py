"""The clocks behind a figure, one line each, as the page and the export both show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from calendars.rules import registry
from calendars.words import left_words
from kazservices.deadlines.models import Cause, Outcome
from kazservices.design.languages import active_language

from .clocks import LATE
from .figures import official_key, working_time
from .names import Names
from .scope import Scope
from .words import days_words, rule_name, term_words


@dataclass(frozen=True)
class Line:
    """One clock: of which case, what was due when, when it ended, who answers for it, and why it was late."""

    number: str
    ref: str
    service: str
    office: str
    rule: str
    norm: str
    term: str
    started: datetime
    due: datetime
    ended: datetime | None
    outcome: str
    late: bool
    minutes: int
    minutes_late: int
    day_minutes: int
    responsible: str
    cause: str
    note: str
    noted: datetime | None
    late_words: str

    @property
    def days_used(self) -> str:
        return days_words(self.minutes, self.day_minutes)


FIELDS = (
    "case__number", "case__ref", "service", "office_id", "rule", "norm", "length", "unit", "schedule", "started_at",
    "due_at", "ended", "outcome", "standing", "official", "responsible_role", "cause", "cause_note", "breach_noted_at",
)  # fmt: skip


class Reader:
    """Turns rows into lines; all words are looked up before the first row, so that a stream needs none later."""

    def __init__(self, scope: Scope, names: Names):
        self.scope, self.names = scope, names
        self.time_of = working_time(scope)
        self.causes = {code: str(label) for code, label in Cause.choices}
        self.outcomes = {code: str(label) for code, label in Outcome.choices}
        self.on_time, self.late, self.after_hours = _("on time"), _("late"), _("Late, after the office had closed")
        self.language = active_language()
        self.rules = {code: rule_name(code) for code in registry}
        self.terms = {(rule.length, rule.unit): term_words(rule.length, rule.unit) for rule in registry.values()}

    def rows(self, clocks):
        return clocks.values_list(*FIELDS, named=True)

    def stream(self, clocks) -> Iterator[Line]:
        return map(self.line, self.rows(clocks).iterator(chunk_size=2000))

    def line(self, row) -> Line:
        time = self.time_of(row.office_id, row.schedule)
        until = row.ended or self.scope.as_of
        late = row.standing == LATE
        minutes_late = time.working_minutes_between(row.due_at, until) if late else 0
        return Line(
            number=row.case__number,
            ref=str(row.case__ref),
            service=self.names.services.get(row.service, row.service),
            office=self.names.offices[row.office_id],
            rule=self.rules.get(row.rule, row.rule),
            norm=row.norm,
            term=self.terms.get((row.length, row.unit), f"{row.length} {row.unit}"),
            started=time.local(row.started_at),
            due=time.local(row.due_at),
            ended=row.ended and time.local(row.ended),
            outcome=self.outcomes[row.outcome if row.ended else Outcome.RUNNING],
            late=late,
            minutes=time.working_minutes_between(row.started_at, until),
            minutes_late=minutes_late,
            day_minutes=time.minutes_a_day,
            responsible=self.names.official(official_key(row.official, row.responsible_role)),
            cause=self._cause(row, late),
            note=row.cause_note if late else "",
            noted=row.breach_noted_at and time.local(row.breach_noted_at),
            late_words=self._late_words(minutes_late, time) if late else "",
        )

    def _late_words(self, minutes, time) -> str:
        return left_words(-minutes, time.minutes_a_day, self.language) if minutes else self.after_hours

    def _cause(self, row, late) -> str:
        """A breach that no sweep has noted yet stands in the register all the same, unexplained."""
        return self.causes[row.cause or Cause.UNEXPLAINED] if late else ""


def newest_first(clocks):
    return clocks.order_by("-due_at", "-pk")


def breaches(clocks, cause: str = ""):
    """Late clocks; ``cause``: those explained so."""
    late = clocks.filter(standing=LATE)
    if cause == Cause.UNEXPLAINED:
        return late.filter(cause__in=("", Cause.UNEXPLAINED))
    return late.filter(cause=cause) if cause else late
