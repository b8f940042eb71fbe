"""Registers are asked outside any transaction, leased, and asked again until they answer."""

import logging
from datetime import timedelta

from django.db.models import F

from kazservices import clock

from . import registers
from .models import RegisterRequest
from .ports import GatewayError

LEASE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)

log = logging.getLogger(__name__)


def fetch(request_id) -> bool:
    """Ask one register, outside any transaction; true for the caller who brought the answer."""
    request = _claim(request_id)
    if request is None:
        return False
    try:
        answer = registers.ask(request.register, request.case.applicant.iin, key=str(request.key))
    except GatewayError as error:
        _give_back(request, error)
        return False
    at = clock.now()
    row = RegisterRequest.objects.filter(pk=request.pk, answered_at=None)
    return bool(row.update(answer=answer, answered_at=at, lease_until=None))


def fetch_waiting(limit=200) -> tuple[int, int]:
    """Repeat every question that has no answer yet, oldest first: (looked at, answered)."""
    waiting = list(RegisterRequest.objects.to_ask(clock.now()).values_list("pk", flat=True)[:limit])
    return len(waiting), sum(fetch(pk) for pk in waiting)


def _claim(request_id) -> RegisterRequest | None:
    at = clock.now()
    claimed = RegisterRequest.objects.to_ask(at).filter(pk=request_id).order_by()
    if not claimed.update(lease_until=at + LEASE, attempts=F("attempts") + 1):
        return None
    return RegisterRequest.objects.select_related("case__applicant").get(pk=request_id)


def _give_back(request, error) -> None:
    wait = min(timedelta(seconds=10 * 2 ** min(request.attempts, 8)), LONGEST_WAIT)
    log.warning("register %s is silent: %s", request.register, error)
    RegisterRequest.objects.filter(pk=request.pk).update(lease_until=None, next_try_at=clock.now() + wait)
