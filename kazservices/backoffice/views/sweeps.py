from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazservices import clock
from kazservices.backoffice.desk import desk_of
from kazservices.backoffice.shell import page
from kazservices.deadlines.models import SweepRun
from kazservices.documents.models import Paper
from kazservices.flow.health import health
from kazservices.notices.models import Notice
from kazservices.offices.models import Office
from kazservices.offices.opening import LABELS
from kazservices.offices.roles import Role

SHOWN = 30
NAMES = {
    "moves": _("moves that fall due"),
    "breaches": _("missed terms"),
    "warnings": _("warnings before a term ends"),
    "registers": _("questions to registers"),
    "errands": _("exchange with other systems"),
    "papers": _("drawing of papers"),
    "delivery": _("delivery of letters"),
    "recounts": _("clocks recounted for the calendar"),
    "coverage": _("the end of the confirmed calendar"),
    "commissions": _("commissions whose term ends"),
    "offices": _("offices that lack something"),
    "counters": _("who waits at a counter"),
    "roots": _("seals of the journal"),
    "case_files": _("making of case files"),
    "measures": _("measures whose day has passed"),
}


@require_safe
def sweeps(request):
    """Is the product keeping its promises: the sweeps, the calendar, the letters that wait, the offices."""
    if not desk_of(request).holds(Role.OPERATOR):
        raise PermissionDenied("sweeps")
    found = health()
    last_runs = SweepRun.objects.order_by("-started_at", "-pk")[:SHOWN]
    return page(
        request,
        "backoffice/sweeps.html",
        {
            "health": found,
            "sweeps": [_line(name, state) for name, state in found["sweeps"].items()],
            "offices": _offices(found["offices"]),
            "confirmed_until": date.fromisoformat(found["calendar"]["confirmed_until"]),
            "waiting_letters": Notice.objects.to_send(clock.now()).count(),
            "faulty_papers": Paper.objects.faulty().select_related("case")[:SHOWN],
            "runs": [(run, NAMES.get(run.name, run.name)) for run in last_runs],
        },
    )


def _offices(found) -> list[dict]:
    """What open offices lack, then what they will lack, in words, each with the way to the check list."""
    told = [*found["lacking"], *found["ending"]]
    offices = {office.code: office for office in Office.objects.filter(code__in={row["office"] for row in told})}
    return [
        {
            "office": offices[row["office"]],
            "words": LABELS[row["check"]],
            "until": date.fromisoformat(row["until"]) if "until" in row else None,
        }
        for row in told
    ]


def _line(name, state) -> dict:
    last = state["last"] and datetime.fromisoformat(state["last"])
    return {"words": NAMES.get(name, name), "on_time": state["state"] == "green", "last": last}
