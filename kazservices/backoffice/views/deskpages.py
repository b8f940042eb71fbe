from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.servicepages import offices_of, page_of
from kazservices.backoffice.shell import page
from kazservices.flow.deskpages import Asked, Done, PdfFile, TableFile
from kazservices.reports.export import csv_response


@require_http_methods(["GET", "HEAD", "POST"])
def service_page(request, service, code):
    """A page that a service brings to the desk: read, filled in, or taken along as a file."""
    found = page_of(service, code)
    if found is None:
        raise Http404(code)
    offices = offices_of(desk_of(request), service, found)
    if not offices:
        raise PermissionDenied(code)
    data = request.POST if request.method == "POST" else None
    asked = Asked(request.user, offices, request.GET, data, request.FILES)
    address = reverse("admin:service-page", args=[service, code])
    return _drawn(request, found, asked, found.answer(asked), address)


def _drawn(request, found, asked, answer, address):
    if isinstance(answer, Done):
        messages.success(request, answer.words)
        return redirect(f"{address}{'?' if answer.query else ''}{answer.query}")
    if isinstance(answer, TableFile):
        return csv_response(answer.name, top=answer.top, head=answer.head, rows=answer.rows)
    if isinstance(answer, PdfFile):
        return _pdf(answer)
    around = {"desk_page": found, "offices": asked.offices, "office": asked.office, "address": address}
    return page(request, answer.template, {**around, **answer.context}, status=422 if answer.wrong else 200)


def _pdf(answer) -> HttpResponse:
    response = HttpResponse(answer.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{answer.name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
