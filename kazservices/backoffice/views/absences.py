from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.forms import AbsenceForm
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.offices import absences as service
from kazservices.offices.models import Absence, Staff, User
from kazservices.offices.roles import COMMISSION_ROLES, Role

NAME_SUBSTITUTES = (Role.HEAD, Role.OPERATOR)
KEEP = (Role.SECRETARY, *NAME_SUBSTITUTES)


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request):
    """Who is away: the secretary writes down the commission; the head and the operator all, with who stands in."""
    offices = _offices(request)
    office = _chosen(request, offices)
    names_substitutes = office in desk_of(request).offices_with(*NAME_SUBSTITUTES)
    people = _people(office, tuple(Role) if names_substitutes else COMMISSION_ROLES)
    form = AbsenceForm(request.POST or None, people=people, names_substitutes=names_substitutes)
    if request.method == "POST" and form.is_valid() and _written(form, office, by=request.user):
        messages.success(request, _("The absence is written down."))
        return redirect(_address(office))
    rows = Absence.objects.filter(office=office, until__gte=office.today()).order_by("since", "pk")
    rows = rows.select_related("user", "substitute", "ended_by", "office")
    context = {
        "form": form, "rows": rows, "today": office.today(), "office": office,
        "offices": offices if len(offices) > 1 else [], "names_substitutes": names_substitutes,
        "only_operator": not desk_of(request).has_commission,
    }  # fmt: skip
    return page(request, "backoffice/absences.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_absence(request, pk):
    """The person is back; who stood in for him stands in no longer."""
    absence = get_object_or_404(Absence.objects.filter(office__in=_offices(request)).select_related("office"), pk=pk)
    if absence.substitute_id and absence.office not in desk_of(request).offices_with(*NAME_SUBSTITUTES):
        raise PermissionDenied("substitution")
    service.end_absence(absence, by=request.user)
    messages.success(request, _("The absence has ended."))
    return redirect(_address(absence.office))


def _written(form, office, *, by) -> bool:
    data = form.cleaned_data
    people = User.objects.in_bulk([key for key in (data["user"], data.get("substitute")) if key])
    try:
        service.note_absence(
            user=people[data["user"]], office=office, since=data["since"], until=data["until"], reason=data["reason"],
            by=by, substitute=people.get(data.get("substitute")), act=data.get("act", ""),
        )  # fmt: skip
    except ValidationError as error:
        form.take_errors(error)
        return False
    return True


def _people(office, roles) -> list[tuple[int, str]]:
    """Those who hold a post of the office in their own right today or later, by name."""
    posts = Staff.objects.filter(office=office, role__in=roles, stands_for=None, user__is_active=True)
    today = office.today()
    posts = [post for post in posts.select_related("user") if post.until is None or post.until >= today]
    return sorted({post.user_id: post.user.full_name for post in posts}.items(), key=lambda pair: pair[1])


def _offices(request) -> list:
    """The offices whose absences this person keeps."""
    offices = desk_of(request).offices_with(*KEEP)
    if not offices:
        raise PermissionDenied("absences")
    return offices


def _chosen(request, offices):
    wanted = whole(request.GET.get("office", ""))
    return next((office for office in offices if office.pk == wanted), offices[0])


def _address(office) -> str:
    return f"{reverse('admin:absences')}?office={office.pk}"
