from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class State(models.TextChoices):
    """The life of an application for a place at school."""

    SUBMITTED = "submitted", _("waits for its round")
    NOT_TAKEN = "not_taken", _("not accepted")
    SEATED = "seated", _("a seat is given, the notice is being signed")
    NO_SEAT = "no_seat", _("no seat is left, the refusal is being signed")
    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")
    LISTED = "listed", _("refused for want of seats, on the waiting list")
    OFFERED = "offered", _("a seat is offered")
    ACCEPTED = "accepted", _("the offer is accepted, the notice is being signed")
    ENROLLED = "enrolled", _("enrolled by order")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: Who holds a seat: given, offered, or promised by a round and not yet signed. Norm: GAP-06.
HOLDING = (State.SEATED, State.ADMITTED, State.OFFERED, State.ACCEPTED, State.ENROLLED)
#: A child has one such application to this service over all schools of the installation. Norm: GAP-06.
LIVE = (State.SUBMITTED, State.SEATED, State.NO_SEAT, State.ADMITTED, State.ACCEPTED, State.ENROLLED)
#: What the parent may still take back: after the order only a transfer is left.
OPEN = (
    State.SUBMITTED, State.SEATED, State.NO_SEAT, State.ADMITTED, State.LISTED, State.OFFERED, State.ACCEPTED,
)  # fmt: skip

STAGES = {
    State.SUBMITTED: Stage.RECEIVED,
    State.NOT_TAKEN: Stage.CLOSED,
    State.SEATED: Stage.IN_WORK,
    State.NO_SEAT: Stage.IN_WORK,
    State.ADMITTED: Stage.DECIDED,
    State.REFUSED: Stage.DECIDED,
    State.LISTED: Stage.DECIDED,
    State.OFFERED: Stage.IN_WORK,
    State.ACCEPTED: Stage.IN_WORK,
    State.ENROLLED: Stage.DECIDED,
    State.WITHDRAWN: Stage.CLOSED,
}
