"""The sweep of the counters: who waits too long is told of, to the clerks at the alert, to the head at the breach."""

from zoneinfo import ZoneInfo

from django.db import transaction

from kazservices import clock
from kazservices.cases.apart import apart
from kazservices.counter.models import Ticket
from kazservices.counter.service import close_the_day
from kazservices.notices.outbox import owe
from kazservices.offices.roles import Role
from kazservices.offices.service import holders


def watch() -> tuple[int, int]:
    """Tell of each ticket that waits too long, each once, in working time; end those of a day that is over."""
    at = clock.now()
    over = [ticket for ticket in _open() if ticket.day < _today(ticket, at)]
    done = sum(bool(apart(_close, ticket.pk)) for ticket in over)
    alerts = list(Ticket.objects.to_alert(at).select_related("office"))
    breaches = list(Ticket.objects.to_note(at).select_related("office"))
    done += sum(bool(apart(_alert, ticket, at)) for ticket in alerts)
    done += sum(bool(apart(_note, ticket, at)) for ticket in breaches)
    return len(over) + len(alerts) + len(breaches), done


def _open():
    return Ticket.objects.filter(ended_at=None).select_related("office")


def _today(ticket, at):
    return at.astimezone(ZoneInfo(ticket.office.zone)).date()


@transaction.atomic
def _close(ticket_id) -> bool:
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("office").get(pk=ticket_id)
    if ticket.ended_at is None:
        close_the_day(ticket)
        return True
    return False


@transaction.atomic
def _alert(ticket, at) -> bool:
    """The law's minutes are over: the clerks have to call him now. Norms: ADM-S10-1, TRN-S10-1."""
    if not ticket.office.time_for(ticket.service).is_open(at):
        return False
    if not Ticket.objects.to_alert(at).filter(pk=ticket.pk).update(alerted_at=at):
        return False
    _tell("counter_alert", ticket, Role.CLERK, at)
    return True


@transaction.atomic
def _note(ticket, at) -> bool:
    """He has waited longer than may be: the head learns it. Norms: CLK-ADM-CNT, CLK-TRN-WAIT."""
    if not ticket.office.time_for(ticket.service).is_open(at):
        return False
    if not Ticket.objects.to_note(at).filter(pk=ticket.pk).update(breach_noted_at=at):
        return False
    _tell("counter_breach", ticket, Role.HEAD, at)
    return True


def _tell(letter, ticket, role, at) -> None:
    people = {post.user_id: post.user for post in holders(ticket.office, role)}
    for person in people.values():
        owe(letter, to=person, at=at, context={"office": ticket.office, "ticket": ticket})
