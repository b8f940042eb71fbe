from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class State(models.TextChoices):
    """The life of an application to the conscription commission."""

    SUBMITTED = "submitted", _("submitted")
    NOT_TAKEN = "not_taken", _("not accepted")
    WITH_CHAIR = "with_chair", _("with the chair")
    WITH_MEMBERS = "with_members", _("with the members")
    OPINIONS_IN = "opinions_in", _("opinions are in")
    HEARING_CALLED = "hearing_called", _("invited to a hearing")
    HEARD = "heard", _("heard")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (
    State.SUBMITTED,
    State.WITH_CHAIR,
    State.WITH_MEMBERS,
    State.OPINIONS_IN,
    State.HEARING_CALLED,
    State.HEARD,
)

STAGES = {
    State.SUBMITTED: Stage.RECEIVED,
    State.NOT_TAKEN: Stage.CLOSED,
    State.WITH_CHAIR: Stage.IN_WORK,
    State.WITH_MEMBERS: Stage.IN_WORK,
    State.OPINIONS_IN: Stage.IN_WORK,
    State.HEARING_CALLED: Stage.IN_WORK,
    State.HEARD: Stage.IN_WORK,
    State.GRANTED: Stage.DECIDED,
    State.REFUSED: Stage.DECIDED,
    State.WITHDRAWN: Stage.CLOSED,
}
