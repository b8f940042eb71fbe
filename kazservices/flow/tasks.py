from celery import shared_task

from . import recounts, sweeps


@shared_task(acks_late=True)
def sweep(name):
    sweeps.run(name)


@shared_task(acks_late=True)
def recount(recount_id):
    recounts.run(recount_id)
