"""Each stage of a duplicate goes to the system that monitors state services: once, in order, when it answers."""

import logging

from kazservices.cases.models import JournalEntry
from kazservices.gateways import monitoring
from kazservices.gateways.ports import GatewayError
from schools.duplicates.models.exchange import StageReport

log = logging.getLogger(__name__)
AT_ONCE = 200


def report_stages(at) -> tuple[int, int]:
    """Every line of the journals not told yet, oldest first: (looked at, told). A silent system is asked again later.

    Norm: DUP-32.
    """
    untold = JournalEntry.objects.filter(case__service="duplicates", stage_report=None).select_related("case__office")
    waiting, told = list(untold.order_by("pk")[:AT_ONCE]), 0
    for entry in waiting:
        try:
            _tell(entry)
        except GatewayError as silent:
            log.warning("the monitoring system is silent: %s", silent)
            break
        StageReport.objects.get_or_create(entry=entry, defaults={"reported_at": at})
        told += 1
    return len(waiting), told


def _tell(entry):
    monitoring.report(
        number=entry.case.number, service=entry.case.service, office=entry.case.office.code, stage=entry.move,
        at=entry.at.isoformat(), key=entry.hash,
    )  # fmt: skip
