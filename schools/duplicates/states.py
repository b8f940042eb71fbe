from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class State(models.TextChoices):
    """The life of an application for a duplicate."""

    SUBMITTED = "submitted", _("submitted")
    NOT_TAKEN = "not_taken", _("not accepted")
    DELIVERED = "delivered", _("handed in at the school")
    REGISTERED = "registered", _("registered, in work")
    WRITTEN_OUT = "written_out", _("blank chosen")
    PREPARED = "prepared", _("prepared, to be sent to the State Corporation")
    DISPATCHED = "dispatched", _("on the way to the State Corporation")
    OFFERED = "offered", _("ready at the school")
    WITH_CORPORATION = "with_corporation", _("ready at the State Corporation")
    MONTH_OVER = "month_over", _("not collected within a month, to be returned")
    RETURNED = "returned", _("returned to the school")
    ASKED_AGAIN = "asked_again", _("asked for again by the State Corporation")
    SENT_AGAIN = "sent_again", _("on the way to the State Corporation again")
    HANDED_OVER = "handed_over", _("handed over")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: Until the result is ready the applicant may still take the application back.
OPEN = (State.SUBMITTED, State.DELIVERED, State.REGISTERED, State.WRITTEN_OUT)
#: The result is ready and offered, whether or not anybody has come for it. Norm: GAP-37.
READY = (
    State.OFFERED,
    State.WITH_CORPORATION,
    State.MONTH_OVER,
    State.RETURNED,
    State.ASKED_AGAIN,
    State.SENT_AGAIN,
    State.HANDED_OVER,
    State.REFUSED,
)

STAGES = {
    State.SUBMITTED: Stage.RECEIVED,
    State.NOT_TAKEN: Stage.CLOSED,
    State.DELIVERED: Stage.RECEIVED,
    State.REGISTERED: Stage.IN_WORK,
    State.WRITTEN_OUT: Stage.IN_WORK,
    State.PREPARED: Stage.IN_WORK,
    State.DISPATCHED: Stage.IN_WORK,
    **dict.fromkeys(READY, Stage.DECIDED),
    State.WITHDRAWN: Stage.CLOSED,
}


class OriginalState(models.TextChoices):
    """The life of an original: from the commission's decision to the graduate's hands."""

    DECIDED = "decided", _("to be handed over")
    HANDED_OVER = "handed_over", _("handed over")
    CANCELLED = "cancelled", _("struck off the register")


ORIGINAL_STAGES = {
    OriginalState.DECIDED: Stage.IN_WORK,
    OriginalState.HANDED_OVER: Stage.DECIDED,
    OriginalState.CANCELLED: Stage.CLOSED,
}
