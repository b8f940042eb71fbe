from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.application import Application
from kazservices.cases.models import CaseParty, Execution
from kazservices.cases.permission import at as party
from kazservices.cases.permission import may
from kazservices.flow.mending import a_paper_can_be_corrected, result_is_in_force
from kazservices.offices.models import Office
from kazservices.offices.roles import Party, Role
from schools.transfer import conditions as law
from schools.transfer import steps
from schools.transfer.states import OPEN, STAGES, State

from .classes import Language, SchoolClass

#: The authorised people of a school: who may take a child in, and who may refuse.
AUTHORISED = (Role.HEAD, Role.ACADEMIC_DEPUTY)
LEAVING = tuple(party(CaseParty.Part.LEAVING_SCHOOL, role) for role in (Role.CLERK, *AUTHORISED))


class TransferApplication(Application):
    """A parent's application to take a child in from another school.

    submitted -> not_taken | admitted | refused | withdrawn
    admitted | refused -> submitted (the result withdrawn, or an upheld complaint)

    The leaving school confirms or denies the coupon while the case is open or after the admission; its silence stops
    nothing. There is no hearing (GAP-32). Norms: TRN-S3, TRN-S5-1, TRN-S9-3.
    """

    service_code = "transfer"
    stages = STAGES

    class Coupon(models.TextChoices):
        """What the leaving school has said of the coupon of de-registration."""

        SILENT = "", _("the leaving school has not answered")
        CONFIRMED = "confirmed", _("confirmed by the leaving school")
        DENIED = "denied", _("denied by the leaving school")

    state = FSMField(default=State.SUBMITTED, choices=State.choices, protected=True)
    child_name = models.CharField(max_length=200)
    child_iin = models.CharField(max_length=12, blank=True, db_index=True)
    child_birth = models.DateField()
    grade = models.PositiveSmallIntegerField()
    study_language = models.CharField(max_length=2, choices=Language.choices)
    leaving_school = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    #: A school that does not work with this program, by its own words.
    leaving_other = models.CharField(max_length=200, blank=True)
    coupon_number = models.CharField(max_length=40)
    coupon_date = models.DateField()
    coupon = models.CharField(max_length=10, choices=Coupon.choices, default=Coupon.SILENT, blank=True)
    coupon_note = models.TextField(blank=True)
    coupon_answered_at = models.DateTimeField(null=True, blank=True)
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, blank=True, related_name="transfers")
    refusal_grounds = models.JSONField(default=list, blank=True)
    motive = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_because = models.TextField(blank=True)

    class Meta:
        verbose_name = _("application for transfer")
        verbose_name_plural = _("applications for transfer")
        constraints = [
            models.CheckConstraint(
                name="transfer_names_one_leaving_school",
                condition=Q(leaving_school__isnull=False, leaving_other="")
                | (Q(leaving_school=None) & ~Q(leaving_other="")),
            ),
            models.CheckConstraint(
                name="transfer_admitted_names_class_and_decider",
                condition=~Q(state=State.ADMITTED) | Q(school_class__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_refused_has_ground_and_motive",
                condition=~Q(state=State.REFUSED)
                | (~Q(refusal_grounds=[]) & ~Q(motive="") & Q(decided_by__isnull=False, school_class=None)),
            ),
            models.UniqueConstraint(
                name="transfer_one_open_a_child",
                fields=["child_iin"],
                condition=Q(state=State.SUBMITTED) & ~Q(child_iin=""),
            ),
        ]

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.NOT_TAKEN,
        conditions=[law.still_the_acceptance_day],
        permission=may(Party.SYSTEM, Role.CLERK, *AUTHORISED),
    )
    def refuse_acceptance(self, *, by, at, missing, motive=""):
        """The package is incomplete, or not what it claims to be: a receipt says what. Norm: LAW-19."""
        self.motive = steps.acceptance_refused(self, missing, motive)

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.ADMITTED,
        conditions=[law.school_has_opened],
        permission=may(Role.CLERK, *AUTHORISED),
    )
    def admit(self, *, by, at, school_class, signed_by):
        """The documents are taken for the transfer, a seat in a class is given: the receipt. Norm: TRN-S5-1."""
        steps.admitted(self, by, school_class=school_class, signed_by=signed_by)

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.REFUSED,
        conditions=[law.school_has_opened],
        permission=may(*AUTHORISED),
    )
    def refuse(self, *, by, at, grounds, motive, signed_by, rests_on=()):
        """A ground of the standard is proved, and its reasons are written down. Norms: TRN-S5-2, LAW-19-1-1."""
        steps.refused(self, by, grounds=grounds, motive=motive, signed_by=signed_by, rests_on=rests_on)

    @transition(
        state,
        source=[State.SUBMITTED, State.ADMITTED],
        target=None,
        conditions=[law.coupon_is_unanswered],
        permission=may(*LEAVING),
    )
    def confirm_coupon(self, *, by, at):
        """The leaving school has given this coupon to this child and taken it off its list. Norm: TRN-S8-P."""
        steps.coupon_answered(self, at, self.Coupon.CONFIRMED)

    @transition(
        state,
        source=[State.SUBMITTED, State.ADMITTED],
        target=None,
        conditions=[law.coupon_is_unanswered],
        permission=may(*LEAVING),
    )
    def deny_coupon(self, *, by, at, note):
        """The leaving school knows no such coupon, or gave it to another child. Norm: TRN-S9-1."""
        steps.coupon_answered(self, at, self.Coupon.DENIED, note)

    @transition(state, source=list(OPEN), target=State.WITHDRAWN, permission=may(Party.APPLICANT))
    def withdraw(self, *, by, at):
        """The applicant takes the application back; running clocks are cancelled."""

    @transition(state, source=[State.ADMITTED, State.REFUSED], target=State.SUBMITTED, permission=may(Party.SYSTEM))
    def reopen(self, *, by, at, because, within=None, decision=""):
        """An upheld complaint brings the case back, with its own clock; the seat is free again. Norm: LAW-5-2-9."""
        self.execution = Execution(within, decision)
        steps.reopened(self, because)

    @transition(
        state,
        source=[State.ADMITTED, State.REFUSED],
        target=State.SUBMITTED,
        conditions=[result_is_in_force],
        permission=may(Role.CLERK, *AUTHORISED),
    )
    def withdraw_result(self, *, by, at, because):
        """The head and another official withdraw an unlawful result; the case is considered anew. Norm: LAW-5-2-9."""
        steps.reopened(self, because)

    @transition(
        state,
        source="*",
        target=None,
        conditions=[a_paper_can_be_corrected],
        permission=may(Role.CLERK, *AUTHORISED),
    )
    def correct(self, *, by, at, paper, wrong, right, reason):
        """A slip of the pen in an issued paper is put right by two people; no decision and no clock changes."""
        steps.corrected(self, paper=paper, wrong=wrong, right=right, reason=reason)

    @property
    def from_where(self) -> dict:
        """The leaving school by its name in both languages."""
        if self.leaving_school is None:
            return {"kk": self.leaving_other, "ru": self.leaving_other}
        return {"kk": self.leaving_school.name_kk, "ru": self.leaving_school.name_ru}
