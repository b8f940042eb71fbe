import re
import secrets
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calendars.service import office_time
from kazservices import clock
from kazservices.backoffice.counting import FirstPages
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.nextmoves import statuses, waiting_for
from kazservices.backoffice.queue import for_rows, grouped, rows
from kazservices.backoffice.shell import page
from kazservices.cases.models import Stage
from kazservices.design.languages import in_language
from kazservices.flow.lists import WORDS, Filter, bounds
from kazservices.flow.manifest import all_manifests
from kazservices.passports.catalogue import plain_of
from kazservices.passports.models import Service

NUMBER = re.compile(r"[\w-]*\d[\w-]*")
LIKE_AN_IIN = re.compile(r"\d{9}")  # also one mistyped: no such thing may enter an address
FOUND = "found-cases"


@require_safe
def queue(request):
    """All open cases that I may see, by the working time left; the filter stands in the address."""
    desk, at = desk_of(request), clock.now()
    limits = bounds(at, office_time("akimat").zone)
    wanted = Filter.of(request.GET)
    cases = waiting_for(desk, at) if wanted.mine else desk.cases()
    found = _found(request)
    cases = wanted.apply(cases, limits) if found is None else desk.cases().filter(pk__in=found).by_urgency()
    shown = FirstPages(for_rows(cases.select_related("office", "applicant"))).get_page(request.GET.get("page"))
    listed = rows(shown.object_list, desk, at)
    return page(
        request,
        "backoffice/queue.html",
        {
            "filter": wanted,
            "filtered": wanted != Filter(),
            "lists": _lists(desk, wanted),
            "found": found is not None,
            "page": shown,
            "groups": grouped(listed, limits),
            "selecting": any(row.in_bulk for row in listed),
            "search": wanted.number,
        },
    )


@require_POST
def find(request):
    """A number goes into the address; an IIN never does: what it found is remembered in the session."""
    words = "".join(request.POST.get("q", "").split())
    if NUMBER.fullmatch(words) and not LIKE_AN_IIN.search(words):
        return redirect(f"{reverse('admin:queue')}?{urlencode({'number': words})}")
    cases = desk_of(request).cases().filter(applicant__iin=words) if words else desk_of(request).cases().none()
    token = secrets.token_urlsafe(6)
    request.session[FOUND] = {"token": token, "cases": list(cases.values_list("pk", flat=True)[:200])}
    return redirect(f"{reverse('admin:queue')}?found={token}")


def _found(request):
    """The cases that the last search by IIN found, while the address names that search."""
    kept = request.session.get(FOUND, {})
    token = request.GET.get("found")
    if not token:
        return None
    return kept.get("cases", []) if kept.get("token") == token else []


def _lists(desk, wanted: Filter) -> list[dict]:
    """The lists of the filter, each with what is chosen in it."""
    manifests = all_manifests()
    states = {code: name for manifest in manifests for code, name in statuses(manifest).items()}
    services = Service.objects.filter(code__in=[manifest.code for manifest in manifests])
    lists = [
        ("due", _("Term"), _("any"), [(code, words) for code, (words, _kind) in WORDS.items()]),
        ("status", _("State"), _("any"), states.items()),
        ("service", _("Service"), _("any"), [(s.code, in_language(plain_of(s), "plain")) for s in services]),
        ("stage", _("Stage"), _("open cases"), Stage.choices),
    ]
    if len(desk.offices) > 1:
        lists.append(
            ("office", _("Office"), _("any"), [(o.code, in_language(o, "name")) for o in desk.offices.values()])
        )
    return [
        {"name": name, "label": label, "all": whole, "options": options, "chosen": getattr(wanted, name)}
        for name, label, whole, options in lists
    ]
