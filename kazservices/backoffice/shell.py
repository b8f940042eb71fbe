"""What stands around every page of the desk: the menu with its counts, the person and the office."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from calendars.models import Proposal
from kazservices import clock
from kazservices.flow.handing import HANDERS, kept_at
from kazservices.offices.roles import Role

from .breaches import unexplained
from .counter.situations import takes_paper
from .counting import in_the_menu
from .desk import desk_of
from .nextmoves import waiting_for
from .servicepages import pages_for
from .shared import cases_in_part
from .tickets import counters, waiting_at


def page(request, template, context=None, *, status=200):
    """A page of the desk inside its shell."""
    return render(request, template, {**shell(request), **(context or {})}, status=status)


def in_the_shell(view):
    """What is not allowed, and what is not there, is said at the desk too, each with its status."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return page(request, "backoffice/forbidden.html", status=403)
        except Http404:
            return page(request, "backoffice/missing.html", status=404)

    return answered


def shell(request) -> dict:
    desk = desk_of(request)
    return {
        "menu": list(_menu(request, desk)),
        "office_name": desk.office_name,
        "role_name": desk.role_name,
        "leave_url": reverse("admin:logout"),
        "find_url": reverse("admin:find") if desk.sees_cases else "",
    }


def _menu(request, desk):
    """Only what this person has business with; the key after G stands beside."""
    if desk.sees_cases:
        yield _entry(request, "index", _("Today"), "home", count=in_the_menu(waiting_for(desk, clock.now())), go="KeyT")
        yield _entry(request, "queue", _("Queue"), "list", count=in_the_menu(desk.cases().open()), go="KeyQ")
    else:
        yield _entry(request, "index", _("Today"), "home", go="KeyT")
    if takes_paper(desk.offices_with(Role.CLERK)):
        yield _entry(request, "counter", _("Counter"), "people")
    yield from (_service_page(request, service, page) for service, page in pages_for(desk))
    if offices := counters(desk):
        waits = waiting_at(offices).count() or None
        yield _entry(request, "tickets", _("Tickets"), "people", count=waits)
    if waits := kept_at(desk.offices_with(*HANDERS)).count():
        yield _entry(request, "kept-results", _("Kept results"), "paper", count=waits)
    if desk.sees_cases and cases_in_part(desk.user).exists():
        yield _entry(request, "shared", _("Shared with us"), "eye")
    if desk.has_commission:
        yield _entry(request, "commission", _("Commission"), "people", go="KeyS")
    elif desk.holds(Role.HEAD):
        yield _entry(request, "absences", _("Absences"), "people")
    if desk.holds(Role.HEAD):
        yield _entry(request, "breaches", _("Missed terms"), "warning", count=in_the_menu(unexplained(desk)))
    if desk.holds(Role.HEAD, Role.AUDITOR) and (reports := _reports()):
        yield {"name": _("Reports"), "url": reports, "icon": "chart", "apart": True}
    yield _calendar(request, desk)
    yield _entry(request, "registers", _("Reference books"), "list")
    yield {"name": _("Tokens"), "url": reverse("tokens:list"), "icon": "shield"}
    if desk.holds(Role.OPERATOR):
        yield _entry(request, "openings", _("Offices"), "home")
        yield _entry(request, "absences", _("Absences"), "people")
        yield _entry(request, "sweeps", _("State of the product"), "clock")


def _calendar(request, desk):
    """The calendar is everybody's to read; beside it, what waits for this operator as the second person."""
    match = request.resolver_match
    current = bool(match and (match.url_name or "").partition("-")[0] == "calendar")
    waiting = None
    if desk.holds(Role.OPERATOR):
        proposed = Proposal.objects.filter(state=Proposal.State.PROPOSED)
        waiting = proposed.exclude(drafted_by=desk.user.username).count() or None
    return _entry(request, "calendar", _("Calendar"), "calendar", apart=True, current=current, count=waiting)


def _service_page(request, service, page):
    url = reverse("admin:service-page", args=[service, page.code])
    return {"name": page.label, "url": url, "icon": page.icon, "current": request.path == url}


def _entry(request, name, label, icon, **more):
    match = request.resolver_match
    current = bool(match and match.view_name == f"admin:{name}")
    return {"name": label, "url": reverse(f"admin:{name}"), "icon": icon, "current": current, **more}


def _reports() -> str:
    """Where the reports stand, if this installation has mounted them."""
    try:
        return reverse("reports:index")
    except NoReverseMatch:
        return ""
