from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from kazservices import clock
from kazservices.backoffice.commission import boards, without_presiding
from kazservices.backoffice.desk import COMMISSION, desk_of
from kazservices.backoffice.nextmoves import leading, statuses
from kazservices.backoffice.queue import for_rows, rows
from kazservices.backoffice.shell import page
from kazservices.flow.lists import glances
from kazservices.flow.manifest import all_manifests
from kazservices.offices.roles import COMMISSION_ROLES, Role

SHOWN = 60


@require_safe
def commission(request):
    """Who sits in the commission today, and the cases before it with their votes."""
    desk, at = desk_of(request), clock.now()
    offices = desk.offices_with(*COMMISSION)
    if not offices:
        raise PermissionDenied("commission")
    before_it = desk.cases().open().filter(office__in=offices, status__in=_states_before_the_commission())
    cases = list(for_rows(before_it.by_urgency())[:SHOWN])
    seen = glances(cases, request.user)
    return page(
        request,
        "backoffice/commission.html",
        {
            "boards": boards(offices),
            "agenda": [(row, seen.get(case.pk)) for case, row in zip(cases, rows(cases, desk, at), strict=True)],
            "without_presiding": without_presiding(desk),
            "keeps_absences": desk.holds(Role.SECRETARY, Role.HEAD),
        },
    )


def _states_before_the_commission() -> set[str]:
    return {
        status
        for manifest in all_manifests()
        for status in statuses(manifest)
        if any(awaited.roles & set(COMMISSION_ROLES) for awaited in leading(manifest.code, status))
    }
