"""One bad row keeps no other waiting: the one edge at which a sweep outlives whatever went wrong with a row."""

import logging

from kazservices.faults import where

log = logging.getLogger(__name__)


def apart(job, *row):
    """What the job returns; None when it failed, which is logged without the row's data: it is tried again later."""
    try:
        return job(*row)
    except Exception as error:
        log.error("%s failed for one row: %s", job.__qualname__, where(error))  # the message itself may name a person
        return None
