from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.shell import page
from kazservices.cases.models import Channel
from kazservices.documents import service as documents
from kazservices.flow import counter, filing, taking
from kazservices.flow.asked import PaperForm
from kazservices.flow.lateness import owed
from kazservices.masks import initials
from kazservices.offices.roles import Role
from kazservices.passports.models import NoEdition
from kazservices.passports.reckoning import hours_of, reckon

from .forms import VisitorForm
from .package import Package
from .situations import situations

any_method = require_http_methods(["GET", "HEAD", "POST"])


@any_method
def visitors(request):
    """Who has come, and for what; beside it, what is being written down."""
    offices = _offices(request)
    form = VisitorForm(request.POST or None, situations=situations(offices))
    if form.is_valid():
        try:
            draft = counter.begin(request.user, *form.chosen, form.brought())
            return redirect("admin:counter-draft", ref=draft.ref)
        except ValidationError as error:
            form.take_errors(error)
    rows = [(draft, initials(draft.recipient.full_name)) for draft in counter.drafts_of(offices)[:20]]
    context = {"form": form, "rows": rows, "there": bool(form.situations)}
    return page(request, "backoffice/counter/visitors.html", context, status=422 if form.errors else 200)


@any_method
def package(request, ref):
    """The form and the documents of one application on paper: kept with each press, taken in with the last."""
    progress = _progress(request, ref)
    shown = Package(progress, request.POST or None)
    if request.method == "POST" and shown.is_kept():
        if request.POST.get("act") != "take" and shown.is_lawful():
            messages.success(request, _("Kept. You may go on later, or somebody else of the office may."))
            return redirect("admin:counter-draft", ref=ref)
        if request.POST.get("act") == "take" and (case := _taken(request, shown)):
            return redirect("admin:case", ref=case.ref)
    return _page(request, shown)


@require_POST
def scan(request, ref):
    """A scan of one document is added; what was typed before is kept in the draft."""
    progress = _progress(request, ref)
    wanted = request.POST.get("requirement")
    asked = next((scan.asked for scan in Package(progress).scans if scan.asked.code == wanted), None)
    if asked is None:
        raise Http404
    form = PaperForm(request.POST, request.FILES, asked=asked)
    if form.is_valid():
        try:
            until = form.cleaned_data.get("valid_until")
            documents.attach(progress.draft, asked.code, form.cleaned_data["file"], by=request.user, valid_until=until)
            filing.keep(progress.draft)
            messages.success(request, _("The scan is added."))
            return redirect(f"{reverse('admin:counter-draft', args=[ref])}#{asked.code}")
        except ValidationError as error:
            form.add_error("file", error)
    return _page(request, Package(progress, scanned=form))


@require_POST
def take_away(request, ref, attachment):
    """A scan is taken out of the draft."""
    progress = _progress(request, ref)
    documents.remove(get_object_or_404(progress.draft.attachments.all(), pk=attachment))
    filing.keep(progress.draft)
    return redirect("admin:counter-draft", ref=ref)


@require_POST
def discard(request, ref):
    """What was begun by mistake is thrown away; nothing had been taken in."""
    try:
        filing.forget(_progress(request, ref).draft)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft was thrown away."))
    return redirect("admin:counter")


def _taken(request, shown):
    try:
        return counter.take_in(filing.progress_of(shown.progress.draft), by=request.user)
    except ValidationError as error:
        shown.take_errors(error)
    return None


def _page(request, shown):
    progress, at = shown.progress, filing.arrived_at(shown.progress)
    draft, hours = progress.draft, hours_of(progress.edition, progress.draft.office)
    accepted = taking.acceptance(draft.office, progress.edition, at, draft.channel) if _elsewhere(draft) else None
    reckoning = reckon(progress.edition, at, hours, accepted=accepted)
    late = owed(draft, progress.edition, at, taking.receiving(draft.office, progress.edition, draft.channel))
    context = {
        "shown": shown, "progress": progress, "draft": progress.draft, "edition": progress.edition,
        "category": progress.category, "recipient": progress.draft.recipient, "reckoning": reckoning,
        "missing": progress.missing(reckoning.accepted), "late": late,
    }  # fmt: skip
    return page(request, "backoffice/counter/package.html", context, status=422 if shown.wrong else 200)


def _progress(request, ref):
    """The unfinished draft of a counter of my offices."""
    draft = get_object_or_404(counter.drafts_of(_offices(request)), ref=ref)
    try:
        return filing.progress_of(draft)
    except NoEdition as missing:
        raise Http404 from missing


def _elsewhere(draft) -> bool:
    """Taken in at the counter of the State Corporation, by its own hours. Norm: GAP-36."""
    return draft.channel == Channel.STATE_CORPORATION


def _offices(request) -> list:
    offices = desk_of(request).offices_with(Role.CLERK)
    if not offices:
        raise PermissionDenied("counter")
    return offices
