"""Registers between the school and the State Corporation: formed, sent, countersigned line by line.

Applications come to the school, results go out, uncollected results come back. Each line is one case; what did not come
stays on the register by name until it comes. Norms: DUP-22, DUP-23, DUP-26-2, DUP-30, GAP-37.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.cases.models import Channel
from kazservices.flow.door import advance
from kazservices.flow.manifest import specific
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from schools.duplicates.models.application import DuplicateApplication
from schools.duplicates.models.books import Book, next_in
from schools.duplicates.models.exchange import Consignment, ConsignmentItem, DeliveryRun
from schools.duplicates.states import State

Direction, Line = Consignment.Direction, ConsignmentItem.State
#: The courier goes to the school at least so often on a day of acceptance. Norm: DUP-23.
RUNS_A_DAY = 2
#: Minutes that one may wait, and be served, at the counter of the State Corporation. Norms: DUP-S3-2, DUP-S3-3.
LONGEST_WAIT = LONGEST_SERVICE = 15
#: The statuses of what waits to be sent, by direction.
WAITING = {
    Direction.APPLICATIONS: (State.SUBMITTED,),
    Direction.RESULTS: (State.PREPARED, State.ASKED_AGAIN),
    Direction.RETURNS: (State.MONTH_OVER,),
}
SENT_BY = {State.PREPARED: "dispatch", State.ASKED_AGAIN: "send_again"}
RECEIVED_BY = {Direction.APPLICATIONS: "deliver", Direction.RESULTS: "arrive", Direction.RETURNS: "give_back"}


@dataclass(frozen=True)
class Day:
    """The delivery runs of a day at which the State Corporation took something in for a school. Norm: DUP-23."""

    day: object
    accepted: int
    runs: tuple

    @property
    def is_short(self) -> bool:
        return len(self.runs) < RUNS_A_DAY


def waiting(direction, *, school, corporation):
    """The cases that wait to be put on the next register, the most urgent first."""
    of_pair = DuplicateApplication.objects.filter(office=school, corporation=corporation, status__in=WAITING[direction])
    if direction == Direction.APPLICATIONS:
        of_pair = of_pair.filter(channel=Channel.STATE_CORPORATION)
    carried = Q(consignment_items__state__in=(Line.SENT, Line.MISSING))
    return of_pair.exclude(carried).select_related("applicant", "category").by_urgency()


@transaction.atomic
def send(direction, *, school, corporation, cases, by, way=Consignment.Way.COURIER, number="") -> Consignment:
    """Form a register in two copies and send what it lists; a courier to the school is a run of the day.

    Norms: DUP-22, DUP-23, DUP-26-2, DUP-30. Raises PermissionDenied, ValidationError, MoveNotAllowed.
    """
    sender = school if direction == Direction.RESULTS else corporation
    if not cases:
        raise ValidationError(_("Choose what is sent: a register without a line is not formed."), code="empty")
    at = clock.now()
    run = None if direction == Direction.RESULTS else record_run(school=school, corporation=corporation, by=by)
    year = at.astimezone(cases[0].time.zone).year
    consignment = Consignment.objects.create(
        number=number or next_in(Book.Kind.DISPATCH, sender, year), direction=direction, school=school,
        corporation=corporation, run=run, way=way, sent_at=at, sent_by=by,
    )  # fmt: skip
    for place, case in enumerate(cases, start=1):
        if move := SENT_BY.get(case.state):
            advance(case, move, by=by, register=consignment.number)
        _line(consignment, place, case)
    return consignment


def record_run(*, school, corporation, by) -> DeliveryRun:
    """The courier has set out for the school: the next run of the day. Norms: DUP-23, CLK-DUP-SC-DELIV."""
    _demand_clerk(by, corporation)
    at, day = clock.now(), corporation.today()
    last = DeliveryRun.objects.filter(school=school, corporation=corporation, day=day).order_by("-number").first()
    return DeliveryRun.objects.create(
        school=school, corporation=corporation, day=day, number=last.number + 1 if last else 1, at=at,
        by=by,
    )  # fmt: skip


@transaction.atomic
def countersign(consignment, *, arrived, by) -> Consignment:
    """The receiver signs both copies: what arrived goes on, what is missing stays by name.

    ``arrived``: the places of the lines that came. Norms: DUP-22, DUP-25, GAP-37. Raises PermissionDenied,
    ValidationError.
    """
    consignment = Consignment.objects.select_for_update().get(pk=consignment.pk)
    _demand_clerk(by, consignment.receiver)
    if consignment.countersigned_at:
        raise ValidationError(_("This register is countersigned already."), code="countersigned")
    at = clock.now()
    for line in consignment.items.select_related("case").order_by("place"):
        if line.case_id and line.place in set(arrived):
            _arrived(consignment, line, by=by, at=at)
        else:
            ConsignmentItem.objects.filter(pk=line.pk).update(state=Line.MISSING, settled_at=at)
    Consignment.objects.filter(pk=consignment.pk).update(countersigned_at=at, countersigned_by=by)
    consignment.refresh_from_db()
    return consignment


@transaction.atomic
def found(line, *, by) -> None:
    """A missing line has come after all. Norm: DUP-22."""
    line = ConsignmentItem.objects.select_for_update().select_related("consignment").get(pk=line.pk)
    if line.state != Line.MISSING or line.case_id is None:
        raise ValidationError(_("Nothing of this line is awaited."), code="not_missing")
    _arrived(line.consignment, line, by=by, at=clock.now())


def missing(*offices):
    """The lines whose papers did not come, by name, of all registers of these offices."""
    lines = ConsignmentItem.objects.filter(state=Line.MISSING)
    of_offices = Q(consignment__school__in=offices) | Q(consignment__corporation__in=offices)
    return lines.filter(of_offices).select_related("consignment__school", "consignment__corporation", "case")


def days(*, school, corporation, since) -> list[Day]:
    """The days on which something was taken in for the school, each with its runs. Norm: DUP-23."""
    taken = DuplicateApplication.objects.filter(
        office=school, corporation=corporation, channel=Channel.STATE_CORPORATION, accepted_on__gte=since
    )
    accepted: dict = {}
    for day in taken.values_list("accepted_on", flat=True):
        accepted[day] = accepted.get(day, 0) + 1
    runs = list(DeliveryRun.objects.filter(school=school, corporation=corporation, day__gte=since).order_by("number"))
    return [
        Day(day, accepted.get(day, 0), tuple(run for run in runs if run.day == day))
        for day in sorted(set(accepted) | {run.day for run in runs}, reverse=True)
    ]


def slow(*, school, corporation):
    """Who waited or was served for longer than fifteen minutes there. Norms: DUP-S3-2, DUP-S3-3."""
    too_long = Q(waited_minutes__gt=LONGEST_WAIT) | Q(served_minutes__gt=LONGEST_SERVICE)
    return DuplicateApplication.objects.filter(too_long, office=school, corporation=corporation).order_by(
        "-submitted_at"
    )


def _arrived(consignment, line, *, by, at):
    advance(specific(line.case), RECEIVED_BY[consignment.direction], by=by, register=consignment.number)
    ConsignmentItem.objects.filter(pk=line.pk).update(state=Line.ARRIVED, settled_at=at)


def _line(consignment, place, case) -> ConsignmentItem:
    return ConsignmentItem.objects.create(
        consignment=consignment, place=place, case_id=case.pk, full_name=case.applicant.full_name,
        outside_number=case.number,
    )  # fmt: skip


def _demand_clerk(person, office):
    """Each side signs for itself, by a clerk of the day; its system by the account entered for it. Norm: DUP-22."""
    if Role.CLERK not in roles_of(person, office):
        raise PermissionDenied("exchange")
