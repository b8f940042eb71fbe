from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from kazservices.backoffice.access import case_of
from kazservices.cases.reading import note_reading
from kazservices.documents import papers
from kazservices.documents.models import Attachment, Paper, PaperBytes

#: What a browser may show in the page itself; anything else is only handed over.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})
#: A file of a citizen is looked at, never run: it loads nothing and may stand in our own pages only.
CLOSED = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]}


@require_safe
@xframe_options_sameorigin
@csp_replace(CLOSED)
def attachment(request, ref, pk):
    """A file that the applicant gave, to whoever may see the case."""
    case = case_of(request, ref)
    found = get_object_or_404(Attachment, pk=pk, case=case.pk)
    note_reading(case, request.user, part="documents")
    with found.file.open("rb") as stored:
        return _file(request, stored.read(), found.content_type, found.name)


@require_safe
@xframe_options_sameorigin
@csp_replace(CLOSED)
def paper(request, ref, pk):
    """A paper of the provider as it was drawn."""
    case = case_of(request, ref)
    found = get_object_or_404(Paper, pk=pk, case=case.pk)
    if not PaperBytes.objects.filter(paper=found).exists():
        raise Http404("the paper has not been drawn")
    note_reading(case, request.user, part="documents")
    return _file(request, papers.read(found), "application/pdf", found.file_name)


def _file(request, content, content_type, name) -> HttpResponse:
    kind = content_type if content_type in SHOWN else "application/octet-stream"
    as_attachment = kind not in SHOWN or request.GET.get("download") == "1"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
