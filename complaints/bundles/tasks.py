from celery import shared_task

from . import making


@shared_task(acks_late=True)
def make_file(bundle_id):
    making.make(bundle_id)
