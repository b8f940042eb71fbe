"""What all staff may read: a year, a day, the revisions and how far a recount has come."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from calendars import service as calendar
from calendars.arithmetic import OutOfCalendar
from calendars.models import Proposal, Revision
from calendars.service import current_revision
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.deadlines.models import Recount
from kazservices.flow.coverage import coverage
from kazservices.offices.roles import Role

from .days import past_of, shifts_of
from .forms import KnownOnForm
from .people import name_people
from .picture import act_words, day_words, known_days, picture

PER_PAGE = 25
RELOAD = 3  # seconds
CHIPS = {"green": "ok", "amber": "warn", "red": "bad"}


@require_safe
def year(request):
    """Twelve months of one year, as in force or as known on an earlier day, with the acts beneath."""
    today = calendar.today()
    form = KnownOnForm(request.GET)
    as_of = form.cleaned_data["as_of"] if form.is_valid() else None
    days = known_days(as_of)
    shown = chosen_year(request, days, (as_of or today).year)
    covered = coverage()
    context = {
        "picture": picture(days, shown, today=today),
        "form": form if form.errors else KnownOnForm(initial={"as_of": as_of}),
        "as_of": as_of,
        "revision": days.revision,
        "years": years(days, shown),
        "provisional": days.is_provisional(date(shown, 12, 31)),
        "coverage": covered,
        "coverage_chip": CHIPS[covered.state],
        "open": open_proposals(request),
        "may_change": desk_of(request).holds(Role.OPERATOR),
    }
    return page(request, "backoffice/calendar/year.html", context, status=422 if form.errors else 200)


@require_safe
def day(request, day):
    """Why a day is worked or off: its act, its revision, and how it was known before."""
    on, today = parsed(day), calendar.today()
    try:
        found = known_days(None).day(on)
    except OutOfCalendar as outside:
        raise Http404 from outside
    context = {
        "day": found,
        "words": day_words(found),
        "act": act_words(found.act),
        "works": known_days(None).is_working(on),
        "shifts": [(shift, act_words(shift.act)) for shift in shifts_of(on)],
        "past": past_of(on, today),
        "revision": current_revision(),
        "drafts": own_drafts(request),
    }
    return page(request, "backoffice/calendar/day.html", context)


@require_safe
def revisions(request):
    """All revisions, the newest first; above them what is being prepared."""
    rows = Revision.objects.select_related("proposal").prefetch_related("shifts", "withdrawn")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = open_proposals(request)
    given_up = list(Proposal.objects.filter(state=Proposal.State.DISCARDED)[:PER_PAGE]) if _is_operator(request) else []
    recounts = {row.revision: row for row in Recount.objects.filter(revision__in=[one.number for one in shown])}
    name_people([*waiting, *given_up], shown.object_list)
    context = {
        "page": shown,
        "rows": [(one, recounts.get(one.number)) for one in shown],
        "open": waiting,
        "given_up": given_up,
        "may_change": _is_operator(request),
    }
    return page(request, "backoffice/calendar/revisions.html", context)


@require_safe
def revision(request, number):
    """One revision: its days, who made it, and how far the recount has come; it loads itself again until it is done."""
    found = get_object_or_404(Revision.objects.select_related("proposal"), number=number)
    recount = Recount.objects.filter(revision=number).first()
    running = recount is not None and recount.state != Recount.State.DONE
    still = request.GET.get("still") == "1"
    name_people(revisions=[found])
    context = {
        "revision": found,
        "shifts": [(shift, act_words(shift.act)) for shift in found.shifts.all()],
        "withdrawn": [(shift, act_words(shift.act)) for shift in found.withdrawn.all()],
        "recount": recount,
        "running": running,
        "still": still,
        "seconds": RELOAD,
    }
    answer = page(request, "backoffice/calendar/revision.html", context)
    if running and not still:
        answer["Refresh"] = str(RELOAD)
    return answer


def parsed(text: str) -> date:
    """The day of an address; there is no page for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def chosen_year(request, days, otherwise: int) -> int:
    """The year asked for, as far as the calendar reaches."""
    wanted = whole(request.GET.get("year", "")) or otherwise
    return min(max(wanted, days.covered_from.year), days.covered_until.year)


def years(days, shown: int) -> list[tuple[int, bool]]:
    """The years that can be looked at, with whether it is the one shown."""
    return [(one, one == shown) for one in range(days.covered_from.year, days.covered_until.year + 1)]


def open_proposals(request) -> list[Proposal]:
    """What is being prepared: the operators' to see."""
    if not _is_operator(request):
        return []
    return list(Proposal.objects.filter(state__in=(Proposal.State.DRAFT, Proposal.State.PROPOSED)))


def own_drafts(request) -> list[Proposal]:
    """The drafts that this operator may change."""
    login = request.user.username
    return [one for one in open_proposals(request) if one.state == Proposal.State.DRAFT and one.drafted_by == login]


def _is_operator(request) -> bool:
    return desk_of(request).holds(Role.OPERATOR)
