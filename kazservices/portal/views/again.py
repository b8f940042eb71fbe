"""Applying again from a case that ended in a refusal or was taken back. Norm: LAW-19-1-3."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kazservices.design.languages import active_language
from kazservices.flow import again, filing
from kazservices.portal.access import for_recipients, own_case
from kazservices.portal.steps import open_edition, url_of


@for_recipients
@require_POST
def begin(request, ref):
    """A draft that says what the case said; outside the period the citizen is told so first. Norm: GAP-23."""
    found = own_case(request, ref)
    _edition, closed = open_edition(request, found.service)
    if closed:
        return closed
    try:
        draft = again.begin_again(found, by=request.user, language=active_language())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("portal:case", ref=error.case.ref if isinstance(error, again.OpenAlready) else found.ref)
    messages.success(request, _("Everything you wrote is carried over. Check it, and change what you want."))
    progress = filing.progress_of(draft)
    return redirect(url_of(progress, filing.CATEGORY))
