from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kazservices.backoffice.access import case_to_move
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.forms import HandoverForm
from kazservices.backoffice.shell import page
from kazservices.flow.handing import HANDERS, hand_over, kept_at, kept_of, may_hand_over
from kazservices.masks import initials

PER_PAGE = 25


@require_safe
def kept_results(request):
    """The paper results that nobody has come for yet: kept here until they are received."""
    offices = desk_of(request).offices_with(*HANDERS)
    if not offices:
        raise PermissionDenied("results")
    found = kept_at(offices).select_related("case__office", "case__edition", "case__applicant")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(paper, _person(paper.case)) for paper in shown]
    context = {"page": shown, "rows": rows, "several": len(offices) > 1}
    return page(request, "backoffice/kept_results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_paper(request, ref, pk):
    """Who takes the paper, and by which document; the journal keeps the line."""
    case = case_to_move(request, ref)
    if not may_hand_over(case, request.user):
        raise PermissionDenied("hand_over")
    paper = get_object_or_404(kept_of(case), pk=pk)
    form = HandoverForm(request.POST or None, case=case)
    if form.is_valid():
        try:
            hand_over(paper, by=request.user, said=form.said())
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("The paper has been handed over; the journal says so."))
            return redirect("admin:case", ref=ref)
    status = 422 if form.errors else 200
    return page(request, "backoffice/hand_paper.html", {"case": case, "paper": paper, "form": form}, status=status)


def _person(case) -> str:
    """By whose initials the paper is found when somebody comes for it."""
    return initials(case.applicant.full_name) if case.applicant else ""
