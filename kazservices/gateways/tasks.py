from celery import shared_task

from .asking import fetch


@shared_task(acks_late=True)
def fetch_answer(request_id):
    fetch(request_id)
