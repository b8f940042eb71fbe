"""One question: the client waits three seconds for an answer (``KAZ_GATEWAY_TIMEOUT``); the lease is a minute."""

from celery import shared_task

from .asking import fetch


@shared_task(acks_late=True, soft_time_limit=30, time_limit=45)
def fetch_answer(request_id):
    fetch(request_id)
