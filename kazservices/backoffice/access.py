"""The way to a case: through what the person may see, and by its reference; the way to the operator's pages."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kazservices.cases.models import Case
from kazservices.cases.permission import is_recused
from kazservices.flow.manifest import specific
from kazservices.offices.roles import Role

from .desk import desk_of


def case_of(request, ref):
    """The service's case of this address, if its office is the reader's; otherwise there is no such page.

    Whoever is recused from a case reads nothing of it: 403. Norm: GAP-13.
    """
    found = get_object_or_404(desk_of(request).cases().prefetch_related("office__hours"), ref=ref)
    if is_recused(found, request.user):
        request.why_closed = _("You are recused from this case: its page and its files are closed to you.")
        raise PermissionDenied("recused")
    return specific(found)


def case_to_move(request, ref):
    """The case on which a person wants to act: 403 for one of another office, whatever its state."""
    if not desk_of(request).cases().filter(ref=ref).exists() and Case.objects.filter(ref=ref).exists():
        raise PermissionDenied("another office's case")
    return case_of(request, ref)


def for_the_operator(view):
    """Only who holds the post of operator today; asked at every request."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if not desk_of(request).holds(Role.OPERATOR):
            raise PermissionDenied("operator")
        return view(request, *args, **kwargs)

    return asked
