"""The hearings of applications as a calendar knows them: one that was set anew is the same hearing, moved."""

from collections import defaultdict
from datetime import timedelta

from django.utils.translation import gettext as _

from conscription.models import Hearing
from kazservices.cases.models import Stage
from kazservices.flow.manifest import Occasion

LASTS = timedelta(hours=1)  # for a calendar only: how long a hearing takes is nobody's rule


def occasions(cases) -> dict:
    """Every hearing of these cases, in one query: {case id: [Occasion]}."""
    found: dict[int, list[Occasion]] = defaultdict(list)
    before = None
    for hearing in Hearing.objects.filter(case__in=cases).select_related("case").order_by("case", "number"):
        known = found[hearing.case_id]
        anew = known and before.case_id == hearing.case_id and before.status == Hearing.Status.POSTPONED
        known.append(_occasion(hearing, known.pop() if anew else None))
        before = hearing
    return dict(found)


def _occasion(hearing, moved_from) -> Occasion:
    called_off = _called_off(hearing)
    moved = moved_from.moved + 1 if moved_from else 0
    return Occasion(
        name=moved_from.name if moved_from else f"hearing-{hearing.number}",
        title=_("Hearing, case № %(number)s") % {"number": hearing.case.number},
        begins=hearing.held_at,
        ends=hearing.held_at + LASTS,
        place=hearing.place,
        way=hearing.get_method_display(),
        moved=moved + called_off,
        called_off=called_off,
    )


def _called_off(hearing) -> bool:
    """No longer needed: the case was decided for the applicant first, or taken back by him."""
    over = hearing.case.stage in (Stage.DECIDED, Stage.CLOSED)
    return hearing.status == Hearing.Status.NOT_NEEDED or (over and hearing.status == Hearing.Status.APPOINTED)
