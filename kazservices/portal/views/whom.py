"""For whom an application is written: for oneself, for a child or a ward, by power of attorney."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kazservices.cases.models import Representation
from kazservices.design.languages import active_language
from kazservices.flow import filing, representing
from kazservices.flow.stating import PowerForm
from kazservices.portal.access import for_recipients
from kazservices.portal.forms import posted
from kazservices.portal.steps import any_method, is_late, of_draft, open_edition, page, url_of


@for_recipients
@any_method
def choose(request, code):
    """One question: for whom? Each answer is a link."""
    edition, closed = open_edition(request, code)
    return closed or render(
        request, "portal/whom_choice.html", {"section": "services", "edition": edition, "late": is_late(request)}
    )


@for_recipients
@any_method
def apply_for(request, code, basis):
    """Who is represented and by which power; the draft begins when the registers have been asked."""
    if basis not in Representation.Basis.values:
        raise Http404
    edition, closed = open_edition(request, code)
    if closed:
        return closed
    form = PowerForm(posted(request), basis=basis)
    if form.is_valid():
        draft = filing.unsent_for(request.user, code, form.cleaned_data["iin"])
        new = draft is None
        draft = draft or filing.start(request.user, code, active_language())
        if _stated(draft, form):
            return _onward(filing.progress_of(draft))
        if new:
            draft.delete()
    return render(request, "portal/whom.html", {"section": "services", "edition": edition, **_shown(form)})


@of_draft
@any_method
def whom(request, progress):
    """The same in a draft that is there; what else it holds stays."""
    power = progress.power
    if power is None:
        return redirect("portal:apply-whom", code=progress.draft.service)
    form = PowerForm(posted(request), basis=power.basis, initial=_known(power))
    if form.is_valid() and _stated(progress.draft, form):
        return _onward(filing.progress_of(progress.draft))
    return page(request, progress, filing.WHOM, **_shown(form))


def _stated(draft, form) -> bool:
    """Ask the registers and keep what they say; their objections stand at the fields."""
    try:
        representing.state(draft, form.stated())
    except ValidationError as error:
        form.take_errors(error)
        return False
    return True


def _onward(progress):
    return redirect(url_of(progress, filing.CATEGORY))


def _shown(form) -> dict:
    titles = {
        Representation.Basis.PARENT: _("For my child"),
        Representation.Basis.GUARDIAN: _("For the person in my care"),
        Representation.Basis.ATTORNEY: _("By power of attorney"),
    }
    return {"form": form, "basis": form.basis, "title": titles[form.basis], "agreement": representing.CONSENT}


def _known(power) -> dict:
    known = {
        "iin": power.iin,
        "number": power.document_number,
        "given_on": power.document_date,
        "issued_by": power.issued_by,
        "until": power.until,
    }
    if power.proof == Representation.Proof.SILENT:
        known |= {"full_name": power.full_name, "birth_date": power.birth_date}
    return known
