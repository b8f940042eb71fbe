from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import MultipleChoiceField
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazservices import clock
from kazservices.backoffice.access import case_of, case_to_move
from kazservices.backoffice.clocks import nearest
from kazservices.backoffice.moving import quicker_line, typed
from kazservices.backoffice.nextmoves import status_name
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.flow.door import prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.making import form_for, made_already, make_once, option_of

DRAFTS = "papers-being-signed"


@require_http_methods(["GET", "HEAD", "POST"])
def move(request, ref, move):
    """The small form of a lawful move, and the move itself. Who lacks the role gets 403, and nothing is written."""
    case = case_to_move(request, ref)
    option = option_of(case, move, request.user)
    if option is None:
        raise PermissionDenied(move)
    if request.method != "POST":
        kept = _kept(request, case, option.move)
        form = None if option.reason else form_for(case, option.move, request.user, initial=kept)
        return _page(request, case, option.move, form, reason=option.reason)
    seen = _seen(request, case)
    if made_already(case, move, request.user, seen):
        return _done(request, case, _("This has been done already; nothing was written twice."))
    if option.reason:
        return _overtaken(request, case, option.move, option.reason)
    return _try(request, case, option.move, seen)


def _try(request, case, move, seen):
    """Hand the facts to the door; what the law objects to stands at its field, and what was typed stays."""
    form = form_for(case, move, request.user, data=request.POST, files=request.FILES)
    if form is not None and not form.is_valid():
        return _page(request, case, move, form, status=422)
    facts = form.facts() if form else {}
    try:
        if move.paper:
            return _to_sign(request, case, move, facts)
        made = make_once(case, move.name, by=request.user, seen=seen, facts=facts)
    except MoveNotAllowed as error:
        return _overtaken(request, case, move, error.reason)
    except ValidationError as error:
        if form is None:
            messages.error(request, " ".join(error.messages))
            return redirect("admin:case", ref=case.ref)
        form.take_errors(error)
        return _page(request, case, move, form, status=422)
    words = move.done or move.label if made else _("This has been done already; nothing was written twice.")
    return _done(request, case, words)


def _to_sign(request, case, move, facts):
    """The paper is prepared from the facts; it is read and signed on the next page."""
    paper = prepare(case, move.name, by=request.user, **facts)
    kept = {**request.session.get(DRAFTS, {}), f"{case.pk}/{move.name}": _plain(request.POST)}
    request.session[DRAFTS] = kept
    return redirect("admin:sign", ref=case.ref, move=move.name, pk=paper.pk)


def forget_typed(request, case, move) -> None:
    """What was typed is signed now: the paper holds it, the session need not."""
    kept = request.session.get(DRAFTS, {})
    if kept.pop(f"{case.pk}/{move.name}", None) is not None:
        request.session[DRAFTS] = kept


def _plain(data) -> dict:
    return {name: data.getlist(name) for name in data if name != "csrfmiddlewaretoken"}


def _kept(request, case, move) -> dict:
    """What was typed before the paper was prepared: whoever goes back finds it again."""
    if request.GET.get("again") != "1" or not move.form:
        return {}
    kept = request.session.get(DRAFTS, {}).get(f"{case.pk}/{move.name}", {})
    fields = {name: field for name, field in move.form_class().base_fields.items() if kept.get(name)}
    return {
        name: kept[name] if isinstance(field, MultipleChoiceField) else kept[name][0] for name, field in fields.items()
    }


def _seen(request, case) -> int:
    """How many lines the journal had when the form was opened."""
    seen = whole(request.POST.get("seen", ""))
    return case.journal_count if seen is None else seen


def _done(request, case, words):
    messages.success(request, str(words))
    return redirect(reverse("admin:case", args=[case.ref]))


def _overtaken(request, case, move, reason):
    """The law does not allow it any more, mostly because somebody was quicker: say so, and keep what was typed."""
    case = case_of(request, case.ref)
    context = {"quicker": quicker_line(case, _seen(request, case)), "typed": typed(move, request.POST)}
    return _page(request, case, move, None, reason=reason, status=409, **context)


def _page(request, case, move, form, *, reason="", status=200, **context):
    context |= {"case": case, "move": move, "form": form, "reason": reason, "status_name": status_name(case)}
    context["due"] = nearest(case, clock.now())
    return page(request, "backoffice/move.html", context, status=status)
