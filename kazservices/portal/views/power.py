"""Taking back a power of attorney from the cabinet of the person represented."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kazservices.cases import representation
from kazservices.cases.permission import is_applicant
from kazservices.flow import representing
from kazservices.portal.access import for_recipients, own_case
from kazservices.portal.steps import any_method


@for_recipients
@any_method
def revoke(request, ref):
    """Who acts for me here, and the one button that ends it; the representative himself cannot press it."""
    found = own_case(request, ref)
    if not is_applicant(found, request.user):
        raise PermissionDenied("power")
    if request.method == "POST":
        try:
            representing.revoke(found, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The power is taken back. Your representative has been told."))
        return redirect("portal:case", ref=found.ref)
    power = representation.standing_in(found)
    context = {"section": "cases", "case": found, "power": power}
    return render(request, "portal/power.html", context)
