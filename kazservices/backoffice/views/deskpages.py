from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kazservices.backoffice.access import case_of
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.servicepages import offices_of, page_of
from kazservices.backoffice.shell import page
from kazservices.flow.casepages import AskedOfCase
from kazservices.flow.casepages import page_of as page_of_case
from kazservices.flow.deskpages import Asked, Done, PdfFile, StoredFile, TableFile
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
    around = {"desk_page": found, "offices": asked.offices, "office": asked.office, "address": address}
    return _drawn(request, found.answer(asked), address, around)


@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request, ref, code):
    """A page that an app brings to a case: for whoever may see the case in full and is let in by the page."""
    found, case = page_of_case(code), case_of(request, ref)
    if found is None:
        raise Http404(code)
    if not found.opens(case, request.user):
        raise PermissionDenied(code)
    data = request.POST if request.method == "POST" else None
    asked = AskedOfCase(request.user, case, request.GET, data, request.FILES)
    address = reverse("admin:case-page", args=[ref, code])
    return _drawn(request, found.answer(asked), address, {"case_page": found, "case": case, "address": address})


def _drawn(request, answer, address, around):
    if isinstance(answer, Done):
        messages.success(request, answer.words)
        return redirect(f"{address}{'?' if answer.query else ''}{answer.query}")
    if isinstance(answer, TableFile):
        return csv_response(answer.name, top=answer.top, head=answer.head, rows=answer.rows)
    if isinstance(answer, PdfFile):
        return _pdf(answer)
    if isinstance(answer, StoredFile):
        return _stored(answer)
    return page(request, answer.template, {**around, **answer.context}, status=422 if answer.wrong else 200)


def _pdf(answer) -> HttpResponse:
    response = HttpResponse(answer.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{answer.name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _stored(answer) -> FileResponse:
    try:
        opened = answer.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404("file") from gone
    response = FileResponse(opened, as_attachment=True, filename=answer.name, content_type=answer.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
