from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kazservices import clock
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.deadlines.models import Rerun
from kazservices.flow import reruns
from kazservices.offices.roles import Role
from kazservices.stuck import kind_of

SHOWN, RECENT = 100, 20  # rows of each kind; the last times somebody had something run again


@require_http_methods(["GET", "HEAD", "POST"])
def stuck(request):
    """What failed time and again, of every kind; an operator has one run again, or all. It is written down who."""
    if not desk_of(request).holds(Role.OPERATOR):
        raise PermissionDenied("stuck")
    at = clock.now()
    if request.method == "POST":
        _tell(request, _run_again(request))
        return redirect("admin:stuck")
    found = {"stuck": reruns.told(at), "rows": reruns.listed(at, SHOWN), "recent": _recent()}
    return page(request, "backoffice/stuck.html", found)


def _run_again(request) -> int:
    kind, pk = request.POST.get("kind"), whole(request.POST.get("row", ""))
    if kind is None:
        return reruns.run_all(by=request.user)
    try:
        return reruns.run_one(kind, pk, by=request.user)
    except KeyError:
        raise Http404(kind) from None


def _tell(request, done: int) -> None:
    if not done:
        messages.info(request, _("This is not stuck any more."))
        return
    words = ngettext("%(count)d is tried again within a minute.", "%(count)d are tried again within a minute.", done)
    messages.success(request, words % {"count": done})


def _recent() -> list[tuple]:
    """(what it was called, the record) of the last reruns; a kind that nobody declares any more, by its code."""
    return [(_label(one.kind), one) for one in Rerun.objects.select_related("by").order_by("-at", "-pk")[:RECENT]]


def _label(code: str) -> str:
    try:
        return kind_of(code).label
    except KeyError:
        return code
