from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class State(models.TextChoices):
    """The life of an application to a service that runs from its file."""

    SUBMITTED = "submitted", _("submitted")
    NOT_TAKEN = "not_taken", _("not accepted")
    IN_WORK = "in_work", _("in work")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    HANDED_OVER = "handed_over", _("handed over")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.SUBMITTED, State.IN_WORK)
DECIDED = (State.GRANTED, State.REFUSED, State.HANDED_OVER)

STAGES = {
    State.SUBMITTED: Stage.RECEIVED,
    State.NOT_TAKEN: Stage.CLOSED,
    State.IN_WORK: Stage.IN_WORK,
    State.GRANTED: Stage.DECIDED,
    State.REFUSED: Stage.DECIDED,
    State.HANDED_OVER: Stage.DECIDED,
    State.WITHDRAWN: Stage.CLOSED,
}
