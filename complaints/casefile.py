"""The administrative case that travels with a complaint. Norm: CONS-14-2."""

from django.db.models import Max

from complaints.bundles.models import MADE, ORDERED, CaseBundle
from complaints.bundles.service import order
from kazservices.cases.apart import apart
from kazservices.offices.actors import SYSTEM


def belongs_with(case) -> list:
    """The cases that lie in one file with a complaint: the one it is about."""
    return [case.about] if case.about_id else []


def order_waiting(waiting) -> tuple[int, int]:
    """Have the files made of complaints that an office may want to forward: (looked at, ordered).

    Once for each state: when it is registered, and again when a part is granted or the case it is about has moved.
    """
    wanted = [case for case in waiting if not _is_ordered(case)]
    return len(wanted), sum(bool(apart(_order, case)) for case in wanted)


def _order(case) -> CaseBundle:
    return order(case, by=SYSTEM)


def _is_ordered(case) -> bool:
    return _since_it_changed(case).exists()


def ready_for(case) -> CaseBundle | None:
    """The newest case file that is ready, with the case the complaint is about and all that was granted in it."""
    made = _since_it_changed(case).filter(state=CaseBundle.State.READY)
    if case.about_id:
        made = made.filter(others=case.about_id)
    return made.order_by("-made_at", "-pk").first()


def _since_it_changed(case):
    """The files ordered since the complaint was registered or a part of it granted, and since its case last moved."""
    changed = [case.journal.filter(move__in=("register", "grant_in_part"))]
    changed += [about.journal.exclude(move__in=(ORDERED, MADE)) for about in belongs_with(case)]
    last = [lines.aggregate(at=Max("at"))["at"] for lines in changed]
    made = CaseBundle.objects.filter(case=case.pk)
    return made.filter(ordered_at__gte=max(filter(None, last))) if any(last) else made
