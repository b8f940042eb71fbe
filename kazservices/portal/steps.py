"""What every page of an application shares: its draft, its place among the steps, the way back."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazservices import clock
from kazservices.design.pieces import StepPiece
from kazservices.flow import filing
from kazservices.flow.lateness import lateness
from kazservices.passports import service as passports
from kazservices.passports.catalogue import plain_of
from kazservices.passports.models import NoEdition, Service
from kazservices.passports.reckoning import hours_of, window_of
from kazservices.portal.access import for_recipients, own_draft

any_method = require_http_methods(["GET", "HEAD", "POST"])


def of_draft(view):
    """Hand a step the progress of the draft of its address; what has been sent has no steps any more."""

    @wraps(view)
    def step(request, ref, **kwargs):
        draft = own_draft(request, ref)
        if draft.case is not None:
            return redirect("portal:case", ref=draft.case.ref)
        try:
            progress = filing.progress_of(draft)
        except NoEdition as missing:
            raise Http404 from missing
        return view(request, progress, **kwargs)

    return for_recipients(step)


def open_edition(request, code):
    """The standard of today; with it, outside the period, the page that says when it opens. Norm: GAP-23.

    Who knows from that page that he is late, and still wants to hand it in for a receipt, goes on (ADM-C19).
    """
    service = get_object_or_404(Service, code=code)
    at = clock.now()
    try:
        edition = passports.edition_on(code, localtime(at).date())
    except NoEdition as missing:
        raise Http404 from missing
    time = hours_of(edition)
    window = window_of(edition, at, time)
    late = None if window.open else lateness(edition, at, time)
    if window.open or (late and is_late(request)):
        return edition, None
    context = {"section": "services", "service": service, "edition": edition, "window": window, "late": late}
    context["called"] = plain_of(service)
    return edition, render(request, "portal/closed.html", context)


def is_late(request) -> bool:
    """Come on from the page of a period that has ended; all that leads onward carries it."""
    return request.GET.get("late") == "1"


def page(request, progress, step, *, template="", **context):
    own = {
        "section": "services",
        "progress": progress,
        "draft": progress.draft,
        "edition": progress.edition,
        "called": plain_of(progress.edition.service),
        "category": progress.category,
        "steps": steps_of(progress, step),
        "back": step_before(progress, step),
    }
    return render(request, f"portal/{template or step}.html", {**own, **context})


def steps_of(progress, here) -> list[StepPiece]:
    names = {
        filing.WHOM: _("For whom"),
        filing.CATEGORY: _("Situation"),
        filing.DETAILS: _("Details"),
        filing.FORM: _("Form"),
        filing.CONSENT: _("Consent"),
        filing.PAPERS: _("Papers"),
        filing.REVIEW: _("Signature"),
    }
    order = progress.steps if progress else [filing.CATEGORY, filing.CONSENT, filing.PAPERS, filing.REVIEW]
    place = order.index(here)
    states = ["done"] * place + ["here"] + ["ahead"] * (len(order) - place - 1)
    return [
        StepPiece(names[name], state, url_of(progress, name) if progress else "")
        for name, state in zip(order, states, strict=True)
    ]


def step_before(progress, step) -> str:
    place = progress.steps.index(step)
    return url_of(progress, progress.steps[place - 1]) if place else ""


def url_of(progress, step) -> str:
    return reverse(f"portal:{step}", args=[progress.draft.ref])
