"""What everyone may read without entering: services, their passports, help."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kazservices import clock
from kazservices.flow.manifest import all_manifests, manifest_of
from kazservices.passports import catalogue
from kazservices.passports import service as passports
from kazservices.passports.models import Ground, Service
from kazservices.passports.reckoning import hours_of, in_groups, loaded, reckon, reckon_after_hours, window_of
from kazservices.portal import entry
from kazservices.portal.forms import ReckonForm


@require_safe
def home(request):
    """The catalogue: every service, each with the answer to "is it open?". GAP-20."""
    return render(request, "portal/home.html", {"section": "services", "groups": catalogue.in_groups(clock.now())})


@require_safe
def service(request, code):
    """The passport of a service; one without a standard says so, and one of another provider where to go."""
    at = clock.now()
    row = catalogue.row_of(code, at)
    if row is None:
        raise Http404
    context = {"section": "services", "row": row}
    if row.refers:
        where = {f"where_{language}": row.refers[language] for language in ("kk", "ru", "en")}
        return render(request, "portal/referral.html", {**context, "where": where})
    if row.edition is None:
        return render(request, "portal/service_without_standard.html", context)
    passport = _passport(request, loaded(row.edition), at)
    return render(request, "portal/service.html", {**context, "service": row.service, **passport})


@require_safe
def board(request, code):
    """What a service lays before the public: schedules, results, free places; nobody has to enter for it."""
    found = get_object_or_404(Service, code=code)
    part = _board_of(code)
    if not part:
        raise Http404("this service publishes nothing")
    context = {"section": "services", "service": found, "part": part, "board_label": _label_of(code)}
    context |= manifest_of(code).board(request.GET)
    return render(request, "portal/board.html", context)


@require_safe
def page(request, name):
    """A page of plain words: help, accessibility, personal data."""
    if name not in ("help", "accessibility", "personal_data"):
        raise Http404
    section = {"section": "help"} if name == "help" else {}
    return render(request, f"portal/{name}.html", section)


@require_POST
def choose_language(request):
    """Set the language of the pages, and keep it with the account of the one who has entered or is about to enter."""
    language = request.POST.get("language", "")
    if check_for_language(language):
        entry.keep_language(request, language)
    return set_language(request) or HttpResponseRedirect("/")


def _board_of(code) -> str:
    """The template of the service's board; empty where it has none."""
    return next((manifest.pages.get("board", "") for manifest in all_manifests() if manifest.code == code), "")


def _label_of(code) -> str:
    """What the board is called."""
    found = next((manifest.board_label for manifest in all_manifests() if manifest.code == code), "")
    return found or _("Schedule, results, free places")


def _passport(request, edition, at) -> dict:
    """The standard, and the deadline before filing. Norms: LAW-14-3-1, CONS-8, CONS-S10-1."""
    time = hours_of(edition)
    form = _reckon_form(request, edition, at, time)
    form.is_valid()
    reckoning = form.reckoning if form.is_bound else reckon(edition, at, time)
    return {
        "section": "services",
        "edition": edition,
        "has_board": bool(_board_of(edition.service_id)),
        "board_label": _label_of(edition.service_id),
        "remedy": next((one.code for one in all_manifests() if one.staffing.everywhere), ""),
        "term_note": next((one.term_note for one in all_manifests() if one.code == edition.service_id), ""),
        "window": window_of(edition, at, time),
        "form": form,
        "reckoning": reckoning,
        "after_hours": reckoning and reckon_after_hours(edition, reckoning, time),
        "today": localtime(at).date(),
        "groups": in_groups(edition.categories.all()),
        "grounds": passports.grounds_named(edition),
        "no_call_up_act": _wants_call_up(edition) and not _call_up_ordered(edition, time.accepts(at)),
    }


def _reckon_form(request, edition, at, time):
    here = localtime(at)
    given = {name: request.GET[name] for name in ("day", "hour") if name in request.GET}
    initial = {"day": here.date(), "hour": here.time()}
    return ReckonForm(given or None, edition=edition, time=time, initial=initial)


def _wants_call_up(edition) -> bool:
    """Read off what is loaded already: a service that knows no call-up lacks no act on it."""
    return any(ground.offered == Ground.Offered.NO_CALL_UP_ACT for ground in edition.grounds.all())


def _call_up_ordered(edition, day) -> bool:
    """Is an act that orders the call-up of these days in the register, for the whole country? Norm: CONS-S9-3."""
    return passports.call_up_acts(edition, None, day).exists()
