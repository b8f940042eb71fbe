from celery import shared_task

from . import sweeps


@shared_task(acks_late=True)
def sweep(name):
    sweeps.run(name)
