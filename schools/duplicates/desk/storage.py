"""What is ready and has not been collected: at the school, and at the State Corporation with the end of its month."""

from django.db.models import Q

from kazservices.flow.deskpages import Asked, Shown
from schools.duplicates.models.application import DuplicateApplication
from schools.duplicates.models.exchange import Partner
from schools.duplicates.states import State

HERE = (State.OFFERED, State.RETURNED, State.ASKED_AGAIN)
THERE = (State.DISPATCHED, State.SENT_AGAIN, State.WITH_CORPORATION, State.MONTH_OVER)


def stores(office) -> bool:
    """Schools that keep the service, and the offices of the State Corporation that hand its results over."""
    return office.keeps("duplicates") or Partner.objects.filter(corporation=office).exists()


def answer(asked: Asked) -> Shown:
    """Where each uncollected result lies, since when and until when. Norms: GAP-37, DUP-30."""
    mine = Q(office=asked.office) | Q(corporation=asked.office)
    found = DuplicateApplication.objects.filter(mine, status__in=(*HERE, *THERE))
    found = (
        found.select_related("applicant", "office", "corporation").prefetch_related("deadlines").order_by("decided_at")
    )
    rows = [(case, _kept_until(case)) for case in found[:500]]
    context = {
        "here": [row for row in rows if row[0].state in HERE],
        "there": [row for row in rows if row[0].state in THERE],
        "is_school": asked.office.keeps("duplicates"),
    }
    return Shown("schools/duplicates/desk/storage.html", context)


def _kept_until(case):
    running = [clock for clock in case.deadlines.all() if clock.rule == "duplicates.store" and clock.is_running]
    return running[0].due_on if running else None
