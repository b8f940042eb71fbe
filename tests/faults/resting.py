"""When is a run at rest: nothing is owed any more, and the sweeps have come round since all was settled."""

import time

from tests.faults.ground import Ground

PATIENCE = 240.0  # seconds until a run has come to rest

#: Each counts what is left to do; the last, the sweeps that owe letters and have not come round since all was settled.
UNDONE = (
    "SELECT count(*) FROM notices_notice WHERE channel <> 'cabinet' AND sent_at IS NULL",
    "SELECT count(*) FROM documents_paper WHERE state = 'waiting'",
    "SELECT count(*) FROM gateways_registerrequest WHERE answered_at IS NULL",
    "SELECT count(*) FROM deadlines_deadline WHERE breach_noted_at IS NOT NULL AND escalated_at IS NULL",
    "SELECT count(*) FROM deadlines_deadline WHERE rule = 'deferral.decide' AND breach_noted_at IS NULL "
    "AND due_at < '2026-03-21'",
    "SELECT count(*) FROM roots_rootcopy WHERE copied_at IS NULL",
    "SELECT count(*) FROM deadlines_recount WHERE state <> 'done'",
    "SELECT 3 - count(DISTINCT name) FROM deadlines_sweeprun WHERE name IN ('moves', 'breaches', 'warnings') "
    "AND finished_at IS NOT NULL AND started_at > '2026-03-30 12:00:00+00'",
)


def quiet(ground: Ground) -> None:
    """Wait until no letter, paper or question is under way, for a while at most."""
    until = time.monotonic() + PATIENCE / 6
    time.sleep(4.0)
    while any(ground.number(statement) for statement in UNDONE[:3]) and time.monotonic() < until:
        time.sleep(0.3)


def rest(ground: Ground, tend=lambda: None) -> None:
    """Wait until nothing is left to do, and tend what has died; what then still comes (a message again) is let come."""
    until = time.monotonic() + PATIENCE
    while any(ground.number(statement) for statement in UNDONE) and time.monotonic() < until:
        tend()
        time.sleep(0.3)
    time.sleep(3.0)
