"""One case file: the lease is renewed with each file packed, so that a long one may outlast it."""

from celery import shared_task

from . import making


@shared_task(acks_late=True, soft_time_limit=1500, time_limit=1800)
def make_file(bundle_id):
    making.make(bundle_id)
