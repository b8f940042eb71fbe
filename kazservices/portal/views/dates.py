"""Dates of a case for the citizen's own calendar."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kazservices.deadlines.order import clocks_of, main_clock
from kazservices.flow import calendar_files
from kazservices.portal.access import for_recipients, own_case


@for_recipients
@require_safe
def hearing(request, ref):
    """The hearing; one that was moved is the same entry, one that is no longer needed calls itself off."""
    found = own_case(request, ref)
    return _file("hearing", calendar_files.hearings_of(found)[-1:], found)


@for_recipients
@require_safe
def result(request, ref):
    """The day by which the answer comes."""
    found = own_case(request, ref)
    return _file("result", calendar_files.result_of(found, main_clock(clocks_of(found))), found)


@for_recipients
@require_safe
def every_date(request, ref):
    """All dates of the case in one file: hearings, the answer, the citizen's own terms."""
    found = own_case(request, ref)
    return _file("dates", calendar_files.every_date_of(found), found)


def _file(name, events, case) -> HttpResponse:
    if not events:
        raise Http404
    content = calendar_files.calendar(events, _("Case № %(number)s") % {"number": case.number})
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
