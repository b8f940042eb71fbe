"""Registers are asked outside any transaction, leased, and asked again until they answer."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock, stuck
from kazservices.cases.models import Applicant
from kazservices.faults import where
from kazservices.leases import claim, in_time, wait
from kazservices.offices.models import User

from . import registers
from .models import TRIES, RegisterRequest
from .ports import GatewayError

LEASE = timedelta(minutes=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=30)

WORK = stuck.declare(
    stuck.Work(
        "question", _("question to a register"), RegisterRequest.objects.unanswered, tries=TRIES, since="asked_at"
    )
)

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
    return _keep(request, answer)


def fetch_waiting(limit=200) -> tuple[int, int]:
    """Repeat every question that has no answer yet, oldest first: (looked at, answered)."""
    waiting = list(RegisterRequest.objects.to_ask(clock.now()).values_list("pk", flat=True)[:limit])
    return len(waiting), sum(_fetch_one(pk) for pk in in_time(waiting))


def _fetch_one(request_id) -> bool:
    try:
        return fetch(request_id)
    except Exception as error:  # at the sweep's edge: one bad row must not stop the others, whatever it is
        log.error("register request %s: %s", request_id, where(error))  # noqa: TRY400 - the message may name a person
        _give_back(RegisterRequest.objects.get(pk=request_id), type(error).__name__)
        return False


def _claim(request_id) -> RegisterRequest | None:
    at = clock.now()
    if not claim(RegisterRequest.objects.to_ask(at), request_id, at=at, lease=LEASE):
        return None
    return RegisterRequest.objects.select_related("case__applicant").get(pk=request_id)


@transaction.atomic
def _keep(request, answer) -> bool:
    """The answer with its time; what the applicant's row still lacks of his identity is filled from it."""
    row = RegisterRequest.objects.filter(pk=request.pk, answered_at=None)
    if not row.update(answer=answer, answered_at=clock.now(), lease_until=None, error=""):
        return False
    if request.register == registers.Register.IDENTITY and answer["found"]:
        applicant = request.case.applicant
        _fill(Applicant.objects.filter(pk=applicant.pk), answer)
        _fill(User.objects.filter(pk=applicant.user_id), answer)
    return True


def _fill(row, answer) -> None:
    """Only what is empty: a known name is the one under which the person applied."""
    row.filter(full_name="").update(full_name=answer["full_name"])
    row.filter(birth_date=None).update(birth_date=date.fromisoformat(answer["birth_date"]))


def _give_back(request, error) -> None:
    again_at = clock.now() + wait(request.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
    log.warning("register %s is silent: %s", request.register, error)
    RegisterRequest.objects.filter(pk=request.pk).update(lease_until=None, next_try_at=again_at, error=str(error)[:300])
