"""A revision while it is drafted: its note, its days one by one or from a file, what it withdraws."""

import csv
import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calendars import proposals
from calendars import service as calendar
from calendars.models import DayShift, Proposal
from calendars.proposals import COLUMNS, LineFault
from calendars.service import current_revision
from calendars.words import staff_date
from kazservices.backoffice.access import for_the_operator
from kazservices.backoffice.numbers import whole
from kazservices.backoffice.shell import page
from kazservices.design.languages import active_language

from .forms import DayForm, DescriptionForm, DiscardForm, FileForm
from .people import name_people
from .picture import act_words, drafted_days, picture
from .reading import chosen_year, years

SAMPLE = (
    (
        "2026-05-08",
        "day_off",
        "2026-05-16",
        "government",
        "000",
        "2026-04-24",
        "adilet.zan.kz",
        "1",
        "үлгі / образец",
    ),
    ("2026-05-16", "works", "2026-05-08", "government", "000", "2026-04-24", "adilet.zan.kz", "1", "үлгі, образец"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_operator
def begin(request):
    """A new draft: what it is for comes first."""
    form = DescriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("admin:calendar-draft", proposals.begin(request.user.username, **form.cleaned_data).pk)
    return page(request, "backoffice/calendar/begin.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_operator
def draft(request, pk):
    """A draft with its picture; each form on it names its act."""
    proposal = get_object_or_404(Proposal, pk=pk)
    if proposal.revision_id:
        return redirect("admin:calendar-revision", proposal.revision.number)
    if request.method != "POST":
        return _page(request, proposal)
    try:
        act = ACTS[request.POST.get("act", "")]
    except KeyError:
        raise Http404 from None
    wrong = act(request, proposal)
    if wrong:
        return _page(request, proposal, status=422, **wrong)
    return redirect("admin:calendar-draft", pk)


@require_safe
@for_the_operator
def sample(request):
    """A file to begin from, as Excel opens it."""
    lines = io.StringIO()
    csv.writer(lines, delimiter=";", lineterminator="\r\n").writerows([COLUMNS, *SAMPLE])
    answer = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="days.csv"'
    return answer


# --- the acts: each gives back what is wrong for the page, or nothing when it is done ---


def _describe(request, proposal):
    form = DescriptionForm(request.POST)
    if form.is_valid() and _done(form, proposals.describe, proposal, request.user.username, **form.cleaned_data):
        messages.success(request, _("The note is written."))
        return {}
    return {"description": form}


def _add_day(request, proposal):
    form = DayForm(request.POST)
    if form.is_valid() and _done(form, proposals.add, proposal, [form.instance], request.user.username):
        messages.success(request, _("The day stands in the draft."))
        return {}
    return {"day_form": form}


def _add_file(request, proposal):
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"file_form": form}
    shifts, faults = proposals.read_csv(form.cleaned_data["file"].read())
    faults = faults or _standing_already(proposal, shifts)
    if faults:
        return {"file_form": form, "faults": faults}
    if not _done(form, proposals.add, proposal, shifts, request.user.username):
        return {"file_form": form}
    messages.success(request, _("Taken from the file: %(n)s.") % {"n": len(shifts)})
    return {}


def _remove(request, proposal):
    shift = get_object_or_404(proposal.shifts, pk=whole(request.POST.get("day", "")) or 0)
    return _told(request, proposals.remove, proposal, shift, request.user.username)


def _withdraw(request, proposal):
    shift = get_object_or_404(_in_force(), pk=whole(request.POST.get("day", "")) or 0)
    ended = [*proposal.withdraws.all(), shift]
    return _told(request, proposals.withdraw, proposal, ended, request.user.username)


def _keep(request, proposal):
    kept = whole(request.POST.get("day", "")) or 0
    ended = [shift for shift in proposal.withdraws.all() if shift.pk != kept]
    return _told(request, proposals.withdraw, proposal, ended, request.user.username)


def _take_back(request, proposal):
    return _told(request, proposals.take_back, proposal, request.user.username)


def _discard(request, proposal):
    form = DiscardForm(request.POST)
    if form.is_valid() and _done(form, proposals.discard, proposal, request.user.username, **form.cleaned_data):
        messages.success(request, _("The revision is given up. What stood in it can still be read."))
        return {}
    return {"discard_form": form}


ACTS = {
    "describe": _describe,
    "day": _add_day,
    "file": _add_file,
    "remove": _remove,
    "withdraw": _withdraw,
    "keep": _keep,
    "take_back": _take_back,
    "discard": _discard,
}


def _done(form, act, *args, **kwargs) -> bool:
    """Make an act of the calendar; what it objects to is put into the form."""
    try:
        act(*args, **kwargs)
    except ValidationError as error:
        if isinstance(form, FileForm):
            form.add_error("file", error.messages)
        else:
            form.take_errors(error)
        return False
    return True


def _told(request, act, *args):
    """An act without fields: what it objects to is told on the page that follows."""
    try:
        act(*args)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    return {}


def _standing_already(proposal, shifts) -> list[LineFault]:
    taken = set(proposal.shifts.values_list("date", flat=True))
    said = _("%(day)s stands in the draft already: remove it there, or leave its line out of the file.")
    language = active_language()
    return [LineFault(0, "date", said % {"day": staff_date(one.date, language)}) for one in shifts if one.date in taken]


def _in_force():
    return DayShift.objects.in_force(current_revision())


def _page(request, proposal, *, status=200, **wrong):
    proposal.refresh_from_db()
    name_people([proposal])
    drafts = list(proposal.shifts.all())
    withdrawn = list(proposal.withdraws.all())
    is_mine = proposal.drafted_by == request.user.username
    may_change = is_mine and proposal.state == Proposal.State.DRAFT
    changed = frozenset(shift.date for shift in (*drafts, *withdrawn))
    today, days = calendar.today(), drafted_days(proposal)
    shown = chosen_year(request, days, min(changed).year if changed else today.year)
    context = {
        "proposal": proposal,
        "picture": picture(days, shown, today=today, drafted=changed),
        "years": years(days, shown),
        "drafts": [(shift, act_words(shift.act)) for shift in drafts],
        "withdrawn": [(shift, act_words(shift.act)) for shift in withdrawn],
        "to_withdraw": _in_force().exclude(date__in=changed).order_by("-date") if may_change else (),
        "may_change": may_change,
        "is_mine": is_mine,
        "is_empty": not (drafts or withdrawn or proposal.confirms_year),
        "columns": COLUMNS,
        **_forms(request, proposal),
        **wrong,
    }
    return page(request, "backoffice/calendar/draft.html", context, status=status)


def _forms(request, proposal) -> dict:
    """The empty forms; a day pressed in the picture stands in the form already."""
    known = {"note": proposal.note, "confirms_year": proposal.confirms_year}
    return {
        "description": DescriptionForm(initial=known),
        "day_form": DayForm(initial={"date": request.GET.get("date", "")[:10]}),
        "file_form": FileForm(),
        "discard_form": DiscardForm(),
    }
