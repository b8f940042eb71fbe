from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calendars.service import office_time
from calendars.words import duration_words
from kazservices import clock
from kazservices.backoffice.commission import without_presiding
from kazservices.backoffice.confirming import awaiting
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.nextmoves import waiting_for
from kazservices.backoffice.queue import counts, for_rows, grouped, rows
from kazservices.backoffice.shell import page
from kazservices.design.languages import active_language
from kazservices.design.pieces import SumPiece
from kazservices.flow.lists import LATER, NO_TERM, OVERDUE, SOON, TODAY, bounds
from kazservices.flow.manifest import all_manifests

SHOWN = 40


@require_safe
def today(request):
    """What is late, what is due, what comes next, and what waits for me."""
    desk, at = desk_of(request), clock.now()
    if not desk.sees_cases:
        return page(request, "backoffice/today_without_cases.html")
    time = office_time(*_schedule(desk))
    limits = bounds(at, time.zone)
    mine, only_mine = waiting_for(desk, at), request.GET.get("mine") == "1"
    near = desk.cases().open().exclude(limits.of(LATER)).exclude(limits.of(NO_TERM))
    listed = (mine if only_mine else near).by_urgency()
    found = rows(for_rows(listed.select_related("office", "applicant"))[:SHOWN], desk, at)
    how_many, waiting = counts(desk.cases().open(), limits), mine.count()
    all_of_them = waiting if only_mine else how_many[OVERDUE] + how_many[TODAY] + how_many[SOON]
    return page(
        request,
        "backoffice/today.html",
        {
            "at": at,
            "left_today": _left_today(time, at),
            "sums": _sums(how_many, waiting),
            "groups": grouped(found, limits),
            "only_mine": only_mine,
            "shown": len(found),
            "more": all_of_them - len(found),
            "hearings": _hearings(desk, at, time),
            "without_presiding": without_presiding(desk),
            "awaiting": awaiting(desk),
        },
    )


def _schedule(desk):
    """The hours of the first office at this desk: by them the day ends."""
    office = next(iter(desk.offices.values()))
    hours = office.hours.first()
    return (hours.schedule if hours else "akimat"), office.zone


def _left_today(time, at) -> str:
    """The working time until the office closes today, in words."""
    minutes = time.working_minutes_between(at, time.closing(time.local(at).date()))
    return duration_words(minutes, time.minutes_a_day + 1, active_language()) if minutes > 0 else ""


def _sums(how_many, mine) -> list[SumPiece]:
    queue = reverse("admin:queue")
    return [
        SumPiece(str(how_many[OVERDUE]), _("Overdue"), "bad" if how_many[OVERDUE] else "", f"{queue}?due={OVERDUE}"),
        SumPiece(str(how_many[TODAY]), _("Due today"), "warn" if how_many[TODAY] else "", f"{queue}?due={TODAY}"),
        SumPiece(str(how_many[SOON]), _("In the next 3 working days"), "ok", f"{queue}?due={SOON}"),
        SumPiece(str(mine), _("Waiting for me"), "", f"{reverse('admin:index')}?mine=1"),
    ]


def _hearings(desk, at, time):
    """The hearings of today, by the hour."""
    day = time.local(at).date()
    cases = desk.cases().open()
    found = {}
    for manifest in all_manifests():
        own = cases.filter(service=manifest.code).order_by().values("pk")
        found |= manifest.appointments(own, time.opening(day).replace(hour=0, minute=0))
    today = {pk: moment for pk, moment in found.items() if time.local(moment).date() == day}
    known = {case.pk: case for case in cases.filter(pk__in=today)} if today else {}
    return sorted(((moment, known[pk]) for pk, moment in today.items()), key=lambda pair: pair[0])
