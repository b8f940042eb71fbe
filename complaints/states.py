from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class State(models.TextChoices):
    """The life of a complaint, at the provider and at the body that considers it."""

    RECEIVED = "received", _("received, not registered yet")
    REGISTERED = "registered", _("registered at the provider")
    GRANTED = "granted", _("all demands granted by the provider")
    FORWARDED = "forwarded", _("sent on to the body that considers it")
    CONSIDERED = "considered", _("under consideration")
    EXTENDED = "extended", _("under consideration, the term is extended")
    SATISFIED = "satisfied", _("satisfied")
    PARTLY = "partly", _("satisfied in part")
    REFUSED = "refused", _("satisfaction refused")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: At the provider, before it goes either way.
AT_THE_PROVIDER = (State.RECEIVED, State.REGISTERED)
#: At the body that considers it, before its decision.
AT_THE_BODY = (State.CONSIDERED, State.EXTENDED)
DECIDED = (State.SATISFIED, State.PARTLY, State.REFUSED)
#: Somebody still owes an answer.
OPEN = (*AT_THE_PROVIDER, State.FORWARDED, *AT_THE_BODY, *DECIDED)

STAGES = {
    State.RECEIVED: Stage.RECEIVED,
    State.REGISTERED: Stage.IN_WORK,
    State.GRANTED: Stage.DECIDED,
    State.FORWARDED: Stage.IN_WORK,
    State.CONSIDERED: Stage.IN_WORK,
    State.EXTENDED: Stage.IN_WORK,
    State.SATISFIED: Stage.DECIDED,
    State.PARTLY: Stage.DECIDED,
    State.REFUSED: Stage.DECIDED,
    State.ANSWERED: Stage.DECIDED,
    State.WITHDRAWN: Stage.CLOSED,
}


class Outcome(models.TextChoices):
    """How the body that considered a complaint has answered it."""

    SATISFIED = "satisfied", _("satisfied")
    PARTLY = "partly", _("satisfied in part")
    REFUSED = "refused", _("satisfaction refused")


UPHELD = (Outcome.SATISFIED, Outcome.PARTLY)
