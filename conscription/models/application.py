from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from conscription import conditions as law
from conscription import hearing_steps, steps
from conscription.states import OPEN, STAGES, State
from kazservices.cases.application import Application
from kazservices.cases.models import Execution
from kazservices.cases.permission import may
from kazservices.flow.taking import acceptance_refused
from kazservices.offices.roles import Party, Role


def decision_constraints(service):
    """The law of a decision, in the database, under a name that reads as the rule."""
    return [
        models.CheckConstraint(
            name=f"{service}_granted_names_its_decider",
            condition=~Q(state=State.GRANTED) | Q(decided_by__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{service}_refused_has_ground_and_motive",
            condition=~Q(state=State.REFUSED) | (~Q(refusal_grounds=[]) & ~Q(motive="") & Q(decided_by__isnull=False)),
        ),
        models.CheckConstraint(
            name=f"{service}_head_permits_with_a_reason",
            condition=Q(permitted_by=None) | ~Q(permitted_because=""),
        ),
        models.CheckConstraint(
            name=f"{service}_two_persons_for_a_permitted_hearing",
            condition=~Q(state=State.REFUSED) | Q(permitted_by=None) | ~Q(permitted_by=models.F("decided_by")),
        ),
    ]


class ConscriptionApplication(Application):
    """A request to the conscription commission.

    submitted -> not_taken | with_chair -> with_members -> opinions_in
    opinions_in -> granted | hearing_called -> heard -> granted | refused
    heard -> hearing_called (nobody came, and the day became a day off before the decision)
    any open state -> withdrawn; granted | refused -> opinions_in (the result withdrawn, the case reopened)

    Norms: CONS-8, CONS-10-1 to CONS-10-8, LAW-19.
    """

    stages = STAGES

    state = FSMField(default=State.SUBMITTED, choices=State.choices, protected=True)
    valid_until = models.DateField(null=True, blank=True)
    refusal_grounds = models.JSONField(default=list, blank=True)
    motive = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    permitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    permitted_because = models.TextField(blank=True)
    #: What was lacking when the head allowed a hearing: "late", "quorum", or both.
    permitted_for = models.JSONField(default=list, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(blank=True)

    class Meta:
        abstract = True

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.WITH_CHAIR,
        conditions=[law.office_has_opened],
        permission=may(Party.SYSTEM, Role.CLERK, Role.SECRETARY),
    )
    def hand_over(self, *, by, at):
        """Handed to the chair on the day the documents arrived. Norm: CONS-10-1."""

    @transition(
        state,
        source=[State.SUBMITTED, State.WITH_CHAIR],
        target=State.NOT_TAKEN,
        conditions=[law.still_the_acceptance_day],
        permission=may(Party.SYSTEM, Role.CLERK, Role.SECRETARY),
    )
    def refuse_acceptance(self, *, by, at, missing, motive=""):
        """The package is incomplete, expired or not what it claims to be: a receipt says what. Norm: LAW-19."""
        self.motive = motive
        acceptance_refused(self, missing, motive)

    @transition(state, source=State.WITH_CHAIR, target=State.WITH_MEMBERS, permission=may(Role.CHAIR))
    def send_to_members(self, *, by, at):
        """The chair sends the application and its copies to the members. Norm: CONS-10-2."""

    @transition(
        state,
        source=State.WITH_MEMBERS,
        target=None,
        conditions=[law.round_still_runs],
        permission=may(Role.MEMBER),
    )
    def give_opinion(self, *, by, at, decision, ground="", motive=""):
        """A member approves, or would refuse on a ground with a motive. Norm: CONS-10-3."""
        steps.opinion(self, by, at, decision=decision, ground=ground, motive=motive, after_hearing=False)

    @transition(
        state,
        source=State.WITH_MEMBERS,
        target=State.OPINIONS_IN,
        conditions=[law.opinions_complete_or_round_over],
        permission=may(Party.SYSTEM, Role.CHAIR),
    )
    def close_opinions(self, *, by, at):
        """All opinions are in, or the round's clock has ended. Norm: CONS-10-3."""

    @transition(
        state,
        source=[State.OPINIONS_IN, State.HEARING_CALLED, State.HEARD],
        target=State.GRANTED,
        conditions=[law.age_is_proved],
        permission=may(Role.CHAIR),
    )
    def grant(self, *, by, at, motive="", valid_until=None):
        """The commission's conclusion. Open on every day, heard or not. Norms: CONS-10-4, CONS-S5."""
        steps.granted(self, by, motive=motive, valid_until=valid_until)

    @transition(state, source=State.OPINIONS_IN, target=None, permission=may(Role.HEAD))
    def permit_hearing(self, *, by, at, reason):
        """The head allows a late notice, or a hearing without a quorum, in writing. Norms: CONS-10-8, GAP-13."""
        hearing_steps.permitted(self, by, reason)

    @transition(
        state,
        source=State.OPINIONS_IN,
        target=State.HEARING_CALLED,
        conditions=[law.notice_in_time_or_permitted, law.quorum_or_permitted],
        permission=may(Role.CHAIR),
    )
    def call_hearing(self, *, by, at, grounds, motive, held_at, place, way, rests_on=()):
        """Preliminary decision and notice of the hearing, served together. Norms: CONS-10-5, CONS-10-6."""
        hearing_steps.called(
            self, by, at, grounds=grounds, motive=motive, held_at=held_at, place=place, way=way,
            rests_on=rests_on,
        )  # fmt: skip

    @transition(
        state, source=State.HEARING_CALLED, target=State.HEARING_CALLED, permission=may(Role.CHAIR, Role.SECRETARY)
    )
    def postpone_hearing(self, *, by, at, held_at, place, way, reason, asked_by="body"):
        """Once, on a reasoned request; or called anew when its day has become a day off. Norm: GAP-35."""
        hearing_steps.postponed(self, by, at, held_at=held_at, place=place, way=way, reason=reason, asked_by=asked_by)

    @transition(
        state,
        source=[State.HEARING_CALLED, State.HEARD],
        target=State.HEARING_CALLED,
        conditions=[law.hearing_day_is_off, law.hearing_was_not_held],
        permission=may(Party.SYSTEM),
    )
    def reappoint(self, *, by, at, held_at, revision, acts=()):
        """Set anew with the revision that makes its day a day off, also when an absence was recorded. Norm: GAP-35."""
        hearing_steps.reappointed(self, at, held_at=held_at, revision=revision, acts=acts)

    @transition(state, source=State.HEARING_CALLED, target=None, permission=may(Party.APPLICANT))
    def ask_postponement(self, *, by, at, wish, wished_at=None):
        """The applicant asks for another time; the body's terms run on. Norm: GAP-35."""
        hearing_steps.wished(self, wish=wish, wished_at=wished_at)

    @transition(state, source=[State.HEARING_CALLED, State.HEARD], target=None, permission=may(Party.APPLICANT))
    def give_position(self, *, by, at, position, instead_of_coming=False):
        """The applicant states his position on the preliminary decision. Norms: CONS-10-5, GAP-35."""
        hearing_steps.position_given(self, at, position=position, instead_of_coming=instead_of_coming)

    @transition(
        state,
        source=State.HEARING_CALLED,
        target=State.HEARD,
        conditions=[law.hearing_has_begun],
        permission=may(Role.SECRETARY, Role.CHAIR),
    )
    def record_hearing(self, *, by, at, **record):
        """The hearing was held and its record is signed. Norms: CONS-10-7, GAP-35."""
        hearing_steps.recorded(self, at, record)

    @transition(
        state,
        source=State.HEARING_CALLED,
        target=None,
        conditions=[law.wish_is_open, law.hearing_has_not_begun],
        permission=may(Role.CHAIR, Role.SECRETARY),
    )
    def decline_wish(self, *, by, at, reason):
        """The applicant's wish for another time is declined with a reason, while he can still come. Norm: GAP-35."""
        hearing_steps.wish_declined(self, reason)

    @transition(
        state,
        source=State.HEARING_CALLED,
        target=State.HEARD,
        conditions=[law.hearing_has_begun, law.hearing_day_is_working, law.notice_was_served, law.no_wish_unanswered],
        permission=may(Role.SECRETARY, Role.CHAIR),
    )
    def record_no_show(self, *, by, at, note):
        """The applicant did not come, though the notice was served. Norm: GAP-35."""
        hearing_steps.no_show_recorded(self, note)

    @transition(
        state,
        source=State.HEARING_CALLED,
        target=State.HEARD,
        conditions=[law.position_replaces_attendance],
        permission=may(Role.SECRETARY, Role.CHAIR),
    )
    def record_position(self, *, by, at):
        """The written position stands in place of attendance. Norm: GAP-35."""
        hearing_steps.position_recorded(self)

    @transition(state, source=State.HEARD, target=None, permission=may(Role.MEMBER))
    def revise_opinion(self, *, by, at, decision, ground="", motive=""):
        """Having read the record, a member may change his opinion until the chair decides. Norm: GAP-13."""
        steps.opinion(self, by, at, decision=decision, ground=ground, motive=motive, after_hearing=True)

    @transition(
        state,
        source=State.HEARD,
        target=State.REFUSED,
        conditions=[
            law.heard_or_absent_with_proof,
            law.objection_time_over,
            law.third_day_after_service,
            law.quorum_has_spoken,
        ],
        permission=may(Role.CHAIR),
    )
    def refuse(self, *, by, at, grounds, motive, chair_motive=""):
        """A ground is proved, and the citizen has been heard. Norms: CONS-10-4, CONS-10-5, LAW-19-1-1."""
        steps.refused(self, by, grounds=grounds, motive=motive, chair_motive=chair_motive)

    @transition(state, source=list(OPEN), target=State.WITHDRAWN, permission=may(Party.APPLICANT))
    def withdraw(self, *, by, at):
        """The applicant takes the application back; running clocks are cancelled."""

    @transition(
        state,
        source=[State.GRANTED, State.REFUSED],
        target=State.OPINIONS_IN,
        permission=may(Party.SYSTEM),
    )
    def reopen(self, *, by, at, because, within=None, decision=""):
        """An upheld complaint withdraws the result and brings the case back, with its own clocks. Norm: LAW-5-2-9."""
        self.execution = Execution(within, decision)
        steps.reopened(self, at, because)

    @transition(
        state,
        source=[State.GRANTED, State.REFUSED],
        target=State.OPINIONS_IN,
        conditions=[law.result_is_in_force],
        permission=may(Role.HEAD, Role.CHAIR, Role.SECRETARY),
    )
    def withdraw_result(self, *, by, at, because):
        """The head and another official withdraw an unlawful result; the case is considered anew. Norm: LAW-5-2-9."""
        steps.reopened(self, at, because)

    @transition(
        state,
        source="*",
        target=None,
        conditions=[law.a_paper_can_be_corrected],
        permission=may(Role.CHAIR, Role.SECRETARY),
    )
    def correct(self, *, by, at, paper, wrong, right, reason):
        """A slip of the pen in an issued paper is put right by two people; no decision and no clock changes."""
        steps.corrected(self, paper=paper, wrong=wrong, right=right, reason=reason)

    @transition(
        state,
        source=list(OPEN),
        target=None,
        permission=may(Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.MEMBER, Role.HEAD),
    )
    def recuse(self, *, by, at, person, reason):
        """Anyone may recuse himself; another is recused by the head. Norm: GAP-13."""
        steps.recused(self, by, at, person=person, reason=reason)

    @transition(state, source=list(OPEN), target=None, permission=may(Role.HEAD))
    def lift_recusal(self, *, by, at, person, reason):
        """The head lifts a recusal whose reason has fallen away; the journal keeps both. Norm: GAP-13."""
        steps.recusal_lifted(self, person=person, reason=reason)


class DeferralApplication(ConscriptionApplication):
    """A request to defer the call-up; its life is that of ConscriptionApplication."""

    service_code = "deferral"

    class Meta:
        verbose_name = _("application for deferral")
        verbose_name_plural = _("applications for deferral")
        constraints = decision_constraints("deferral")


class ExemptionApplication(ConscriptionApplication):
    """A request to be exempted from the call-up; its life is that of ConscriptionApplication."""

    service_code = "exemption"

    class Meta:
        verbose_name = _("application for exemption")
        verbose_name_plural = _("applications for exemption")
        constraints = decision_constraints("exemption")
