"""The bell after a commit: it hastens a worker and is never the record, for the sweeps find every row by its state."""

from django.db import transaction


def ring(task, *keys) -> None:
    """Call the task for each of these rows once the transaction has committed.

    At a broker that does not answer no second bell is tried: that is logged, and disturbs nobody who has committed.
    """

    def call():
        for key in keys:
            task.delay(key)

    if keys:
        transaction.on_commit(call, robust=True)
