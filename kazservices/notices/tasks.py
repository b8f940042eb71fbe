from celery import shared_task

from .delivery import deliver_notice


@shared_task(acks_late=True)
def deliver(notice_id):
    deliver_notice(notice_id)
