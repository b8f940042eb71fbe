from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.application import Application
from kazservices.cases.models import Applicant, Execution
from kazservices.cases.permission import may
from kazservices.flow.mending import a_paper_can_be_corrected, corrected_facts, result_is_in_force
from kazservices.flow.taking import acceptance_refused
from kazservices.offices.roles import Party, Role
from schools.admission import conditions as law
from schools.admission import steps
from schools.admission.states import LIVE, OPEN, STAGES, State

from .areas import AreaEdition
from .order import EnrolmentOrder
from .pools import Pool
from .rounds import Round


class Kin(models.TextChoices):
    """Whether the register names the applicant as parent or guardian of the child."""

    CONFIRMED = "confirmed", _("confirmed by the state register")
    SILENT = "silent", _("not confirmed: the state register was silent")
    BY_PAPERS = "by_papers", _("by the documents shown at the counter")


class SchoolApplication(Application):
    """A request for a place at school: what the first class and the others have in common.

    submitted -> not_taken | refused | (by a queue or at once) admitted -> enrolled
    any state before the order -> withdrawn
    admitted | refused | listed -> submitted (the result withdrawn, or an upheld complaint)

    Norms: ADM-3, ADM-5, ADM-S8-R, ADM-S8-X.
    """

    stages = STAGES

    state = FSMField(default=State.SUBMITTED, choices=State.choices, protected=True)
    child = models.ForeignKey(Applicant, models.PROTECT, related_name="+")
    kin = models.CharField(max_length=10, choices=Kin.choices)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    #: The year of admission once more, so that the database can say «one live application a child and year».
    year = models.PositiveSmallIntegerField()
    #: The place in the queue: the day of the round, the instant of receipt; then the registration number. Norm: GAP-06.
    queue_day = models.DateField()
    received_at = models.DateTimeField()
    #: Lives in the service area, by the edition of the area that stood when it was filed.
    local = models.BooleanField()
    area = models.ForeignKey(AreaEdition, models.PROTECT, null=True, blank=True, related_name="+")
    on_border = models.BooleanField(default=False)
    side_because = models.CharField(max_length=500, blank=True)
    #: Consent of the representatives to show the conclusion of the commission. Norm: ADM-6.
    special_needs = models.BooleanField(default=False)
    #: Admitted under restrictions: the health documents follow once they are lifted. Norm: ADM-S8-X.
    health_due = models.BooleanField(default=False)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+")
    #: When a seat that was held became free again; for a lapsed offer the moment it was due. Norm: GAP-06.
    freed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_from = models.CharField(max_length=12, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    refusal_grounds = models.JSONField(default=list, blank=True)
    motive = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    contract_at = models.DateTimeField(null=True, blank=True)
    order = models.ForeignKey(EnrolmentOrder, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(blank=True)

    class Meta:
        abstract = True

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.NOT_TAKEN,
        conditions=[law.still_the_acceptance_day],
        permission=may(Party.SYSTEM, Role.CLERK),
    )
    def refuse_acceptance(self, *, by, at, missing, motive=""):
        """The package is incomplete or expired: a receipt says what. Norms: ADM-S8-R, LAW-19."""
        self.motive = motive
        acceptance_refused(self, missing, motive)

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.REFUSED,
        conditions=[law.round_is_open],
        permission=may(Role.HEAD),
    )
    def refuse(self, *, by, at, grounds, motive):
        """Grounds 1 and 2 are decided before the round and take no part in it. Norms: ADM-S5-4, ADM-S9-1, ADM-S9-2."""
        steps.refused(self, by, grounds=grounds, motive=motive)

    @transition(state, source=State.ADMITTED, target=None, conditions=[law.has_no_contract], permission=may(Role.HEAD))
    def conclude_contract(self, *, by, at):
        """The contract on education services with the parents or representatives. Norm: ADM-5."""
        self.contract_at = at

    @transition(
        state,
        source=State.ADMITTED,
        target=State.ENROLLED,
        conditions=[law.order_is_signed],
        permission=may(Party.SYSTEM),
    )
    def enrol(self, *, by, at):
        """Into the ranks of the pupils by the head's order alone. Norm: ADM-3."""

    @transition(
        state,
        source=[State.SUBMITTED, State.SEATED, State.ADMITTED, State.ENROLLED],
        target=None,
        conditions=[law.health_documents_lack, law.restrictions_are_over],
        permission=may(Party.SYSTEM),
    )
    def ask_health_documents(self, *, by, at):
        """The restrictions are lifted: the health documents are due now. Norm: ADM-S8-X."""

    @transition(
        state,
        source=[State.SUBMITTED, State.SEATED, State.ADMITTED, State.ENROLLED],
        target=None,
        conditions=[law.health_documents_lack],
        permission=may(Role.CLERK),
    )
    def take_health_documents(self, *, by, at):
        """The health documents were brought to the school directly. Norm: ADM-S8-X."""
        self.health_due = False

    @transition(state, source=list(OPEN), target=State.WITHDRAWN, permission=may(Party.APPLICANT))
    def withdraw(self, *, by, at):
        """The parent takes the application back, and may file elsewhere; a seat held is free. Norms: ADM-7, GAP-06."""
        steps.withdrawn(self, at)

    @transition(
        state,
        source=list(OPEN),
        target=State.WITHDRAWN,
        conditions=[law.came_on_paper],
        permission=may(Role.CLERK),
    )
    def record_withdrawal(self, *, by, at):
        """The parent who applied on paper takes the application back at the counter. Norms: ADM-7, GAP-06."""
        steps.withdrawn(self, at)

    @transition(
        state,
        source=[State.ADMITTED, State.REFUSED, State.LISTED],
        target=State.SUBMITTED,
        conditions=[law.no_other_live_application],
        permission=may(Party.SYSTEM),
    )
    def reopen(self, *, by, at, because, within=None, decision=""):
        """An upheld complaint brings the case back: it takes part in the next round by its place. Norm: LAW-5-2-9."""
        self.execution = Execution(within, decision)
        steps.reopened(self, at, because)

    @transition(
        state,
        source=[State.ADMITTED, State.REFUSED, State.LISTED],
        target=State.SUBMITTED,
        conditions=[result_is_in_force, law.no_order_names_the_child, law.no_other_live_application],
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY, Role.HEAD),
    )
    def withdraw_result(self, *, by, at, because):
        """The head and another official withdraw an unlawful answer; its seat is free for the list. Norm: LAW-5-2-9."""
        steps.reopened(self, at, because)

    @transition(
        state,
        source="*",
        target=None,
        conditions=[a_paper_can_be_corrected],
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY, Role.HEAD),
    )
    def correct(self, *, by, at, paper, wrong, right, reason):
        """A slip of the pen in an issued paper is put right by two people; no decision and no clock changes."""
        corrected_facts(self, paper=paper, wrong=wrong, right=right, reason=reason)


def school_constraints(service):
    """The law of a place, in the database, under a name that reads as the rule."""
    return [
        models.UniqueConstraint(
            name=f"{service}_one_live_application_a_child", fields=["child", "year"], condition=Q(state__in=LIVE)
        ),
        models.CheckConstraint(
            name=f"{service}_refused_has_ground_and_motive",
            condition=~Q(state__in=(State.REFUSED, State.LISTED)) | (~Q(refusal_grounds=[]) & ~Q(motive="")),
        ),
        models.CheckConstraint(
            name=f"{service}_decided_names_its_decider",
            condition=~Q(state__in=(State.ADMITTED, State.ENROLLED, State.REFUSED, State.LISTED))
            | Q(decided_by__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{service}_enrolled_names_its_order", condition=~Q(state=State.ENROLLED) | Q(order__isnull=False)
        ),
    ]
