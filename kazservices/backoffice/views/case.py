from datetime import datetime, timedelta

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kazservices import clock
from kazservices.backoffice import clocks, history
from kazservices.backoffice.access import case_of
from kazservices.backoffice.casefile import documents, neighbours
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.moving import choices, half_signed
from kazservices.backoffice.nextmoves import status_name
from kazservices.backoffice.shell import page
from kazservices.cases import representation
from kazservices.cases.models import Case
from kazservices.cases.reading import note_reading
from kazservices.flow.casepages import pages_for
from kazservices.flow.door import options, record
from kazservices.flow.handing import handed_of, kept_of, may_hand_over
from kazservices.flow.lists import tied
from kazservices.flow.manifest import manifest_of
from kazservices.masks import initials

SHOWN_FOR = timedelta(minutes=15)
SHOWN = "persons-shown"


@require_safe
def case(request, ref):
    """One page a case: its clocks, its documents, what may be done now, what has been done."""
    found, at = case_of(request, ref), clock.now()
    note_reading(found, request.user)
    manifest = manifest_of(found.service)
    strip, earlier = clocks.strip(found, at)
    may = options(found, request.user)
    today = found.time.local(at).date()
    wanted = clocks.chosen(found, request.GET.get("why", ""))
    return page(
        request,
        "backoffice/case.html",
        {
            "case": found,
            "status_name": status_name(found),
            "person": _person(request, found, at),
            "power": representation.of(found),
            "power_stands": representation.standing_in(found) is not None,
            "clocks": strip,
            "clocks_before": earlier,
            "why": clocks.why(wanted, today, request.GET.get("as_of", "")) if wanted else None,
            "documents": documents(found),
            "moves": choices(found, may, request.user),
            "kept": list(kept_of(found)) if may_hand_over(found, request.user) else [],
            "handed": list(handed_of(found)),
            "half_signed": half_signed(found, may, request.user),
            "service_part": manifest.pages.get("staff", ""),
            "tied": tied(found, Case.objects.visible_to(request.user)),
            "facts": manifest.page(found, request.user),
            "story": history.story(found),
            "chain": history.chain(found),
            "readings": history.readings(found),
            "pages": pages_for(found, request.user),
            **neighbours(desk_of(request).cases(), found),
        },
    )


@require_POST
def show_person(request, ref):
    """Name and IIN are shown for a while to whoever asks, and the journal says that he asked."""
    found = case_of(request, ref)
    record(found, "person_shown", by=request.user)
    note_reading(found, request.user, part="personal")
    shown = _still_shown(request, clock.now())
    shown[str(ref)] = (clock.now() + SHOWN_FOR).isoformat()
    request.session[SHOWN] = shown
    return redirect(reverse("admin:case", args=[ref]))


def _person(request, found, at) -> dict:
    """The applicant as this reader may see him now."""
    applicant = found.applicant
    if applicant is None:
        return {"heading": found.number, "open": True}
    if str(found.ref) in _still_shown(request, at):
        return {"heading": applicant.full_name, "open": True, "applicant": applicant}
    return {"heading": initials(applicant.full_name) or _("the applicant"), "open": False, "applicant": applicant}


def _still_shown(request, at) -> dict:
    """The cases whose person this session shows, each until its moment."""
    return {ref: until for ref, until in request.session.get(SHOWN, {}).items() if datetime.fromisoformat(until) > at}
