"""Letters to head and operators: a check of their open office fails, or a post that it needs is about to end."""

from django.db import transaction

from kazservices import clock
from kazservices.cases.apart import apart
from kazservices.offices.models import Office
from kazservices.offices.opening import endings, lacking

from .offices import AHEAD, answering
from .outbox import owe

LACKING, ENDING = "office_lacks", "post_ends"


def tell_waiting() -> tuple[int, int]:
    """Tell what has not been told, the nearest end first: (offices looked at, letters' occasions)."""
    offices = list(Office.objects.filter(is_active=True).with_checks().prefetch_related("alarms").order_by("code"))
    waiting = [(ends[0] if (ends := _ahead(office)) else None, office) for office in offices if _has_news(office)]
    waiting.sort(key=lambda one: (one[0] is not None, one[0] and one[0][1], one[1].code))
    return len(offices), sum(apart(_tell, office.pk) or 0 for _end, office in waiting)


@transaction.atomic
def _tell(office_id) -> int:
    """Under the lock of the office, with what holds there now."""
    Office.objects.select_for_update().get(pk=office_id)
    office = Office.objects.with_checks().prefetch_related("alarms").get(pk=office_id)
    at, people = clock.now(), answering(office) or (office.superior_body and answering(office.superior_body))
    office.alarms.filter(pk__in=[alarm.pk for alarm in _over(office)]).update(over_at=at)
    if not office.is_active or not people:
        return 0  # nobody to tell: it waits, and the health check is red
    new, ahead = _new(office), _ahead(office)
    for check in new:
        office.alarms.create(code=check.code, at=at)
    for check, day in ahead:
        office.alarms.create(code=check.code, until=day, at=at)
    for person in people:
        if new:
            owe(LACKING, to=person, at=at, context={"office": office, "checks": new})
        for check, day in ahead:
            owe(ENDING, to=person, at=at, context={"office": office, "check": check, "until": day})
    return len(new) + len(ahead)


def _has_news(office) -> bool:
    return bool(_new(office) or _over(office) or _ahead(office))


def _new(office) -> list:
    """The checks that fail and were not told since they last held."""
    told = {alarm.code for alarm in _standing(office)}
    return [check for check in lacking(office) if check.code not in told]


def _over(office) -> list:
    """The alarms whose check holds again."""
    failing = {check.code for check in lacking(office)}
    return [alarm for alarm in _standing(office) if alarm.code not in failing]


def _standing(office) -> list:
    return [alarm for alarm in office.alarms.all() if alarm.until is None and alarm.over_at is None]


def _ahead(office) -> list:
    """(check, last day) of what ends soon and was not told; of the commission's own term another letter tells."""
    told = {(alarm.code, alarm.until) for alarm in office.alarms.all()}
    found = endings(office, AHEAD)
    return [(check, day) for check, day in found if check.code != "commission" and (check.code, day) not in told]
