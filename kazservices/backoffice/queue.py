"""The queue: open cases by the working time that is left, its rows and their groups."""

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from calendars.rules import rule_on
from kazservices.deadlines.models import Deadline
from kazservices.design.languages import active_language
from kazservices.design.pieces import MovePiece, QueueGroup, QueueRow
from kazservices.flow.lists import WORDS, Bounds, glances
from kazservices.flow.manifest import Glance
from kazservices.masks import initials
from kazservices.offices.roles import Role

from .moving import address_of
from .nextmoves import NextMoves, status_name
from .working import WorkingTimes


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


def grouped(found: list[QueueRow], limits: Bounds) -> list[QueueGroup]:
    """The rows under the words that say why they stand together."""
    groups = {degree: QueueGroup(str(words), kind) for degree, (words, kind) in WORDS.items()}
    for row in found:
        groups[limits.degree(row.due)].rows.append(row)
    return [group for group in groups.values() if group.rows]


def _row(case, times, moves, glance) -> QueueRow:
    clock, awaited, time = next(iter(case.clocks_running), None), moves.of(case), times.of_case(case)
    still = times.still(time, clock)
    return QueueRow(
        url=reverse("admin:case", args=[case.ref]),
        number=case.number,
        applicant=initials(case.applicant.full_name) if case.applicant else "",
        chip=times.chip(time, case.next_due_at, still=still),
        still=still,
        due=case.next_due_at,
        category=glance.subject,
        stage=_stage(case, clock),
        move=_move(case, awaited, glance, times),
        owner=str(Role(clock.responsible_role).label) if clock and clock.responsible_role else "",
        key=str(case.ref),
        in_bulk=any(move.in_bulk for move in awaited),
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
    return MovePiece(str(moves[0].label), address_of(case, moves[0]))
