"""The end of an application: checked once more, signed with a one-time password, sent once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kazservices import clock
from kazservices.addresses import address_of
from kazservices.cases.representation import DOCUMENT
from kazservices.design.languages import in_language
from kazservices.flow import filing, particulars
from kazservices.flow.lateness import owed
from kazservices.flow.manifest import manifest_of
from kazservices.offices.opening import demand_provider
from kazservices.passports import service as passports
from kazservices.passports.reckoning import hours_of, reckon
from kazservices.portal import papers
from kazservices.portal.forms import CodeForm, posted
from kazservices.portal.steps import any_method, of_draft, page, url_of
from kazservices.signing import service as signing

#: What may be wrong with a code itself; anything else concerns the application.
CODE_FAULTS = ("expired", "attempts", "wrong", "used", "too_often", "silent")


@of_draft
@any_method
def review(request, progress):
    """Everything once more, what is missing, and by when the answer comes; then the code to sign with."""
    if progress.first_open != filing.PAPERS:
        return redirect(url_of(progress, progress.first_open))
    if closed := _closed_office(progress):
        messages.error(request, closed)
        return redirect(url_of(progress, filing.CATEGORY))
    if progress.lacks_proof:
        messages.error(request, _("Add the document that proves your power first: no register has confirmed it."))
        return redirect(f"{url_of(progress, filing.PAPERS)}#{DOCUMENT}")
    if request.method == "POST" and _code_sent(request, progress):
        return redirect("portal:sign", ref=progress.draft.ref)
    at, time = clock.now(), hours_of(progress.edition, progress.draft.office)
    reckoning = reckon(progress.edition, at, time)
    acts = passports.call_up_acts(progress.edition, progress.draft.office, reckoning.accepted)
    return page(
        request,
        progress,
        filing.REVIEW,
        reckoning=reckoning,
        term_note=manifest_of(progress.edition.service_id).term_note,
        late=owed(progress.draft, progress.edition, at, time),
        missing=progress.missing(reckoning.accepted),
        rows=papers.asked_for(progress, {}, {}),
        answers=_answers_in_words(progress),
        given=progress.consent,
        filled_in=particulars.in_words(progress.category, progress.particulars),
        no_call_up_act=passports.wants_call_up_act(progress.edition) and not acts.exists(),
    )


@of_draft
@any_method
def sign(request, progress):
    """The one-time password signs exactly what was reviewed; then the application is filed once."""
    ref = request.session.get(_signing(progress.draft))
    if ref is None:
        return redirect(url_of(progress, filing.REVIEW))
    key = request.POST.get("key", "")
    if done := filing.filed_with(request.user, key):
        return redirect("portal:case", ref=done.ref)
    form = CodeForm(posted(request))
    # What another press has filed meanwhile counts too: its code is used up, the case is there.
    if form.is_valid() and (case := _filed(request, progress, form, ref) or filing.filed_with(request.user, key)):
        request.session.pop(_signing(progress.draft), None)
        return redirect("portal:case", ref=case.ref)
    return page(request, progress, filing.REVIEW, template="sign", form=form)


@of_draft
@require_safe
def resume(request, progress):
    """Go on where the draft stands."""
    return redirect(url_of(progress, progress.first_open))


@of_draft
@require_POST
def discard(request, progress):
    """Throw a draft away, with its files."""
    try:
        filing.forget(progress.draft)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft was thrown away."))
    return redirect("portal:cases")


def _closed_office(progress) -> str:
    """Why the office takes no applications now; empty when it does."""
    try:
        demand_provider(progress.draft.office, progress.draft.service)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _code_sent(request, progress) -> bool:
    try:
        challenge = signing.ask_to_sign(request.user, filing.content(progress), address=address_of(request))
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


def _signing(draft) -> str:
    return f"signing-{draft.ref}"


def _answers_in_words(progress) -> list[tuple]:
    rows = [(_("Your case"), in_language(progress.variant, "plain"))] if progress.variant else []
    for question in progress.category.questions.all():
        said = _("Yes") if progress.answers.get(question.code) else _("No")
        rows.append((in_language(question, "text"), said))
    return rows
