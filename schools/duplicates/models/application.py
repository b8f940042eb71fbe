from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, FSMField, transition

from kazservices.cases.application import Application
from kazservices.cases.models import CaseParty, Channel, Execution
from kazservices.cases.permission import at as held_at
from kazservices.cases.permission import may
from kazservices.flow import taking
from kazservices.flow.mending import a_paper_can_be_corrected, result_is_in_force
from kazservices.offices.models import Office
from kazservices.offices.roles import Party, Role
from schools.duplicates import conditions as law
from schools.duplicates import steps
from schools.duplicates.states import OPEN, STAGES, State

from .blanks import Document
from .handing import Received, received_constraints

CORPORATION_CLERK = held_at(CaseParty.Part.STATE_CORPORATION, Role.CLERK)


class PickUp(models.TextChoices):
    """Where the duplicate is handed over. Norms: DUP-26-3, DUP-S5-3."""

    SCHOOL = "school", _("at the school")
    STATE_CORPORATION = "state_corporation", _("at the State Corporation")


class DuplicateApplication(Application, Received):
    """An application for a duplicate of a school's education document.

    submitted -> not_taken | registered (by the State Corporation: submitted -> delivered -> registered)
    registered <-> written_out -> prepared -> offered | refused -> handed_over
    prepared -> dispatched -> with_corporation -> handed_over | month_over -> returned
    returned -> handed_over | asked_again -> sent_again -> with_corporation
    open states -> withdrawn; handed_over -> offered (a corrected duplicate is exchanged)
    offered | refused | with_corporation | returned | handed_over -> registered (the result withdrawn, or a complaint)

    Norms: DUP-7-1 to DUP-32.
    """

    service_code = "duplicates"
    stages = STAGES

    class Outcome(models.TextChoices):
        DUPLICATE = "duplicate", _("duplicate")
        REFUSAL = "refusal", _("reasoned refusal")

    state = FSMField(default=State.SUBMITTED, choices=State.choices, protected=True)
    document = models.CharField(max_length=10, choices=Document.choices)
    graduated_in = models.PositiveSmallIntegerField()
    pick_up = models.CharField(max_length=18, choices=PickUp.choices)
    #: The office that took it in or will hand it over; empty where the State Corporation has no part.
    corporation = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    #: How long the person waited and was served at its counter, as it says. Norms: DUP-S3-2, DUP-S3-3.
    waited_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    served_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    register_number = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    refusal_grounds = models.JSONField(default=list, blank=True)
    motive = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    #: The damaged or outdated original has been given back to the school. Norm: DUP-7-2.
    original_taken = models.BooleanField(default=False)
    stored_since = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(blank=True)

    class Meta:
        verbose_name = _("application for a duplicate")
        verbose_name_plural = _("applications for duplicates")
        constraints = [
            models.CheckConstraint(
                name="duplicates_corporation_is_named_where_it_hands_over",
                condition=Q(pick_up="school") | Q(corporation__isnull=False),
            ),
            models.CheckConstraint(
                name="duplicates_refused_has_ground_and_motive",
                condition=~Q(outcome="refusal")
                | (~Q(refusal_grounds=[]) & ~Q(motive="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="duplicates_issued_is_in_the_register",
                condition=~Q(outcome="duplicate") | (~Q(register_number="") & Q(decided_by__isnull=False)),
            ),
            *received_constraints("duplicates", State.HANDED_OVER, notarised=True),
        ]

    @property
    def came_by_corporation(self) -> bool:
        return self.channel == Channel.STATE_CORPORATION

    @property
    def goes_to_corporation(self) -> bool:
        return self.pick_up == PickUp.STATE_CORPORATION

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.DELIVERED,
        conditions=[law.came_by_corporation],
        permission=may(Party.SYSTEM, Role.CLERK),
    )
    def deliver(self, *, by, at, register):
        """It lies at the school, by the countersigned register of the State Corporation. Norms: DUP-22, DUP-25."""
        self.arrived_at = at

    @transition(
        state,
        source=[State.SUBMITTED, State.DELIVERED],
        target=State.REGISTERED,
        conditions=[law.papers_have_arrived, law.office_has_opened],
        permission=may(Party.SYSTEM, Role.CLERK),
    )
    def register(self, *, by, at):
        """Registered on the day on which it came; after hours on the next working day. Norms: DUP-21, DUP-25."""

    @transition(
        state,
        source=State.REGISTERED,
        target=None,
        conditions=[law.goes_to_corporation],
        permission=may(Party.SYSTEM),
    )
    def route_to_corporation(self, *, by, at):
        """The State Corporation hands it over: it must be there a day before the end. Norms: DUP-26-2, DUP-27."""

    @transition(
        state,
        source=[State.SUBMITTED, State.DELIVERED, State.REGISTERED],
        target=State.NOT_TAKEN,
        conditions=[law.still_the_acceptance_day],
        permission=may(Party.SYSTEM, Role.CLERK, CORPORATION_CLERK),
    )
    def refuse_acceptance(self, *, by, at, missing, motive=""):
        """The package is incomplete or expired: a receipt says what. Norms: DUP-20, DUP-S9."""
        taking.acceptance_refused(self, missing, motive)
        self.motive = motive

    @transition(
        state,
        source=State.REGISTERED,
        target=State.WRITTEN_OUT,
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY),
    )
    def write_out(self, *, by, at, blank):
        """A blank is put aside and the next number of the register of duplicates is taken. Norms: DUP-10, DUP-12."""
        steps.written_out(self, at, blank=blank)

    @transition(
        state,
        source=State.WRITTEN_OUT,
        target=State.REGISTERED,
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY),
    )
    def spoil_blank(self, *, by, at, reason):
        """The blank was spoilt in writing: it stays in the book, another is taken. Norm: DUP-10."""
        steps.blank_spoilt(self, by, at, reason=reason)

    @transition(
        state,
        source=State.WRITTEN_OUT,
        target=State.PREPARED,
        conditions=[law.blank_is_in_force],
        permission=may(Role.HEAD, Role.ACADEMIC_DEPUTY),
    )
    def issue_duplicate(self, *, by, at):
        """Decided and signed by the head and his deputy for academic affairs. Norms: DUP-10, DUP-12, DUP-28."""
        steps.issued(self, by, at)

    @transition(
        state,
        source=[State.REGISTERED, State.WRITTEN_OUT],
        target=State.PREPARED,
        permission=may(Role.HEAD),
    )
    def refuse(self, *, by, at, grounds, motive):
        """A ground of the Law stands: a reasoned answer. Norms: DUP-26-1, LAW-19-1-1."""
        steps.refused(self, by, grounds=grounds, motive=motive)

    @transition(
        state,
        source=State.PREPARED,
        target=GET_STATE(steps.where_offered, states=[State.OFFERED, State.REFUSED]),
        conditions=[law.stays_at_school],
        permission=may(Party.SYSTEM),
    )
    def offer(self, *, by, at):
        """Ready, and told so with the place: the term is met whether or not anybody comes. Norms: DUP-26-3, GAP-37."""

    @transition(
        state,
        source=State.PREPARED,
        target=State.DISPATCHED,
        conditions=[law.goes_to_corporation],
        permission=may(Role.CLERK),
    )
    def dispatch(self, *, by, at, register):
        """Sent to the State Corporation by a register. Norms: DUP-26-2, DUP-27."""

    @transition(
        state,
        source=State.ASKED_AGAIN,
        target=State.SENT_AGAIN,
        permission=may(Role.CLERK),
    )
    def send_again(self, *, by, at, register):
        """Sent once more, within a working day of the request. Norms: DUP-30, DUP-S5-4."""

    @transition(
        state,
        source=[State.DISPATCHED, State.SENT_AGAIN],
        target=State.WITH_CORPORATION,
        permission=may(Party.SYSTEM, CORPORATION_CLERK),
    )
    def arrive(self, *, by, at, register):
        """Countersigned by the State Corporation: ready and offered there, the month begins. Norms: GAP-37, DUP-30."""
        self.stored_since = at

    @transition(
        state,
        source=[State.OFFERED, State.RETURNED],
        target=State.HANDED_OVER,
        permission=may(Role.CLERK),
    )
    def hand_over(self, *, by, at, original_given=False, **received):
        """At the school, to the person or by a notarised power of attorney. Norms: DUP-28, DUP-S5-2."""
        steps.handed_over(self, at, original_given=original_given, **received)

    @transition(
        state,
        source=[State.WITH_CORPORATION, State.MONTH_OVER],
        target=State.HANDED_OVER,
        permission=may(Party.SYSTEM, CORPORATION_CLERK),
    )
    def hand_over_there(self, *, by, at, original_given=False, **received):
        """At the State Corporation, on the receipt and against an identity document. Norms: DUP-29, DUP-S5-2."""
        steps.handed_over(self, at, original_given=original_given, **received)

    @transition(
        state,
        source=State.WITH_CORPORATION,
        target=State.MONTH_OVER,
        conditions=[law.month_is_over],
        permission=may(Party.SYSTEM),
    )
    def end_storage(self, *, by, at):
        """Nobody came within a month: it goes back to the provider for further storage. Norm: DUP-30."""

    @transition(
        state,
        source=State.MONTH_OVER,
        target=State.RETURNED,
        permission=may(Party.SYSTEM, Role.CLERK),
    )
    def give_back(self, *, by, at, register):
        """It lies at the school again, by the countersigned register of returns. Norm: DUP-30."""

    @transition(
        state,
        source=State.RETURNED,
        target=State.ASKED_AGAIN,
        permission=may(Party.SYSTEM, CORPORATION_CLERK),
    )
    def ask_again(self, *, by, at):
        """The person came after the month: the State Corporation asks for it. Norms: DUP-30, DUP-S5-4."""

    @transition(state, source=list(OPEN), target=State.WITHDRAWN, permission=may(Party.APPLICANT))
    def withdraw(self, *, by, at):
        """The applicant takes the application back; a blank put aside for it returns to stock."""
        steps.blank_given_back(self)

    @transition(
        state,
        source=[State.OFFERED, State.REFUSED, State.WITH_CORPORATION, State.RETURNED],
        target=State.REGISTERED,
        permission=may(Party.SYSTEM),
    )
    def reopen(self, *, by, at, because, within=None, decision=""):
        """An upheld complaint withdraws the result and brings the case back with its terms. Norm: LAW-5-2-9."""
        self.execution = Execution(within, decision)
        steps.reopened(self, because)

    @transition(
        state,
        source=[State.OFFERED, State.REFUSED, State.WITH_CORPORATION, State.RETURNED, State.HANDED_OVER],
        target=State.REGISTERED,
        conditions=[result_is_in_force],
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY, Role.HEAD),
    )
    def withdraw_result(self, *, by, at, because):
        """Those who sign a duplicate withdraw an unlawful result; its blank and its entry fall. Norm: LAW-5-2-9."""
        steps.result_withdrawn(self, by, at, because)

    @transition(
        state,
        source=[State.PREPARED, State.OFFERED, State.REFUSED, State.RETURNED, State.HANDED_OVER],
        target=GET_STATE(
            steps.where_corrected,
            states=[State.PREPARED, State.OFFERED, State.REFUSED, State.RETURNED, State.HANDED_OVER],
        ),
        conditions=[a_paper_can_be_corrected],
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY, Role.HEAD),
    )
    def correct(self, *, by, at, paper, wrong, right, reason, blank=None):
        """A slip of the pen in what lies at the school, or was handed over, is put right by those who sign it."""
        steps.corrected(self, by, at, paper=paper, wrong=wrong, right=right, reason=reason, blank=blank)
