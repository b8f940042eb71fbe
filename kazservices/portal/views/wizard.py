"""Applying, one question a page; each page keeps what it was told."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazservices import clock
from kazservices.design import forms as design
from kazservices.design.languages import active_language, in_language
from kazservices.design.pieces import StepPiece
from kazservices.passports import service as passports
from kazservices.passports.models import NoEdition, Service
from kazservices.portal import entry, filing, papers
from kazservices.portal.access import for_recipients, own_draft
from kazservices.portal.forms import NO, YES, CategoryForm, CodeForm, ConsentForm, DetailsForm, PaperForm, posted
from kazservices.portal.passport import hours_of, in_groups, reckon, window_of
from kazservices.signing import service as signing

any_method = require_http_methods(["GET", "HEAD", "POST"])


def of_draft(view):
    """Hand a step the progress of the draft of its address; what has been sent has no steps any more."""

    @wraps(view)
    def step(request, ref, **kwargs):
        draft = own_draft(request, ref)
        if draft.case is not None:
            return redirect("portal:case", ref=draft.case.ref)
        return view(request, filing.progress_of(draft), **kwargs)

    return for_recipients(step)


@for_recipients
@any_method
def apply(request, code):
    """The first question; outside the period the citizen is told so before filling anything in. Norm: GAP-23."""
    service = get_object_or_404(Service, code=code)
    at = clock.now()
    try:
        edition = passports.edition_on(code, localtime(at).date())
    except NoEdition as missing:
        raise Http404 from missing
    window = window_of(edition, at, hours_of(edition))
    if not window.open:
        context = {"section": "services", "service": service, "edition": edition, "window": window}
        return render(request, "portal/closed.html", context)
    draft = filing.unsent(request.user, code)
    if draft is not None:
        return redirect(_url(filing.progress_of(draft), filing.progress_of(draft).first_open))
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
        return redirect(_url(progress, progress.first_open))
    known = {name: {True: YES, False: NO}.get(value, value) for name, value in progress.answers.items()}
    form = DetailsForm(posted(request), category=progress.category, initial=known)
    if form.is_valid():
        filing.answer(progress.draft, form.answers())
        if progress.closed_by is None:
            return redirect(_url(progress, filing.CONSENT))
    return _page(request, progress, filing.DETAILS, form=form, closed=progress.closed_by)


@of_draft
@any_method
def consent(request, progress):
    """May the registers be asked? Refusing is an answer too, with what follows from it. Norms: REF-LAW-6, CONS-S8-2."""
    if progress.first_open in (filing.CATEGORY, filing.DETAILS):
        return redirect(_url(progress, progress.first_open))
    given = progress.consent
    initial = {} if given is None else {"consent": YES if given.given else NO}
    form = ConsentForm(posted(request), initial=initial)
    if form.is_valid():
        agreed = form.cleaned_data["consent"] == YES
        filing.consent(progress, given=agreed, purpose=_purpose(progress), text=_consent_text(progress))
        return redirect(_url(progress, filing.PAPERS))
    return _page(request, progress, filing.CONSENT, form=form, text=_consent_text(progress))


@of_draft
@any_method
def documents(request, progress):
    """The papers that this category needs, and no others; a rejected file says why and the rest stays."""
    if progress.first_open != filing.PAPERS:
        return redirect(_url(progress, progress.first_open))
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
            return redirect(f"{_url(progress, filing.PAPERS)}#{asked.code}")
    rows = papers.asked_for(progress, forms, rejected)
    wrong = design.summary(forms.values())
    return _page(request, progress, filing.PAPERS, rows=rows, wrong=wrong, registers=progress.registers)


@of_draft
@require_POST
def take_away(request, progress, attachment):
    """Take a file out of the draft."""
    papers.take_away(progress.draft, attachment)
    filing.keep(progress.draft)
    messages.success(request, _("The file was taken away."))
    return redirect(_url(progress, filing.PAPERS))


@of_draft
@any_method
def review(request, progress):
    """Everything once more, what is missing, and by when the answer comes; then the code to sign with."""
    if progress.first_open != filing.PAPERS:
        return redirect(_url(progress, progress.first_open))
    if request.method == "POST" and _code_sent(request, progress):
        return redirect("portal:sign", ref=progress.draft.ref)
    at = clock.now()
    reckoning = reckon(progress.edition, at, hours_of(progress.edition, progress.draft.office))
    acts = passports.call_up_acts(progress.edition, progress.draft.office, reckoning.accepted)
    return _page(
        request,
        progress,
        filing.REVIEW,
        reckoning=reckoning,
        missing=progress.missing(reckoning.accepted),
        rows=papers.asked_for(progress, {}, {}),
        answers=_answers_in_words(progress),
        given=progress.consent,
        no_call_up_act=not acts.exists(),
    )


@of_draft
@any_method
def sign(request, progress):
    """The one-time password signs exactly what was reviewed; then the application is filed once."""
    ref = request.session.get(_signing(progress.draft))
    if ref is None:
        return redirect(_url(progress, filing.REVIEW))
    if request.method == "POST" and (done := filing.filed_with(request.user, request.POST.get("key") or None)):
        return redirect("portal:case", ref=done.ref)
    form = CodeForm(posted(request))
    if form.is_valid() and (case := _filed(request, progress, form, ref)):
        del request.session[_signing(progress.draft)]
        return redirect("portal:case", ref=case.ref)
    return _page(request, progress, filing.REVIEW, template="sign", form=form)


def _category(request, edition, progress):
    draft = progress.draft if progress else None
    initial = {"office": draft.office_id, "category": draft.data.get("category")} if draft else {}
    form = CategoryForm(posted(request), edition=edition, initial=initial)
    if form.is_valid():
        draft = draft or filing.start(request.user, edition.service_id, active_language())
        filing.choose(draft, form.cleaned_data["office"], form.cleaned_data["category"])
        progress = filing.progress_of(draft)
        if papers.drop_needless(draft, {row.code for row in progress.category.requirements.all()}):
            messages.info(request, _("Files that this situation does not ask for were taken out."))
        return redirect(_url(progress, filing.DETAILS if progress.has_details else filing.CONSENT))
    chosen = form["category"].value()
    context = {
        "section": "services",
        "service": edition.service_id,
        "edition": edition,
        "form": form,
        "chosen": chosen,
        "groups": [(first, members, any(m.code == chosen for m in members)) for first, members in _groups(edition)],
        "steps": _steps(progress, filing.CATEGORY),
        "today": reckon(edition, clock.now(), hours_of(edition)),
        "draft": draft,
    }
    return render(request, "portal/category.html", context)


def _groups(edition):
    return in_groups(edition.categories.prefetch_related("requirements"))


def _page(request, progress, step, *, template="", **context):
    own = {
        "section": "services",
        "progress": progress,
        "draft": progress.draft,
        "edition": progress.edition,
        "category": progress.category,
        "steps": _steps(progress, step),
        "back": _before(progress, step),
    }
    return render(request, f"portal/{template or step}.html", {**own, **context})


def _steps(progress, here) -> list[StepPiece]:
    names = {
        filing.CATEGORY: _("Situation"),
        filing.DETAILS: _("Details"),
        filing.CONSENT: _("Consent"),
        filing.PAPERS: _("Papers"),
        filing.REVIEW: _("Signature"),
    }
    order = progress.steps if progress else [filing.CATEGORY, filing.CONSENT, filing.PAPERS, filing.REVIEW]
    place = order.index(here)
    states = ["done"] * place + ["here"] + ["ahead"] * (len(order) - place - 1)
    return [
        StepPiece(names[name], state, _url(progress, name) if progress else "")
        for name, state in zip(order, states, strict=True)
    ]


def _before(progress, step) -> str:
    place = progress.steps.index(step)
    return _url(progress, progress.steps[place - 1]) if place else ""


def _url(progress, step) -> str:
    return reverse(f"portal:{step}", args=[progress.draft.ref])


def _purpose(progress) -> str:
    return _("To consider my application: %(service)s") % {"service": in_language(progress.edition, "name")}


def _consent_text(progress) -> str:
    asked = "; ".join(in_language(item, "label") for item in progress.registers)
    return _("I agree that the office takes these data from the state registers for this application: %(asked)s.") % {
        "asked": asked
    }


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


def _code_sent(request, progress) -> bool:
    try:
        challenge = signing.ask_to_sign(request.user, filing.content(progress), address=entry.address_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    request.session[_signing(progress.draft)] = str(challenge.ref)
    return True


def _filed(request, progress, form, ref):
    """The case, once the code fits; otherwise the reason stands at the code."""
    what = f"application {progress.draft.service}"
    try:
        code = form.cleaned_data["code"]
        signature = signing.sign_with_code(request.user, filing.content(progress), what=what, ref=ref, code=code)
        return filing.file(progress, signature)
    except ValidationError as error:
        form.add_error("code" if getattr(error, "code", "") in CODE_FAULTS else None, error.messages)
    return None


CODE_FAULTS = ("expired", "attempts", "wrong", "used", "too_often", "silent")


def _signing(draft) -> str:
    return f"signing-{draft.ref}"


def _answers_in_words(progress) -> list[tuple]:
    rows = [(_("Your case"), in_language(progress.variant, "plain"))] if progress.variant else []
    for question in progress.category.questions.all():
        said = _("Yes") if progress.answers.get(question.code) else _("No")
        rows.append((in_language(question, "text"), said))
    return rows


@of_draft
@require_safe
def resume(request, progress):
    """Go on where the draft stands."""
    return redirect(_url(progress, progress.first_open))


@of_draft
@require_POST
def discard(request, progress):
    """Throw a draft away, with its files."""
    papers.forget(progress.draft)
    messages.success(request, _("The draft was thrown away."))
    return redirect("portal:cases")
