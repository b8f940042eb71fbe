"""New work without end: clocks that fall due faster than one run of the sweep notes them, for a minute after a moment.

They stand beside the clocks that have been due for three working days. Their heads know of them already, so that no
letters follow: what is looked at is only whose turn it is.
"""

import sys
from datetime import datetime, timedelta

import django

django.setup()

from kazservices.deadlines.models import Deadline  # noqa: E402
from tests import world  # noqa: E402

CLOCKS, EVERY = 360, timedelta(seconds=1 / 6)


def flood(since: datetime) -> None:
    clock = Deadline.objects.filter(rule="deferral.decide", due_at__lt=since).first()
    rows = []
    for n in range(CLOCKS):
        row = Deadline.objects.get(pk=clock.pk) if not rows else _like(rows[0])
        row.pk, row.rule, row.due_at = None, f"flood-{n}", since + n * EVERY
        row.breach_noted_at, row.cause = None, ""
        row.escalated_at = row.warned_official_at = row.warned_head_at = since
        rows.append(row)
    Deadline.objects.bulk_create(rows)


def _like(row: Deadline) -> Deadline:
    return Deadline(**{field.attname: getattr(row, field.attname) for field in Deadline._meta.concrete_fields})


if __name__ == "__main__":
    flood(datetime.fromisoformat(sys.argv[1]).replace(tzinfo=world.ALMATY))
