"""Sweeps end by themselves after a minute (``leases.ONE_RUN``); what hangs in one row is cut off.

Softly, so that the row's own edge gives it back, then for good: before the broker, after two minutes, believes the
worker dead and hands the same message to another one. A seal of the journal reads all that has changed since the last:
it may take longer, and comes to a second worker then, which finds the night sealed, or the copy leased.
"""

from celery import shared_task

from . import recounts, sweeps

SOFT, HARD = 90, 110  # seconds
SEALED_SOFT, SEALED_HARD = 1500, 1800


@shared_task(acks_late=True, soft_time_limit=SOFT, time_limit=HARD)
def sweep(name):
    sweeps.run(name)


@shared_task(acks_late=True, soft_time_limit=SEALED_SOFT, time_limit=SEALED_HARD)
def seal(name):
    sweeps.run(name)


@shared_task(acks_late=True, soft_time_limit=SOFT, time_limit=HARD)
def recount(recount_id):
    recounts.run(recount_id)
