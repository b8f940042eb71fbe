"""The preview of a revision, and its publication by a second person who confirms exactly what he was shown."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calendars import proposals
from calendars import service as calendar
from calendars.models import Proposal
from calendars.rules import rule_on
from kazservices import clock
from kazservices.backoffice.access import for_the_operator
from kazservices.backoffice.shell import page
from kazservices.deadlines.history import REASONS
from kazservices.design.forms import local
from kazservices.design.languages import active_language, in_language
from kazservices.flow import revisions
from kazservices.reports.export import csv_response
from kazservices.reports.scope import services

from .forms import DiscardForm, HearingsForm
from .people import name_people
from .picture import act_words

PER_PAGE = 50
SHOWN_HELD = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_operator
def preview(request, pk):
    """What breaks, then what moves; its drafter proposes it, another publishes it."""
    proposal = get_object_or_404(Proposal, pk=pk)
    if not proposal.is_open:
        return _elsewhere(proposal)
    view = revisions.preview(proposal)
    if request.method == "POST" and request.POST.get("act") == "propose":
        return _propose(request, proposal)
    if request.method == "POST":
        return _publish(request, proposal, view)
    return _page(request, proposal, view, HearingsForm(hearings=view.hearings))


@require_safe
@for_the_operator
def preview_file(request, pk):
    """The whole preview as a file: every clock before and after, and those held back."""
    proposal = get_object_or_404(Proposal, pk=pk)
    if not proposal.is_open:
        return _elsewhere(proposal)
    view, today = revisions.preview(proposal), calendar.today()
    head = [_("Case"), _("Office"), _("Service"), _("Clock"), _("Now"), _("Then"), _("Why it is held back")]
    known = dict(services())
    rows = (
        [
            row.number, in_language(row.office, "name"), known.get(row.service, row.service),
            rule_words(row.rule, today), _moment(row.due_before), _moment(row.due_after), _reason(row),
        ]
        for row in (*view.moved, *view.held_back)
    )  # fmt: skip
    top = [(_("Preview of"), _moment(clock.now())), (_("What it is for"), proposal.note)]
    return csv_response(f"preview-{proposal.pk}", top=top, head=head, rows=rows)


def rule_words(code: str, on) -> str:
    """What a clock is called."""
    rule = rule_on(code, on)
    return rule.label(active_language()) if rule else code


def _propose(request, proposal):
    try:
        proposals.propose(proposal, request.user.username)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(request, _("It waits for a second operator. Nothing has changed yet."))
    return redirect("admin:calendar-preview", proposal.pk)


def _publish(request, proposal, view):
    """Only what was shown is published; whatever has changed meanwhile is shown anew, with what was typed."""
    digest = request.POST.get("digest", "")
    form = HearingsForm(request.POST, hearings=view.hearings)
    try:
        if digest != view.digest:
            raise revisions.PreviewChanged
        if form.is_valid():
            revision = revisions.publish(proposal, request.user, digest=digest, hearings=form.moments())
            messages.success(request, _("Revision %(number)s is in force.") % {"number": revision.number})
            return redirect("admin:calendar-revision", revision.number)
    except ValidationError as error:
        if not hasattr(error, "error_dict") and error.code in CHANGED:
            fresh = HearingsForm(hearings=view.hearings, initial=_typed(request, form))
            return _page(request, proposal, view, fresh, changed=error.messages, status=409)
        form.take_errors(error)
    return _page(request, proposal, view, form, status=422)


CHANGED = frozenset({"preview_changed", "calendar_changed"})


def _typed(request, form) -> dict:
    return {name: request.POST[name] for name in form.fields if request.POST.get(name)}


def _page(request, proposal, view, form, *, changed=(), status=200):
    today = calendar.today()
    name_people([proposal])
    context = {
        "proposal": proposal,
        "at": clock.now(),
        "view": view,
        "form": form,
        "changed": changed,
        "days": [(shift, act_words(shift.act), False) for shift in proposal.shifts.all()]
        + [(shift, act_words(shift.act), True) for shift in proposal.withdraws.all()],
        "cases": len({row.case_id for row in view.moved}),
        "offices": [(in_language(office, "name"), n) for office, n in view.by_office.most_common()],
        "services": [(dict(services()).get(code, code), n) for code, n in view.by_service.most_common()],
        "rules": Counter(rule_words(row.rule, today) for row in view.moved).most_common(),
        "page": (shown := Paginator(view.moved, PER_PAGE).get_page(request.GET.get("page"))),
        "rows": [(row, rule_words(row.rule, today)) for row in shown],
        "held_by_reason": [(REASONS[code], n) for code, n in Counter(r.reason for r in view.held_back).most_common()],
        "held": [(row, rule_words(row.rule, today), REASONS[row.reason]) for row in view.held_back[:SHOWN_HELD]],
        "held_more": max(0, len(view.held_back) - SHOWN_HELD),
        "is_mine": proposal.drafted_by == request.user.username,
        "is_proposed": proposal.state == Proposal.State.PROPOSED,
        "discard_form": DiscardForm(),
    }
    return page(request, "backoffice/calendar/preview.html", context, status=status)


def _elsewhere(proposal):
    """Published: the revision has its own page; given up: its draft can be read."""
    if proposal.revision_id:
        return redirect("admin:calendar-revision", proposal.revision.number)
    return redirect("admin:calendar-draft", proposal.pk)


def _reason(row) -> str:
    return str(REASONS.get(getattr(row, "reason", ""), ""))


def _moment(moment) -> str:
    return f"{local(moment):%d.%m.%Y %H:%M}"
