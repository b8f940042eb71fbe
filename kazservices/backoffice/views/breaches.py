from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kazservices.backoffice.breaches import enter_cause, of_offices
from kazservices.backoffice.clocks import label
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.forms import CauseForm
from kazservices.backoffice.shell import page
from kazservices.deadlines.models import Cause
from kazservices.offices.roles import Role

PER_PAGE = 25


@require_safe
def breaches(request):
    """The missed terms of my office: those that wait for a cause first."""
    rows = _rows(request)
    waiting = request.GET.get("all") != "1"
    if waiting:
        rows = rows.filter(cause=Cause.UNEXPLAINED)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found = [(clock, label(clock)) for clock in shown.object_list]
    return page(request, "backoffice/breaches.html", {"page": shown, "rows": found, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request, pk):
    """The cause of one missed term, in the words of the head."""
    clock = get_object_or_404(_rows(request), pk=pk)
    known = {} if clock.cause == Cause.UNEXPLAINED else {"cause": clock.cause, "note": clock.cause_note}
    form = CauseForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        enter_cause(clock, by=request.user, **form.cleaned_data)
        messages.success(request, _("The cause is in the register and in the journal of the case."))
        return redirect("admin:breaches")
    status = 422 if form.is_bound else 200
    return page(
        request, "backoffice/explain.html", {"clock": clock, "label": label(clock), "form": form}, status=status
    )


def _rows(request):
    desk = desk_of(request)
    if not desk.holds(Role.HEAD):
        raise PermissionDenied("breaches")
    return of_offices(desk).select_related("case", "office", "ended_by")
