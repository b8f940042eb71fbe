"""Filing about a case: a complaint begins on the page of the case that it is about."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kazservices.design.languages import active_language
from kazservices.flow import filing
from kazservices.portal.access import for_recipients, own_case
from kazservices.portal.steps import open_edition, url_of


@for_recipients
@require_POST
def begin(request, ref, service):
    """A draft that names the case; the form is the first thing that is asked."""
    found = own_case(request, ref)
    if service not in dict(filing.offers_about(found, request.user)):
        raise Http404(service)
    _edition, closed = open_edition(request, service)
    if closed:
        return closed
    draft = filing.start_about(request.user, service, found, active_language())
    return redirect(url_of(filing.progress_of(draft), filing.FORM))
