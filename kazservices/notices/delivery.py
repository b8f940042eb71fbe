"""Copies of letters leave the house: leased, outside any transaction, with a key the gateway knows again."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from kazservices import clock, stuck
from kazservices.faults import where
from kazservices.gateways import sms
from kazservices.gateways.ports import GatewayError
from kazservices.leases import claim, in_time, wait
from kazservices.offices.models import LetterProof

from .models import TEST_LETTER, TRIES, Channel, Notice

LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)

WORK = stuck.declare(stuck.Work("letter", _("copy of a letter"), Notice.objects.unsent, tries=TRIES, since="owed_at"))

#: When this process has sent what it could not mark, on a full disk for instance: it is marked later, not sent again.
_unmarked: dict[UUID, datetime] = {}

log = logging.getLogger(__name__)


def deliver_notice(notice_id) -> bool:
    """Send one copy; true for the caller who sent it. Repeating it is harmless."""
    notice = _claim(notice_id)
    if notice is None:
        return False
    if notice.key not in _unmarked:
        try:
            _send(notice)
        except (GatewayError, SMTPException, OSError) as error:
            _give_back(notice, error)
            return False
        _unmarked[notice.key] = clock.now()
    at = _unmarked[notice.key]
    Notice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=at, lease_until=None, error="")
    _unmarked.pop(notice.key, None)
    if notice.letter == TEST_LETTER:
        LetterProof.objects.filter(key=notice.key, delivered_at=None).update(delivered_at=at)
    return True


def deliver_waiting(limit=500) -> tuple[int, int]:
    """Send all copies that wait, oldest first: (looked at, sent)."""
    waiting = list(Notice.objects.to_send(clock.now()).values_list("pk", flat=True)[:limit])
    return len(waiting), sum(_deliver_one(pk) for pk in in_time(waiting))


def _deliver_one(notice_id) -> bool:
    try:
        return deliver_notice(notice_id)
    except Exception as error:  # at the sweep's edge: one bad row must not stop the others, whatever it is
        log.error("notice %s: %s", notice_id, where(error))  # noqa: TRY400 - the message may name a person
        _give_back(Notice.objects.get(pk=notice_id), error)
        return False


def _claim(notice_id) -> Notice | None:
    at = clock.now()
    if not claim(Notice.objects.to_send(at), notice_id, at=at, lease=LEASE):
        return None
    return Notice.objects.get(pk=notice_id)


def _send(notice: Notice) -> None:
    if notice.channel == Channel.SMS:
        sms.send(notice.address, notice.body, key=str(notice.key))
    else:
        headers = {"Message-ID": f"<{notice.key}@kazservices>"}
        EmailMessage(notice.subject, notice.body, to=[notice.address], headers=headers).send()


def _give_back(notice: Notice, error: Exception) -> None:
    """Try again later, waiting twice as long each time."""
    again_at = clock.now() + wait(notice.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
    log.warning("notice %s not sent: %s", notice.pk, type(error).__name__)
    Notice.objects.filter(pk=notice.pk).update(lease_until=None, next_try_at=again_at, error=type(error).__name__)
