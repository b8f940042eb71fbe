from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.cases.models import Case
from kazservices.flow import bulk
from kazservices.flow.manifest import manifest_of


@require_http_methods(["GET", "HEAD", "POST"])
def together(request):
    """One move in the chosen cases: which is possible in all, what it would do in each, what it has done in each.

    Cases are chosen in the queue; who only opens the address, as after a change of the language, is led there.
    """
    if request.method != "POST":
        return redirect("admin:queue")
    refs = {ref for ref in map(_ref, request.POST.getlist("case")) if ref}
    if not refs:
        return _page(request, fault=_("Choose the cases first: each row of the queue has a box."), status=422)
    if len(refs) > bulk.MOST:
        return _page(request, fault=_("Choose at most %(most)s cases.") % {"most": bulk.MOST}, status=422)
    cases = _chosen(request, refs)
    name = request.POST.get("move", "")
    if not name:
        return _page(request, cases=cases, moves=bulk.common(cases, request.user))
    if not bulk.in_bulk(cases, name):
        raise PermissionDenied(name)
    move = manifest_of(cases[0].service).move(name)
    if request.POST.get("sure") != "1":
        return _page(request, move=move, results=bulk.rehearsed(cases, name, by=request.user))
    results = bulk.made(cases, name, by=request.user, seen=_seen(request, cases))
    return _page(request, move=move, results=results, made=True)


def _chosen(request, refs) -> list[Case]:
    """The cases of the boxes, the most urgent first. One of another office: 403, as for a single move."""
    found = list(desk_of(request).cases().filter(ref__in=refs).by_urgency())
    if len(found) != len(refs):
        raise PermissionDenied("another office's case")
    return found


def _ref(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _seen(request, cases) -> dict[int, int]:
    """How many lines each journal had when the rehearsal was shown."""
    said = {case.pk: whole(request.POST.get(f"seen-{case.ref}", "")) for case in cases}
    return {case.pk: case.journal_count if said[case.pk] is None else said[case.pk] for case in cases}


def _page(request, *, status=200, results=(), **context):
    counted = {"may": sum(one.done for one in results), "refused": sum(not one.done for one in results)}
    return page(request, "backoffice/together.html", {"results": results, **counted, **context}, status=status)
