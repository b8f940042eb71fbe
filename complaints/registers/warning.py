"""A measure whose day has passed: whoever answers for it is told once, and the head. A courtesy of ours, no clock."""

from django.db import transaction
from django.utils.timezone import localtime

from kazservices import clock
from kazservices.cases.apart import apart
from kazservices.notices.outbox import owe
from kazservices.offices.roles import Role
from kazservices.offices.service import holders

from .models import Measure

LETTER = "measure_overdue"


def warn_of_overdue() -> tuple[int, int]:
    """Tell of every measure that is overdue and of which nobody was told yet: (looked at, told)."""
    overdue = list(Measure.objects.to_warn(localtime(clock.now()).date()).values_list("pk", flat=True)[:200])
    return len(overdue), sum(bool(apart(_warn, pk)) for pk in overdue)


@transaction.atomic
def _warn(measure_id) -> bool:
    """Once, by compare-and-set; the day is that of the office."""
    at = clock.now()
    measure = Measure.objects.select_related("office", "responsible", "case").get(pk=measure_id)
    waiting = Measure.objects.to_warn(measure.office.today()).filter(pk=measure_id).order_by()
    if not waiting.update(warned_at=at):
        return False
    heads = {post.user_id: post.user for post in holders(measure.office, Role.HEAD)}
    for person in {measure.responsible_id: measure.responsible, **heads}.values():
        owe(LETTER, to=person, at=at, case=measure.case, context={"measure": measure})
    return True
