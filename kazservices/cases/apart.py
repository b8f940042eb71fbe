"""One bad row keeps no other waiting: the one edge at which a sweep outlives whatever went wrong with a row."""

import logging

log = logging.getLogger(__name__)


def apart(job, *row):
    """What the job returns; None when it failed, which is logged without the row's data: it is tried again later."""
    try:
        return job(*row)
    except Exception:
        log.exception("%s failed for one row", job.__qualname__)
        return None
