"""Who comes after the period, where the standard wants a refusal to accept with a receipt rather than a closed door."""

from dataclasses import dataclass
from datetime import date, datetime

from calendars.arithmetic import OfficeTime
from calendars.windows import missed, windows_status
from kazservices.cases.models import Draft
from kazservices.passports import service as passports
from kazservices.passports.models import Edition

from .manifest import manifest_of

#: In a draft: the end of the period for which its owner holds a receipt already.
TOLD = "late"


@dataclass(frozen=True)
class Lateness:
    """The period that was missed, the next one, and the ground of the edition by which acceptance is refused."""

    ended_on: date
    opens_on: date | None
    ground: str

    @property
    def facts(self) -> dict:
        opens = self.opens_on and self.opens_on.isoformat()
        return {"ended_on": self.ended_on.isoformat(), "opens_on": opens, "ground": self.ground}


def lateness(edition: Edition, at: datetime, receives: OfficeTime, office=None) -> Lateness | None:
    """How an application of an instant is late; None: in time, too early, or the service only says that it is closed.

    ``receives``: the hours by which it is judged (ADM-C19).
    """
    submitted, accepted = receives.local(at), receives.accepts(at)
    periods = passports.windows(edition, day=submitted.date(), office=office)
    status = windows_status(periods, submitted, accepted, receives.days)
    if not periods or status.open:
        return None
    ended_on = missed(periods, submitted, accepted, receives.days)
    ground = manifest_of(edition.service_id).late(office, submitted.date()) if ended_on else ""
    return Lateness(ended_on, status.opens, ground) if ended_on and ground else None


def owed(draft: Draft, edition: Edition, at: datetime, receives: OfficeTime) -> Lateness | None:
    """How a draft is late, as long as its owner holds no receipt of the period that he missed: one is enough."""
    late = lateness(edition, at, receives, draft.office)
    return None if late is None or draft.data.get(TOLD) == late.ended_on.isoformat() else late
