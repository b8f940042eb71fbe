from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kazservices import clock
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.shell import page
from kazservices.backoffice.tickets import board, counters, in_minutes, services_at
from kazservices.counter import service as counter
from kazservices.counter.models import Ticket


@require_safe
def tickets(request):
    """The counter now: issue a ticket, call the next one, end it; the minutes go on by themselves."""
    offices = _counters(request)
    office = _chosen(offices, request.GET.get("office", ""))
    context = {"offices": offices if len(offices) > 1 else [], "board": board(office, clock.now())}
    return page(request, "backoffice/tickets.html", context)


@require_POST
def issue_ticket(request):
    """The next number of the day for whoever has come."""
    office = _chosen(_counters(request), request.POST.get("office", ""))
    try:
        ticket = counter.issue(office, request.POST.get("service", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(office)
    messages.success(request, _("Ticket No. %(number)s") % {"number": ticket.number})
    return redirect("admin:ticket", pk=ticket.pk)


@require_POST
def call_next(request):
    """Whoever has waited longest stands at the counter now."""
    office = _chosen(_counters(request), request.POST.get("office", ""))
    today = office.today()
    first = Ticket.objects.filter(office=office, day=today).waiting().first()
    if first is None:
        messages.info(request, _("Nobody waits at the counter now."))
        return _back(office)
    return _act(request, first, "call")


@require_POST
def move_ticket(request, pk, act):
    """One ticket is called, ended, or its holder went away."""
    return _act(request, _ticket(request, pk), act)


@require_safe
def ticket(request, pk):
    """A ticket to be printed and handed over: its number, and by when its holder is called."""
    found = _ticket(request, pk)
    name = services_at(found.office).get(found.service, found.service)
    context = {"ticket": found, "service": name, "most": in_minutes(found.waiting_limit)}
    return page(request, "backoffice/ticket.html", context)


def _act(request, ticket, act):
    done = {
        "call": (counter.call, {}, _("No. %(number)s is called to the counter.")),
        "end": (counter.end, {}, _("No. %(number)s has been served.")),
        "left": (counter.end, {"left": True}, _("No. %(number)s went away.")),
    }
    if act not in done:
        raise Http404(act)
    make, how, said = done[act]
    try:
        make(ticket, by=request.user, **how)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said % {"number": ticket.number})
    return _back(ticket.office)


def _counters(request) -> list:
    """The counters of this person; who has none gets 403."""
    offices = counters(desk_of(request))
    if not offices:
        raise PermissionDenied("counter")
    return offices


def _chosen(offices, code):
    return next((office for office in offices if office.code == code), offices[0])


def _ticket(request, pk) -> Ticket:
    return get_object_or_404(Ticket.objects.select_related("office"), pk=pk, office__in=_counters(request))


def _back(office):
    return redirect(f"{reverse('admin:tickets')}?office={office.code}")
