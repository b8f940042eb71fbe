from django.db import models
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Stage


class CampaignState(models.TextChoices):
    """The life of a school's contest of one year."""

    PLANNED = "planned", _("planned")
    INTAKE = "intake", _("documents are taken in")
    REGISTER_SENT = "register_sent", _("register handed over")
    SCHEDULED = "scheduled", _("schedule published")
    FIRST_ROUND_HELD = "first_round_held", _("first round held")
    HELD = "held", _("contest held")
    PUBLISHED = "published", _("results published")
    ENROLMENT_ORDERED = "enrolment_ordered", _("enrolment ordered")
    ORDERED = "ordered", _("both orders made")
    CLOSED = "closed", _("closed")


CAMPAIGN_STAGES = {
    CampaignState.PLANNED: Stage.RECEIVED,
    CampaignState.INTAKE: Stage.IN_WORK,
    CampaignState.REGISTER_SENT: Stage.IN_WORK,
    CampaignState.SCHEDULED: Stage.IN_WORK,
    CampaignState.FIRST_ROUND_HELD: Stage.IN_WORK,
    CampaignState.HELD: Stage.IN_WORK,
    CampaignState.PUBLISHED: Stage.IN_WORK,
    CampaignState.ENROLMENT_ORDERED: Stage.IN_WORK,
    CampaignState.ORDERED: Stage.DECIDED,
    CampaignState.CLOSED: Stage.CLOSED,
}
#: The results stand before the public.
RESULTS_OUT = (
    CampaignState.PUBLISHED,
    CampaignState.ENROLMENT_ORDERED,
    CampaignState.ORDERED,
    CampaignState.CLOSED,
)
ENROLLING = (CampaignState.ENROLMENT_ORDERED, CampaignState.ORDERED, CampaignState.CLOSED)
BEFORE_THE_CONTEST = (
    CampaignState.PLANNED,
    CampaignState.INTAKE,
    CampaignState.REGISTER_SENT,
    CampaignState.SCHEDULED,
)
RUNNING = tuple(state for state in CampaignState if state is not CampaignState.CLOSED)


class State(models.TextChoices):
    """The life of an application to take part in the contest."""

    SUBMITTED = "submitted", _("submitted")
    NOT_TAKEN = "not_taken", _("not accepted")
    CANDIDATE = "candidate", _("candidate")
    INVITED = "invited", _("invited to the test")
    RESULT_KNOWN = "result_known", _("result known")
    ENROLLED = "enrolled", _("enrolled")
    IN_RESERVE = "in_reserve", _("in the reserve")
    NOT_SELECTED = "not_selected", _("not selected")
    DECLINED = "declined", _("place given up")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.SUBMITTED, State.CANDIDATE, State.INVITED, State.RESULT_KNOWN)
#: In the register of candidates.
REGISTERED = (State.CANDIDATE, State.INVITED, State.RESULT_KNOWN)
#: Whoever stands here takes part, or has: one application a child.
LIVE = (*OPEN, State.ENROLLED, State.IN_RESERVE, State.NOT_SELECTED)

STAGES = {
    State.SUBMITTED: Stage.RECEIVED,
    State.NOT_TAKEN: Stage.CLOSED,
    State.CANDIDATE: Stage.IN_WORK,
    State.INVITED: Stage.IN_WORK,
    State.RESULT_KNOWN: Stage.IN_WORK,
    State.ENROLLED: Stage.DECIDED,
    State.IN_RESERVE: Stage.DECIDED,
    State.NOT_SELECTED: Stage.DECIDED,
    State.DECLINED: Stage.CLOSED,
    State.WITHDRAWN: Stage.CLOSED,
}
