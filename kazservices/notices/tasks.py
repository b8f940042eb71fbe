"""One letter: a mail server may keep us waiting at each of its answers (``EMAIL_TIMEOUT``). Cut off well before the end
of the letter's lease of two minutes, so that no second sender begins while the first still may send.
"""

from celery import shared_task

from .delivery import deliver_notice


@shared_task(acks_late=True, soft_time_limit=60, time_limit=90)
def deliver(notice_id):
    deliver_notice(notice_id)
