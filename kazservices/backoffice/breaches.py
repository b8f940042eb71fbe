"""The register of missed terms: the head enters the cause, the journal keeps the line."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kazservices.cases.permission import may
from kazservices.deadlines.models import Cause, Deadline
from kazservices.deadlines.service import explain_breach
from kazservices.flow.door import in_whose_place, locked, record
from kazservices.offices.roles import Role

from .desk import Desk


def of_offices(desk: Desk):
    """The missed terms of the offices that this person heads, the newest first."""
    offices = desk.offices_with(Role.HEAD)
    return Deadline.objects.breaches().filter(office__in=offices).order_by("-due_at", "-pk")


def unexplained(desk: Desk):
    return of_offices(desk).filter(cause=Cause.UNEXPLAINED)


@transaction.atomic
def enter_cause(clock: Deadline, *, by, cause: str, note: str) -> None:
    """Explain a missed term in the register and in the journal. Raises PermissionDenied for all but the head."""
    case = locked(clock.case)
    if not may(Role.HEAD)(case, by):
        raise PermissionDenied("explain_breach")
    explain_breach(clock, cause=cause, note=note)
    facts = {"rule": clock.rule, "cause": cause, "note": note, **in_whose_place(case, by, Role.HEAD)}
    record(case, "breach_explained", by=by, facts=facts, norm=clock.norm)
