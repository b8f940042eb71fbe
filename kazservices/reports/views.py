"""The auditor's pages. Each asks for the mandate first: who has none gets 403, whatever the address says."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazservices.deadlines.models import Cause

from . import clocks, listing
from .figures import official_key, timeliness
from .files import clocks_file, figures_file
from .mandate import mandate_or_403
from .menu import staff_page
from .names import names_for
from .printed import printed
from .scope import Scope, ScopeForm
from .sheet import Sheet

A_PAGE = 50
SHOWN = ("counted", clocks.ON_TIME, clocks.LATE, clocks.RUNNING)


def asked(request) -> tuple[ScopeForm, Scope | None]:
    """The form as filled in and, when it is right, the scope it asks for. Raises: PermissionDenied."""
    form = ScopeForm(request.GET.dict(), offices=mandate_or_403(request.user))
    return form, form.scope() if form.is_valid() else None


@login_required(login_url="admin:login")
@require_safe
def report(request):
    form, scope = asked(request)
    context = {"form": form, **staff_page(request, "reports:index", form.offices)}
    if scope:
        sheet = Sheet.of(scope, timeliness(scope))
        context |= {"sheet": sheet, "scope": scope, "printed": printed(scope, sheet.names)}
        context |= {"trend": sheet.trend(), "heat": sheet.heat(), "months": [f"{m:%m.%Y}" for m in sheet.months()]}
        context["theirs"] = clocks.theirs(scope).count()
    return render(request, "reports/timeliness.html", context, status=200 if scope else 400)


@login_required(login_url="admin:login")
@require_safe
def behind(request):
    """The clocks behind a figure, with the numbers of their cases."""
    form, scope = asked(request)
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else "counted"
    context = {"form": form, "show": show, **staff_page(request, "reports:index", form.offices)}
    if scope:
        context |= _page(request, scope, clocks.standing(clocks.clocks(scope), show))
    return render(request, "reports/clocks.html", context, status=200 if scope else 400)


@login_required(login_url="admin:login")
@require_safe
def breaches(request):
    """The register of breaches: what, by how much, why, and who answers for it. Norm: LAW-11."""
    form, scope = asked(request)
    context = {"form": form, "causes": Cause.choices, "cause": _cause(request)}
    context |= staff_page(request, "reports:breaches", form.offices)
    if scope:
        context |= _page(request, scope, listing.breaches(clocks.clocks(scope), _cause(request)))
    return render(request, "reports/breaches.html", context, status=200 if scope else 400)


@login_required(login_url="admin:login")
@require_safe
def figures_csv(request):
    form, scope = asked(request)
    if scope is None:
        return _wrong(request, form)
    return figures_file(scope)


@login_required(login_url="admin:login")
@require_safe
def clocks_csv(request):
    form, scope = asked(request)
    if scope is None:
        return _wrong(request, form)
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else "counted"
    return clocks_file("clocks", scope, clocks.standing(clocks.clocks(scope), show))


@login_required(login_url="admin:login")
@require_safe
def breaches_csv(request):
    form, scope = asked(request)
    if scope is None:
        return _wrong(request, form)
    return clocks_file("breaches", scope, listing.breaches(clocks.clocks(scope), _cause(request)))


def _page(request, scope, rows) -> dict:
    """A page of lines; only those on the page are read."""
    reader_rows = listing.Reader(scope, names_for(scope)).rows(listing.newest_first(rows))
    page = Paginator(reader_rows, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    names = names_for(scope, {official_key(row.official, row.responsible_role) for row in shown} | {scope.official})
    reader = listing.Reader(scope, names)
    return {
        "scope": scope,
        "page": page,
        "lines": [reader.line(row) for row in shown],
        "printed": printed(scope, names),
    }


def _cause(request) -> str:
    return request.GET.get("cause", "") if request.GET.get("cause") in Cause.values else ""


def _wrong(request, form):
    """An export asked for wrongly shows the form with its errors, never half a file."""
    context = {"form": form, **staff_page(request, "reports:index", form.offices)}
    return render(request, "reports/timeliness.html", context, status=400)
