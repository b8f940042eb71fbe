"""The cabinet: my cases, the page of each, what I may do in it, my letters."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Case, Draft
from kazservices.cases.permission import is_applicant
from kazservices.deadlines.history import chosen_day, history
from kazservices.deadlines.models import Deadline
from kazservices.design.languages import active_language
from kazservices.documents.papers import read
from kazservices.flow import again, filing
from kazservices.flow.door import advance, options
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.lists import tied
from kazservices.flow.manifest import manifest_of
from kazservices.notices.models import Notice
from kazservices.passports.catalogue import plain_of
from kazservices.portal import papers, status
from kazservices.portal.access import for_recipients, own_case
from kazservices.portal.forms import posted
from kazservices.portal.story import readings, story

SHOWN_EVENTS = 5
#: Letters that name the hour of a hearing: its calendar entry stands beside them.
HEARING_LETTERS = frozenset({"hearing_notice", "hearing_moved"})


@for_recipients
@require_safe
def cases(request):
    """My cases, the open ones first, and the drafts not sent yet."""
    running = Deadline.objects.running().ours().select_related("office").order_by("-length", "due_at")
    own = Case.objects.visible_to(request.user).select_related("edition", "office")
    own = own.prefetch_related(Prefetch("deadlines", running, to_attr="running_clocks")).order_by("-submitted_at")
    drafts = list(Draft.objects.filter(user=request.user, case=None).select_related("previous").order_by("-updated_at"))
    shown = Paginator(own, 20).get_page(request.GET.get("page"))
    names = papers.service_names(drafts)
    rows = [(draft, names.get(draft.service)) for draft in drafts]
    context = {"section": "cases", "page": shown, "drafts": rows}
    return render(request, "portal/cases.html", context)


@for_recipients
@require_safe
def case(request, ref):
    """The status page: the one thing to do, every clock, papers, story, who has opened the file."""
    found = own_case(request, ref)
    manifest = manifest_of(found.service)
    context = {
        "section": "cases",
        "case": found,
        "called": plain_of(found.edition.service),
        "part": manifest.pages.get("applicant", ""),
        **manifest.page(found, request.user),
        "moves": {option.move.name: option for option in options(found, request.user)},
        "again": Draft.objects.filter(user=request.user, previous=found.pk, case=None).first(),
        "may_repeat": again.may_follow(found),
        **_ties(found, request.user),
        "papers": papers.papers_of(found),
        "files": papers.files_of(found),
        "last_reading": readings(found, active_language(), limit=1),
        "readings_count": found.readings.count(),
        **status.terms_of(found, clock.now()),
        **_story(found, every=request.GET.get("story") == "all"),
    }
    return render(request, "portal/case.html", context)


def _ties(case, user) -> dict:
    """The case before this one and those after it, as far as they are the reader's; who acts, and for whom."""
    own = Case.objects.visible_to(user)
    power = representation.of(case)
    return {
        "before": own.filter(pk=case.previous_id).first() if case.previous_id else None,
        "later": list(own.filter(previous=case.pk).order_by("submitted_at")),
        "power": power,
        "tied": tied(case, own),
        "offers": filing.offers_about(case, user),
        "power_stands": power is not None and power.stands(case.office.today()),
        "is_own": is_applicant(case, user),
        "applicant_name": representation.name_for(case, user),
    }


def _story(case, *, every) -> dict:
    events = story(case)
    shown = events if every else events[:SHOWN_EVENTS]
    return {"events": shown, "more_events": len(events) - len(shown)}


@for_recipients
@require_safe
def why(request, ref, clock_id):
    """One clock, day by day: each day counted or not, and by which act; also as its date was known on a day."""
    found = own_case(request, ref)
    running = get_object_or_404(found.deadlines.select_related("office"), pk=clock_id)
    at = clock.now()
    as_of = chosen_day(running, request.GET.get("as_of", ""), found.time.local(at).date())
    context = {
        "section": "cases",
        "case": found,
        "name": status.label(running),
        "clock": running,
        "as_of": as_of,
        "reasons": status.reasons(found, running, at, as_of),
        "moves": history(running),
    }
    return render(request, "portal/why.html", context)


@for_recipients
@require_safe
def opened(request, ref):
    """Everyone who has opened the case."""
    found = own_case(request, ref)
    context = {"section": "cases", "case": found, "readings": readings(found, active_language())}
    return render(request, "portal/opened.html", context)


@for_recipients
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, ref, name):
    """One lawful move of the applicant: its form, or a confirmation where it asks nothing."""
    found = own_case(request, ref)
    asked = next((m for m in manifest_of(found.service).moves if m.name == name), None)
    if asked is None:
        raise Http404
    if not asked.by_applicant:
        raise PermissionDenied(name)
    option = next(option for option in options(found, request.user) if option.move.name == name)
    form_class = asked.form_class()
    form = None
    if form_class and option.is_open:
        form = form_class(posted(request), case=found, by=request.user, initial=request.GET.dict())
    problem = str(option.reason)
    if request.method == "POST":
        problem = _made(request, found, asked, form)
        if not problem and not (form and form.errors):
            messages.success(request, asked.done or _("Done. You see it in the story of the case."))
            return redirect("portal:case", ref=found.ref)
    context = {"section": "cases", "case": found, "move": asked, "form": form, "problem": problem}
    return render(request, "portal/move.html", context, status=409 if problem else 200)


def _made(request, case, asked, form) -> str:
    """Make the move; the law's objection in words, or nothing. Objections to facts stand at their fields."""
    if form and not form.is_valid():
        return ""
    try:
        advance(case, asked.name, by=request.user, **(form.facts() if form else {}))
    except MoveNotAllowed as refusal:
        return str(refusal.reason)
    except ValidationError as error:
        if form is None:
            return " ".join(error.messages)
        form.take_errors(error)
    return ""


@for_recipients
@require_safe
def letters(request):
    """Every letter that lies in the cabinet, newest first."""
    mine = Notice.objects.in_cabinet_of(request.user).select_related("case")
    page = Paginator(mine, 30).get_page(request.GET.get("page"))
    return render(request, "portal/letters.html", {"section": "letters", "page": page})


@for_recipients
@require_safe
def letter(request, key):
    """One letter; its first reading is noted."""
    mine = Notice.objects.in_cabinet_of(request.user).select_related("case")
    found = get_object_or_404(mine, key=key)
    if found.read_at is None:
        Notice.objects.filter(pk=found.pk, read_at=None).update(read_at=clock.now())
    hearing = found.letter in HEARING_LETTERS and found.case_id is not None
    context = {"section": "letters", "letter": found, "hearing_letter": hearing}
    return render(request, "portal/letter.html", context)


@for_recipients
@require_safe
def paper(request, ref, paper_id):
    """A paper of the case, exactly the bytes that were signed."""
    found = get_object_or_404(papers.issued(own_case(request, ref)), pk=paper_id)
    return _document(read(found), "application/pdf", found.file_name)


@for_recipients
@require_safe
def file(request, ref, attachment_id):
    """A file that the applicant gave."""
    found = get_object_or_404(own_case(request, ref).attachments.all(), pk=attachment_id)
    with found.file.open("rb") as content:
        return _document(content.read(), found.content_type, found.name)


def _document(content, content_type, name) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer
