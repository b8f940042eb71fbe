from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.forms import AbsenceForm
from kazservices.backoffice.shell import page
from kazservices.offices.models import Absence
from kazservices.offices.roles import COMMISSION_ROLES, Role
from kazservices.offices.service import holders


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request):
    """Who of the commission is away: the secretary and the head write it down."""
    office = _office(request)
    posts = holders(office, *COMMISSION_ROLES)
    people = list({post.user_id: post.user.full_name for post in posts}.items())
    form = AbsenceForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        Absence.objects.create(
            user_id=data["user"],
            office=office,
            since=data["since"],
            until=data["until"],
            reason=data["reason"],
            entered_by=request.user,
        )
        messages.success(request, _("The absence is written down."))
        return redirect("admin:absences")
    rows = Absence.objects.filter(office=office, until__gte=office.today()).select_related("user").order_by("since")
    status = 422 if form.is_bound else 200
    return page(
        request, "backoffice/absences.html", {"form": form, "rows": rows, "today": office.today()}, status=status
    )


@require_POST
@transaction.atomic
def end_absence(request, pk):
    """The person is back: an absence that has begun ends with yesterday, one that has not is taken away."""
    office = _office(request)
    absence = get_object_or_404(Absence.objects.select_for_update().filter(office=office), pk=pk)
    today = office.today()
    if absence.since >= today:
        absence.delete()
    elif absence.until >= today:
        absence.until = today - timedelta(days=1)
        absence.save(update_fields=["until"])
    messages.success(request, _("The absence has ended."))
    return redirect("admin:absences")


def _office(request):
    """The office whose absences this person keeps."""
    offices = desk_of(request).offices_with(Role.SECRETARY, Role.HEAD)
    if not offices:
        raise PermissionDenied("absences")
    return offices[0]
