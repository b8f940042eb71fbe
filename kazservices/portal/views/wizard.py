"""Applying, one question a page; each page keeps what it was told."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kazservices import clock
from kazservices.design import forms as design
from kazservices.design.languages import active_language
from kazservices.flow import filing
from kazservices.flow.asked import DetailsForm, PaperForm
from kazservices.flow.particulars import NO, YES, ParticularsForm, as_typed
from kazservices.passports.catalogue import plain_of
from kazservices.passports.reckoning import hours_of, in_groups, reckon
from kazservices.portal import papers
from kazservices.portal.access import for_recipients
from kazservices.portal.forms import CategoryForm, ConsentForm, posted
from kazservices.portal.steps import any_method, is_late, of_draft, open_edition, page, steps_of, url_of


@for_recipients
@any_method
def apply(request, code):
    """The first question; outside the period the citizen is told so before filling anything in. Norm: GAP-23."""
    edition, closed = open_edition(request, code)
    if closed:
        return closed
    draft = filing.unsent(request.user, code)
    if draft is not None:
        progress = filing.progress_of(draft)
        return redirect(url_of(progress, progress.first_open))
    return _category(request, edition, None)


@of_draft
@any_method
def category(request, progress):
    return _category(request, progress.edition, progress)


@of_draft
@any_method
def details(request, progress):
    """The variant and the yes-or-no questions of the category."""
    if progress.category is None or not progress.has_details:
        return redirect(url_of(progress, progress.first_open))
    known = {name: {True: YES, False: NO}.get(value, value) for name, value in progress.answers.items()}
    form = DetailsForm(posted(request), category=progress.category, initial=known)
    if form.is_valid():
        filing.answer(progress.draft, form.answers())
        if progress.closed_by is None:
            return redirect(url_of(progress, progress.after(filing.DETAILS)))
    return page(request, progress, filing.DETAILS, form=form, closed=progress.closed_by)


@of_draft
@any_method
def form(request, progress):
    """The fields of the application form; what was typed stays, whatever is wrong with it."""
    if progress.first_open in (filing.CATEGORY, filing.DETAILS) or not progress.has_form:
        return redirect(url_of(progress, progress.first_open))
    typed = as_typed(progress.particulars)
    again = request.method != "POST" and "again" in request.GET
    of = {"category": progress.category, "office": progress.draft.office, "initial": typed}
    asked = ParticularsForm(typed if again else posted(request), **of)
    if asked.is_valid() and _is_lawful(progress, asked) and not again:
        filing.fill_in(progress.draft, asked.particulars())
        return redirect(url_of(progress, progress.after(filing.FORM)))
    return page(request, progress, filing.FORM, form=asked)


def _after_consent(progress) -> str:
    """On to the papers; back to the form where the registers, which may be asked now, object to what it says."""
    try:
        if progress.has_form:
            filing.demand_lawful(progress, progress.particulars)
    except ValidationError:
        return f"{url_of(progress, filing.FORM)}?again=1"
    return url_of(progress, filing.PAPERS)


def _is_lawful(progress, asked) -> bool:
    """Whether the service takes what was filled in; its objections stand at the fields."""
    try:
        filing.demand_lawful(progress, asked.particulars())
    except ValidationError as error:
        asked.take_errors(error)
    return not asked.errors


@of_draft
@any_method
def consent(request, progress):
    """May the registers be asked? Refusing is an answer too, with what follows from it. Norm: REF-LAW-6."""
    if progress.first_open in (filing.CATEGORY, filing.DETAILS, filing.FORM) or not progress.wants_consent:
        return redirect(url_of(progress, progress.first_open))
    given = progress.consent
    initial = {} if given is None else {"consent": YES if given.given else NO}
    form = ConsentForm(posted(request), initial=initial)
    if form.is_valid():
        agreed = form.cleaned_data["consent"] == YES
        filing.consent(progress, given=agreed)
        return redirect(_after_consent(progress))
    return page(request, progress, filing.CONSENT, form=form, text=filing.consent_text(progress))


@of_draft
@any_method
def documents(request, progress):
    """The papers that this category needs, and no others; a rejected file says why and the rest stays."""
    if progress.first_open != filing.PAPERS:
        return redirect(url_of(progress, progress.first_open))
    forms = {asked.code: PaperForm(asked=asked) for asked in progress.papers}
    rejected = {}
    if request.method == "POST":
        asked = next((row for row in progress.papers if row.code == request.POST.get("requirement")), None)
        if asked is None:
            raise Http404
        form = forms[asked.code] = PaperForm(request.POST, request.FILES, asked=asked)
        rejected = _attached(progress, form)
        if form.is_valid() and not rejected:
            messages.success(request, _("The file is added. The draft is kept."))
            return redirect(f"{url_of(progress, filing.PAPERS)}#{asked.code}")
    rows = papers.asked_for(progress, forms, rejected)
    wrong = design.summary(forms.values())
    return page(request, progress, filing.PAPERS, rows=rows, wrong=wrong, registers=progress.registers)


@of_draft
@require_POST
def take_away(request, progress, attachment):
    """Take a file out of the draft."""
    papers.take_away(progress.draft, attachment)
    filing.keep(progress.draft)
    messages.success(request, _("The file was taken away."))
    return redirect(url_of(progress, filing.PAPERS))


def _category(request, edition, progress):
    draft = progress.draft if progress else None
    initial = {"office": draft.office_id, "category": draft.data.get("category")} if draft else {}
    form = CategoryForm(posted(request), edition=edition, initial=initial)
    if form.is_valid():
        draft = draft or filing.start(request.user, edition.service_id, active_language())
        filing.choose(draft, form.cleaned_data["office"], form.cleaned_data["category"])
        progress = filing.progress_of(draft)
        if filing.drop_needless(progress):
            messages.info(request, _("Files that this situation does not ask for were taken out."))
        return redirect(url_of(progress, progress.after(filing.CATEGORY)))
    chosen = form["category"].value()
    context = {
        "section": "services",
        "service": edition.service_id,
        "edition": edition,
        "called": plain_of(edition.service),
        "form": form,
        "chosen": chosen,
        "groups": [(first, members, any(m.code == chosen for m in members)) for first, members in _groups(edition)],
        "power": progress and progress.power,
        "steps": steps_of(progress, filing.CATEGORY),
        "today": reckon(edition, clock.now(), hours_of(edition)),
        "draft": draft,
        "late": is_late(request),
    }
    return render(request, "portal/category.html", context)


def _groups(edition):
    return in_groups(edition.categories.prefetch_related("requirements"))


def _attached(progress, form) -> dict:
    """Try to add the file; what was rejected, by its requirement, with the reason beside it."""
    if not form.is_valid():
        return {}
    upload = form.cleaned_data["file"]
    try:
        papers.attach(progress.draft, form)
    except ValidationError as error:
        form.add_error("file", error)
        return {form.asked.code: upload}
    filing.keep(progress.draft)
    return {}
