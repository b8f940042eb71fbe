from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kazservices.backoffice.access import case_of, case_to_move
from kazservices.backoffice.moving import quicker_line
from kazservices.backoffice.nextmoves import status_name
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.documents import papers
from kazservices.documents.models import GIVEN, Paper
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.making import option_of, papers_of, sign_and_make

from .moves import forget_typed

SECOND_AWAITED = gettext_lazy("Signed. The second signature is awaited from another official.")


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, ref, move, pk):
    """The official reads the paper and signs exactly these bytes; the move is made in the same breath."""
    case = case_to_move(request, ref)
    option = option_of(case, move, request.user)
    if option is None or not option.move.paper:
        raise PermissionDenied(move)
    paper = get_object_or_404(papers_of(case, option.move), pk=pk)
    if request.method == "POST":
        return _sign(request, case, option.move, paper, option.reason)
    if paper.state == Paper.State.VOID:
        messages.warning(request, _("This draft has been replaced by a newer one."))
        return redirect("admin:move", ref=case.ref, move=move)
    return _page(request, case, option.move, paper, reason=option.reason)


def _sign(request, case, move, paper, reason):
    """The last signature makes the move; before it, under what takes two hands, the paper is only signed."""
    if paper.state in GIVEN:
        return _done(request, case, _("This has been done already; nothing was written twice."))
    if reason:
        return _page(request, case, move, paper, reason=reason, status=409)
    try:
        made = sign_and_make(case, move.name, paper, by=request.user, sha256=request.POST.get("sha256", ""))
    except MoveNotAllowed as error:
        return _page(request, case_of(request, case.ref), move, paper, reason=error.reason, status=409)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('admin:move', args=[case.ref, move.name])}?again=1")
    forget_typed(request, case, move)
    return _done(request, case, (move.done or move.label) if made else SECOND_AWAITED)


def _done(request, case, words):
    messages.success(request, str(words))
    return redirect("admin:case", ref=case.ref)


def _page(request, case, move, paper, *, reason="", status=200):
    seen = whole(request.POST.get("seen", ""))
    return page(
        request,
        "backoffice/sign.html",
        {
            "case": case,
            "status_name": status_name(case),
            "move": move,
            "paper": paper,
            "reason": reason,
            "quicker": None if seen is None else quicker_line(case, seen),
            "second_awaited": SECOND_AWAITED if papers.is_signed_by(paper, request.user) else "",
            "waiting": paper.state == Paper.State.WAITING,
        },
        status=status,
    )
