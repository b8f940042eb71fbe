from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.application import Application
from kazservices.cases.models import CaseQuerySet, Execution
from kazservices.cases.permission import may
from kazservices.flow import taking
from kazservices.flow.mending import a_paper_can_be_corrected, result_is_in_force
from kazservices.offices.roles import Party, Role
from kazservices.simple import conditions as law
from kazservices.simple import flows, steps
from kazservices.simple.permission import may_with_both, may_with_decider
from kazservices.simple.states import OPEN, STAGES, State


class SimpleManager(models.Manager.from_queryset(CaseQuerySet)):
    """The cases of every service that runs from its file: filtering on the parent's own column keeps lists fast."""

    def get_queryset(self):
        return super().get_queryset().filter(service__in=flows.codes())


class SimpleCase(Application):
    """An application to a service that is only accept, register, decide, hand over.

    submitted -> not_taken | in_work; in_work -> granted | refused; granted -> handed_over
    submitted | in_work -> withdrawn; granted | refused | handed_over -> in_work (the result withdrawn, reopened)

    Which service it is, who decides, which clocks run and what the papers say stands in the passport file of its
    edition. Norms: GAP-20, GAP-37, LAW-19, LAW-19-1-1.
    """

    stages = STAGES

    state = FSMField(default=State.SUBMITTED, choices=State.choices, protected=True)
    refusal_grounds = models.JSONField(default=list, blank=True)
    motive = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    #: The paper was collected at the counter: by whom, as the clerk wrote it down, and when.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_to = models.CharField(max_length=200, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(blank=True)

    objects = SimpleManager()

    class Meta:
        verbose_name = _("application to a service that runs from its file")
        verbose_name_plural = _("applications to services that run from their files")
        constraints = [
            models.CheckConstraint(
                name="simple_granted_names_its_decider",
                condition=~Q(state__in=(State.GRANTED, State.HANDED_OVER)) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="simple_refused_has_ground_and_motive",
                condition=~Q(state=State.REFUSED)
                | (~Q(refusal_grounds=[]) & ~Q(motive="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="simple_handed_over_has_its_moment",
                condition=Q(handed_over_at=None, handed_over_to="")
                | (Q(handed_over_at__isnull=False) & ~Q(handed_over_to="")),
            ),
            models.CheckConstraint(
                name="simple_state_of_hand_over_has_its_moment",
                condition=~Q(state=State.HANDED_OVER) | Q(handed_over_at__isnull=False),
            ),
        ]

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.IN_WORK,
        conditions=[law.office_has_opened],
        permission=may(Party.SYSTEM, Role.CLERK, Role.SECRETARY),
    )
    def put_to_work(self, *, by, at):
        """Registered, and handed to the decider on the day the documents arrived. Norm: CLK-0."""

    @transition(
        state,
        source=[State.SUBMITTED, State.IN_WORK],
        target=State.NOT_TAKEN,
        conditions=[law.still_the_acceptance_day],
        permission=may(Party.SYSTEM, Role.CLERK, Role.SECRETARY),
    )
    def refuse_acceptance(self, *, by, at, missing, motive=""):
        """The package is incomplete, expired or not what it claims to be: a receipt says what. Norm: LAW-19."""
        taking.acceptance_refused(self, missing, motive)
        self.motive = motive

    @transition(state, source=State.IN_WORK, target=State.GRANTED, permission=may_with_decider())
    def grant(self, *, by, at, motive=""):
        """The result is signed: ready and offered with this very moment. Norm: GAP-37."""
        steps.granted(self, by, motive)

    @transition(state, source=State.IN_WORK, target=State.REFUSED, permission=may_with_decider())
    def refuse(self, *, by, at, grounds, motive):
        """A reasoned answer, on a ground of the closed list. Norms: LAW-5-1-2, LAW-19-1-1."""
        steps.refused(self, by, grounds, motive)

    @transition(
        state,
        source=State.REFUSED,
        target=State.REFUSED,
        conditions=[law.is_handed_over_on_paper, law.is_not_handed_over_yet],
        permission=may(Role.CLERK, Role.SECRETARY),
    )
    @transition(
        state,
        source=State.GRANTED,
        target=State.HANDED_OVER,
        conditions=[law.is_handed_over_on_paper, law.is_not_handed_over_yet],
        permission=may(Role.CLERK, Role.SECRETARY),
    )
    def hand_over(self, *, by, at, collected_by):
        """Collected at the counter: recorded, and no clock of ours ends with it. Norm: GAP-37."""
        steps.handed_over(self, at, collected_by)

    @transition(state, source=list(OPEN), target=State.WITHDRAWN, permission=may(Party.APPLICANT))
    def withdraw(self, *, by, at):
        """The applicant takes the application back; running clocks are cancelled."""

    @transition(
        state,
        source=[State.GRANTED, State.REFUSED, State.HANDED_OVER],
        target=State.IN_WORK,
        permission=may(Party.SYSTEM),
    )
    def reopen(self, *, by, at, because, within=None, decision=""):
        """An upheld complaint withdraws the result and brings the case back, with its own clocks. Norm: LAW-5-2-9."""
        self.execution = Execution(within, decision)
        steps.reopened(self, at, because)

    @transition(
        state,
        source=[State.GRANTED, State.REFUSED, State.HANDED_OVER],
        target=State.IN_WORK,
        conditions=[result_is_in_force],
        permission=may_with_both(Role.HEAD, Role.CLERK),
    )
    def withdraw_result(self, *, by, at, because):
        """The head and another official withdraw an unlawful result; the case is considered anew. Norm: LAW-5-2-9."""
        steps.reopened(self, at, because)

    @transition(
        state,
        source="*",
        target=None,
        conditions=[a_paper_can_be_corrected],
        permission=may_with_both(Role.CLERK, Role.SECRETARY),
    )
    def correct(self, *, by, at, paper, wrong, right, reason):
        """A slip of the pen in an issued paper is put right by two people; no decision and no clock changes."""
        steps.corrected(self, paper=paper, wrong=wrong, right=right, reason=reason)
