"""The queue: open cases by the working time that is left, its filters and its rows."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendars.rules import rule_on
from calendars.service import working_calendar
from kazservices.cases.models import Stage
from kazservices.deadlines.models import Deadline
from kazservices.design.languages import active_language
from kazservices.design.pieces import MovePiece, QueueGroup, QueueRow
from kazservices.flow.manifest import Glance, manifest_of
from kazservices.offices.roles import Role

from .masks import initials
from .nextmoves import NextMoves, status_name
from .working import WorkingTimes

OVERDUE, TODAY, SOON, LATER, NO_TERM = "overdue", "today", "soon", "later", "none"
WORDS = {
    OVERDUE: (gettext_lazy("Overdue"), "bad"),
    TODAY: (gettext_lazy("Due today"), "warn"),
    SOON: (gettext_lazy("In the next 3 working days"), "ok"),
    LATER: (gettext_lazy("Later"), "ok"),
    NO_TERM: (gettext_lazy("Without a running term"), "wait"),
}


@dataclass(frozen=True)
class Bounds:
    """The instants between the degrees of urgency, in local days."""

    at: object
    end_of_today: object
    end_of_soon: object

    def degree(self, due_at) -> str:
        if due_at is None:
            return NO_TERM
        if due_at < self.at:
            return OVERDUE
        if due_at < self.end_of_today:
            return TODAY
        return SOON if due_at < self.end_of_soon else LATER

    def of(self, degree) -> Q:
        """The condition of a degree, for a query."""
        return {
            OVERDUE: Q(next_due_at__lt=self.at),
            TODAY: Q(next_due_at__gte=self.at, next_due_at__lt=self.end_of_today),
            SOON: Q(next_due_at__gte=self.end_of_today, next_due_at__lt=self.end_of_soon),
            LATER: Q(next_due_at__gte=self.end_of_soon),
            NO_TERM: Q(next_due_at=None),
        }[degree]


def bounds(at, zone) -> Bounds:
    """Today ends at midnight; the next three working days end with the third one's midnight."""
    local = at.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    third = working_calendar().add_working(local.date(), 3)
    return Bounds(at, midnight + timedelta(days=1), midnight + (third - local.date()) + timedelta(days=1))


def counts(cases, limits: Bounds) -> dict:
    """How many cases stand in each degree: one query."""
    return cases.order_by().aggregate(**{degree: Count("pk", filter=limits.of(degree)) for degree in WORDS})


def for_rows(cases):
    """The cases with all that a row shows of them."""
    clocks = Deadline.objects.running().ours().order_by("due_at")
    return cases.prefetch_related("office__hours", Prefetch("deadlines", clocks, to_attr="clocks_running"))


def rows(cases, desk, at) -> list[QueueRow]:
    """The rows of a page; the number of queries does not depend on how many there are."""
    cases = list(cases)
    times, moves, seen = WorkingTimes(at), NextMoves(desk, cases), glances(cases, desk.user)
    return [_row(case, times, moves, seen.get(case.pk, Glance())) for case in cases]


def glances(cases, viewer) -> dict[int, Glance]:
    """What each service says of its cases, asked once a service."""
    found = {}
    for service in sorted({case.service for case in cases}):
        found |= manifest_of(service).glance([case for case in cases if case.service == service], viewer)
    return found


def grouped(found: list[QueueRow], limits: Bounds) -> list[QueueGroup]:
    """The rows under the words that say why they stand together."""
    groups = {degree: QueueGroup(str(words), kind) for degree, (words, kind) in WORDS.items()}
    for row in found:
        groups[limits.degree(row.due)].rows.append(row)
    return [group for group in groups.values() if group.rows]


def _row(case, times, moves, glance) -> QueueRow:
    clock = next(iter(case.clocks_running), None)
    return QueueRow(
        url=reverse("admin:case", args=[case.ref]),
        number=case.number,
        applicant=initials(case.applicant.full_name) if case.applicant else "",
        chip=times.chip(times.of_case(case), case.next_due_at),
        due=case.next_due_at,
        category=glance.subject,
        stage=_stage(case, clock),
        move=_move(case, moves.of(case), glance, times),
        owner=str(Role(clock.responsible_role).label) if clock and clock.responsible_role else "",
        key=str(case.ref),
    )


def _stage(case, clock) -> str:
    """The state, and the step whose term is the nearest."""
    rule = rule_on(clock.rule, clock.base_on) if clock else None
    state = capfirst(status_name(case))
    return f"{state} · {rule.label(active_language())}" if rule else state


def _move(case, moves, glance, times) -> MovePiece:
    if glance.appointed_at and glance.appointed_at > times.at:
        local = times.of_case(case).local(glance.appointed_at)
        return MovePiece(_("Hearing on %(day)s") % {"day": f"{local:%d.%m, %H:%M}"})
    if not moves:
        return MovePiece(_("Open the case"), reverse("admin:case", args=[case.ref]))
    if len(moves) > 1:
        return MovePiece(_("Decide"), reverse("admin:case", args=[case.ref]) + "#moves")
    return MovePiece(str(moves[0].label), reverse("admin:move", args=[case.ref, moves[0].name]))


@dataclass(frozen=True)
class Filter:
    """What the address asks for; unknown values ask for nothing."""

    service: str = ""
    status: str = ""
    office: str = ""
    due: str = ""
    stage: str = ""
    mine: bool = False
    number: str = ""

    @classmethod
    def of(cls, query):
        plain = {
            name: query.get(name, "").strip() for name in ("service", "status", "office", "due", "stage", "number")
        }
        plain["number"] = plain["number"].upper()
        return cls(**plain, mine=query.get("mine") == "1")

    def apply(self, cases, limits: Bounds):
        """The cases that the filter leaves, the most urgent first; without stage or number only open ones."""
        if self.stage in Stage.values:
            cases = cases.filter(stage=self.stage)
        elif not self.number:
            cases = cases.open()
        if self.number:
            cases = cases.filter(number__contains=self.number)
        if self.service:
            cases = cases.filter(service=self.service)
        if self.status:
            cases = cases.filter(status=self.status)
        if self.office:
            cases = cases.filter(office__code=self.office)
        if self.due in WORDS:
            cases = cases.filter(limits.of(self.due))
        return cases.by_urgency()
