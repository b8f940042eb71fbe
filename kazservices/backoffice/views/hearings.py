"""The hearings of this desk for an official's own calendar: numbers of cases and places, no names."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kazservices import clock
from kazservices.backoffice.desk import COMMISSION, desk_of
from kazservices.flow import calendar_files

SPANS = {"day": 1, "week": 7}


@require_safe
def hearings_file(request):
    """The hearings of today, or of the seven days from today on, of the commissions this person belongs to."""
    desk = desk_of(request)
    offices = desk.offices_with(*COMMISSION)
    if not offices:
        raise PermissionDenied("commission")
    since = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    until = since + timedelta(days=SPANS.get(request.GET.get("span"), SPANS["week"]))
    before_it = desk.cases().open().filter(office__in=offices)
    events = calendar_files.hearings_before(before_it, since, until)
    answer = HttpResponse(calendar_files.calendar(events, _("Hearings")), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hearings.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
