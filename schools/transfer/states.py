from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class State(models.TextChoices):
    """The life of an application for transfer."""

    SUBMITTED = "submitted", _("submitted")
    NOT_TAKEN = "not_taken", _("not accepted")
    ADMITTED = "admitted", _("admitted to the school")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.SUBMITTED,)

STAGES = {
    State.SUBMITTED: Stage.IN_WORK,
    State.NOT_TAKEN: Stage.CLOSED,
    State.ADMITTED: Stage.DECIDED,
    State.REFUSED: Stage.DECIDED,
    State.WITHDRAWN: Stage.CLOSED,
}
