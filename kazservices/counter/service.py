"""The three acts at the counter: a ticket is issued, called, ended; each once, each in working time."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from calendars.arithmetic import OfficeTime
from calendars.minutes import worked
from kazservices import clock
from kazservices.cases.models import Case
from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of

from .limits import limits_of
from .models import Ticket

#: Who stands behind the counter of an office.
COUNTER_ROLES = frozenset({Role.CLERK, Role.SECRETARY, Role.HEAD, Role.ACADEMIC_DEPUTY})
_MINUTE = timedelta(minutes=1)


@transaction.atomic
def issue(office, service: str, *, by) -> Ticket:
    """Somebody has come: his number of the day, and by when he has to be called.

    Raises: PermissionDenied, ValidationError.
    """
    _demand_a_place_at(office, by)
    limits, at = limits_of(service), clock.now()
    if limits is None or not office.keeps(service):
        raise ValidationError(_("No tickets are issued here for this service."), code="no_counter")
    time = office.time_for(service)
    _demand_hours(time, at)
    day = time.local(at).date()
    return Ticket.objects.create(
        office=office, service=service, day=day, number=_next_number(office, day), issued_at=at, issued_by=by,
        waiting_limit=limits.waiting, waiting_breach=limits.breach, serving_limit=limits.serving,
        waiting_norm=limits.waiting_norm, serving_norm=limits.serving_norm,
        alert_at=time.due_working_minutes(at, limits.alert),
        promised_at=time.due_working_minutes(at, limits.waiting),
        call_by=time.due_working_minutes(at, limits.breach),
    )  # fmt: skip


@transaction.atomic
def call(ticket: Ticket, *, by) -> Ticket:
    """He stands at the counter now: his waiting ends, the minutes of his service begin."""
    ticket = _locked(ticket)
    _demand_a_place_at(ticket.office, by)
    if ticket.called_at or ticket.ended_at:
        raise ValidationError(_("This ticket has been called already, or its holder went away."), code="called")
    at, time = clock.now(), ticket.office.time_for(ticket.service)
    ticket.called_at, ticket.called_by = at, by
    ticket.waited = begun_minutes(time, ticket.issued_at, at)
    ticket.serve_by = time.due_working_minutes(at, ticket.serving_limit)
    ticket.save(update_fields=["called_at", "called_by", "waited", "serve_by"])
    return ticket


@transaction.atomic
def end(ticket: Ticket, *, by, left: bool = False) -> Ticket:
    """He goes: served, or without having waited for it (``left``)."""
    ticket = _locked(ticket)
    _demand_a_place_at(ticket.office, by)
    if ticket.ended_at:
        raise ValidationError(_("This ticket has ended already."), code="ended")
    if ticket.called_at is None and not left:
        raise ValidationError(_("This ticket has not been called yet. Call it first."), code="not_called")
    return _end(ticket, Ticket.Outcome.LEFT if left else Ticket.Outcome.SERVED, clock.now())


def close_the_day(ticket: Ticket) -> Ticket:
    """Nobody ended it on its day: it ended with the closing of the office. The caller has locked it."""
    closing = ticket.office.time_for(ticket.service).closing(ticket.day)
    outcome = Ticket.Outcome.SERVED if ticket.called_at else Ticket.Outcome.UNSERVED
    return _end(ticket, outcome, max(closing, ticket.called_at or ticket.issued_at))


@transaction.atomic
def lead_to(ticket: Ticket, case: Case) -> Ticket:
    """The person of this ticket filed this case at the counter. Raises ValidationError for a ticket of another's."""
    ticket = _locked(ticket)
    same_day = ticket.day == case.time.local(case.submitted_at).date()
    if ticket.office_id != case.office_id or ticket.service != case.service or not same_day:
        message = _("This ticket is of another office, day or service.")
        raise ValidationError({"ticket": ValidationError(message, code="ticket")})
    if ticket.case_id not in (None, case.pk):
        message = _("Another application was taken in with this ticket.")
        raise ValidationError({"ticket": ValidationError(message, code="ticket_used")})
    ticket.case_id = case.pk
    ticket.save(update_fields=["case"])
    return ticket


def begun_minutes(time: OfficeTime, since, until) -> int:
    """Working minutes between two instants, the begun one counted whole: who waited 15 and a half waited 16."""
    return -(-worked(time, since, until) // _MINUTE)


def _end(ticket, outcome, at) -> Ticket:
    """How long he was served is known from now on. Norms: ADM-S10-2, TRN-S10-2."""
    ticket.ended_at, ticket.outcome = at, outcome
    if ticket.called_at:
        ticket.served = begun_minutes(ticket.office.time_for(ticket.service), ticket.called_at, at)
    ticket.save(update_fields=["ended_at", "outcome", "served"])
    return ticket


def _demand_a_place_at(office, person) -> None:
    """Only who works in this office today; the same whatever the ticket, so that the answer betrays nothing."""
    if not COUNTER_ROLES & roles_of(person, office):
        raise PermissionDenied("counter")


def _demand_hours(time, at) -> None:
    """Tickets are issued from opening to closing; in lunch too: the minutes stand still until its end.

    Norms: CLK-ADM-CNT, CLK-TRN-WAIT.
    """
    day = time.local(at).date()
    if not (time.days.is_working(day) and time.opening(day) <= at < time.closing(day)):
        raise ValidationError(_("The office is closed now: tickets are issued in its working hours."), code="closed")


def _next_number(office, day) -> int:
    """The next number of the day; the office's row stays locked until the transaction ends."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    return (Ticket.objects.filter(office=office, day=day).aggregate(last=Max("number"))["last"] or 0) + 1


def _locked(ticket) -> Ticket:
    locked = Ticket.objects.select_for_update(of=("self",)).select_related("office")
    return locked.get(pk=ticket.pk)
