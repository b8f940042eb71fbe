"""Who may enter the cabinet: service recipients, and each only into his own."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from kazservices.cases.models import Case, Draft
from kazservices.flow.manifest import specific


def for_recipients(view):
    """Whoever has not entered is asked to; an official's account has no cabinet."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_recipient:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(guarded)


def own_case(request, ref):
    """The case of this address, if it is the reader's own; otherwise there is no such page."""
    cases = Case.objects.visible_to(request.user).select_related("office", "edition", "applicant")
    return specific(get_object_or_404(cases, ref=ref))


def own_draft(request, ref) -> Draft:
    """The draft of this address that has not become a case, if it is the reader's own."""
    drafts = Draft.objects.filter(user=request.user).select_related("office", "previous", "case")
    return get_object_or_404(drafts, ref=ref)
