"""Which cases a token reaches: those of its owner, and of a member of staff only those of the token's one office."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied as NotAllowed

from kazservices.cases.models import SEEING_ROLES, Case, CaseParty
from kazservices.cases.permission import is_recused
from kazservices.flow.manifest import specific
from kazservices.offices.service import offices_of


def cases_of(request):
    """The cases that this person may see, within the office of his token."""
    cases = Case.objects.visible_to(request.user).select_related(
        "office", "applicant", "edition", "previous", "representation"
    )
    cases = cases.prefetch_related("office__hours")
    office = request.auth.office
    if office is None:
        return cases
    if office.pk not in offices_of(request.user, *SEEING_ROLES):
        return cases.none()
    return cases.filter(pk__in=CaseParty.objects.current().in_full().filter(office=office).values("case_id"))


def case_of(request, ref):
    """The service's case of this address; 404 for another office's, 403 for whoever is recused. Norm: GAP-13."""
    found = get_object_or_404(cases_of(request), ref=ref)
    if is_recused(found, request.user):
        raise NotAllowed(_("You are recused from this case: its page and its files are closed to you."), "recused")
    return specific(found)


def case_to_move(request, ref):
    """The case on which a program wants to act: 403 to staff of another office, whatever its state."""
    office = request.auth.office
    if office is not None and Case.objects.filter(ref=ref).exclude(office=office).exists():
        raise PermissionDenied("another office's case")
    return case_of(request, ref)
