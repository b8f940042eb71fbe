"""What everyone may read without entering: services, their passports, help."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kazservices import clock
from kazservices.passports import service as passports
from kazservices.passports.models import NoEdition, Service
from kazservices.passports.reckoning import (
    hours_of,
    in_groups,
    loaded,
    reckon,
    reckon_after_hours,
    services_on,
    window_of,
)
from kazservices.portal.forms import ReckonForm


@require_safe
def home(request):
    """The services, each with the answer to "is it open?"."""
    at = clock.now()
    rows = [
        {
            "service": service,
            "edition": edition,
            "window": window_of(edition, at, hours_of(edition)) if edition else None,
        }
        for service, edition in services_on(localtime(at).date())
    ]
    return render(request, "portal/home.html", {"section": "services", "rows": rows})


@require_safe
def service(request, code):
    """The passport of a service, and the deadline before filing. Norms: LAW-14-3-1, CONS-8, CONS-S10-1."""
    found = get_object_or_404(Service, code=code)
    at = clock.now()
    try:
        edition = loaded(passports.edition_on(code, localtime(at).date()))
    except NoEdition:
        return render(request, "portal/service_without_standard.html", {"section": "services", "service": found})
    return render(request, "portal/service.html", {"service": found, **_passport(request, edition, at)})


@require_safe
def page(request, name):
    """A page of plain words: help, accessibility, personal data."""
    if name not in ("help", "accessibility", "personal_data"):
        raise Http404
    section = {"section": "help"} if name == "help" else {}
    return render(request, f"portal/{name}.html", section)


@require_POST
def choose_language(request):
    """Set the language of the pages, and keep it with the account of the one who has entered."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(language):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request) or HttpResponseRedirect("/")


def _passport(request, edition, at) -> dict:
    time = hours_of(edition)
    form = _reckon_form(request, edition, at, time)
    form.is_valid()
    reckoning = form.reckoning if form.is_bound else reckon(edition, at, time)
    return {
        "section": "services",
        "edition": edition,
        "window": window_of(edition, at, time),
        "form": form,
        "reckoning": reckoning,
        "after_hours": reckoning and reckon_after_hours(edition, reckoning, time),
        "today": localtime(at).date(),
        "groups": in_groups(edition.categories.all()),
        "no_call_up_act": not _call_up_ordered(edition, time.accepts(at)),
    }


def _reckon_form(request, edition, at, time):
    here = localtime(at)
    given = {name: request.GET[name] for name in ("day", "hour") if name in request.GET}
    initial = {"day": here.date(), "hour": here.time()}
    return ReckonForm(given or None, edition=edition, time=time, initial=initial)


def _call_up_ordered(edition, day) -> bool:
    """Is an act that orders the call-up of these days in the register, for the whole country? Norm: CONS-S9-3."""
    return passports.call_up_acts(edition, None, day).exists()
