"""The administrative case that travels with a complaint. Norm: CONS-14-2."""

from complaints.bundles.models import CaseBundle
from complaints.bundles.service import order
from kazservices.cases.apart import apart
from kazservices.offices.actors import SYSTEM


def belongs_with(case) -> list:
    """The cases that lie in one file with a complaint: the one it is about."""
    return [case.about] if case.about_id else []


def order_waiting(waiting) -> tuple[int, int]:
    """Have the files made of complaints that an office may want to forward: (looked at, ordered).

    Once for each state of a complaint: when it is registered, and again when a part of it has been granted.
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
    """The files ordered since the complaint was registered, or the last part of it granted."""
    made = CaseBundle.objects.filter(case=case.pk)
    changed = case.journal.filter(move__in=("register", "grant_in_part")).order_by("number").last()
    return made.filter(ordered_at__gte=changed.at) if changed else made
