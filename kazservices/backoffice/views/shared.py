from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shared import cases_in_part, lines, opened, with_part
from kazservices.backoffice.shell import page
from kazservices.cases.reading import note_reading
from kazservices.flow.door import options
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.making import form_for, make_once, option_of

PER_PAGE = 25


@require_safe
def shared(request):
    """The cases of other offices of which mine sees a part: those that wait for its word first."""
    found = cases_in_part(request.user)
    if not found.exists():
        return page(request, "backoffice/shared.html", {"page": None, "rows": []})
    shown = Paginator(found.order_by("-submitted_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "backoffice/shared.html", {"page": shown, "rows": lines(shown.object_list, request.user)})


@require_safe
def shared_case(request, ref):
    """The part of a case that is this office's to see, and the moves that are its own."""
    case, which = _case(request, ref)
    note_reading(case, request.user, part="part")
    return page(request, "backoffice/shared_case.html", _context(request, case, which))


@require_http_methods(["GET", "HEAD", "POST"])
def shared_move(request, ref, move):
    """A move of the other office: made once; what the law objects to stands at its field."""
    case, which = _case(request, ref)
    option = option_of(case, move, request.user)
    if option is None:
        raise PermissionDenied(move)
    form = form_for(case, option.move, request.user, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()) and _made(request, case, option, form):
        return redirect("admin:shared-case", ref=ref)
    context = {**_context(request, case, which), "move": option.move, "form": form, "reason": option.reason}
    return page(request, "backoffice/shared_move.html", context, status=422 if form and form.errors else 200)


def _made(request, case, option, form) -> bool:
    seen = whole(request.POST.get("seen", ""))
    facts = form.facts() if form else {}
    try:
        make_once(
            case, option.move.name, by=request.user, seen=case.journal_count if seen is None else seen, facts=facts
        )
    except MoveNotAllowed as error:
        messages.error(request, str(error.reason))
    except ValidationError as error:
        if form is None:
            messages.error(request, " ".join(error.messages))
            return True
        form.take_errors(error)
        return False
    else:
        messages.success(request, str(option.move.done or option.move.label))
    return True


def _context(request, case, which) -> dict:
    return {**opened(case, which), "moves": [option for option in options(case, request.user) if option.is_open]}


def _case(request, ref):
    """The case and the part in which an office of this person sees it; else there is no such page."""
    return with_part(get_object_or_404(cases_in_part(request.user), ref=ref), request.user)
