from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.application import Application
from kazservices.cases.models import Applicant
from kazservices.cases.permission import may
from kazservices.offices.roles import Party, Role
from schools.contest import candidates
from schools.contest import conditions as law
from schools.contest.ranking import Olympiad
from schools.contest.states import LIVE, OPEN, STAGES, State
from schools.contest.tables import GRADES


class ContestApplication(Application):
    """A child who wants to take part in the contest of a specialised school; its register row when he is a candidate.

    submitted -> not_taken | candidate -> invited -> result_known -> enrolled | in_reserve | not_selected
    not_taken -> submitted (the head takes it all the same); in_reserve -> enrolled (a place became free)
    enrolled | in_reserve -> declined; any state before the result -> withdrawn

    Norms: ADM-C16 to ADM-C19, ADM-C42 to ADM-C44.
    """

    service_code = "contest_application"
    stages = STAGES

    class StudyLanguage(models.TextChoices):
        KK = "kk", _("Kazakh")
        RU = "ru", _("Russian")

    state = FSMField(default=State.SUBMITTED, choices=State.choices, protected=True)
    campaign = models.ForeignKey("contest.ContestCampaign", models.PROTECT, related_name="applications")
    #: The child, once more beside the cover sheet: so the database itself knows one application a child and contest.
    child = models.ForeignKey(Applicant, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField()
    study_language = models.CharField(max_length=2, choices=StudyLanguage.choices)
    email = models.EmailField()
    #: As the responsible person found it proved: a diploma of the regional stage, a winner of "Myng bala".
    olympiad = models.PositiveSmallIntegerField(
        choices=[(Olympiad.WINNER, _("winner")), (Olympiad.PRIZE, _("prize-holder")), (Olympiad.NONE, _("no diploma"))],
        default=Olympiad.NONE,
    )
    in_quota = models.BooleanField(default=False)
    motive = models.TextField(blank=True)

    class Meta:
        verbose_name = _("application for the contest")
        verbose_name_plural = _("applications for the contest")
        constraints = [
            models.UniqueConstraint(
                name="contest_one_application_a_child",
                fields=["campaign", "child"],
                condition=Q(state__in=LIVE),
            ),
            models.CheckConstraint(name="contest_application_for_a_class_with_a_test", condition=Q(grade__in=GRADES)),
        ]
        indexes = [models.Index(name="contest_register", fields=["campaign", "state", "grade"])]

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.NOT_TAKEN,
        permission=may(Party.SYSTEM, Role.CLERK, Role.HEAD),
    )
    def refuse_acceptance(self, *, by, at, missing, motive="", late=None):
        """Late or incomplete: acceptance may be refused, with a receipt that says which it is. Norm: ADM-C19."""
        candidates.acceptance_refused(self, missing, motive, late)

    @transition(
        state,
        source=State.NOT_TAKEN,
        target=State.SUBMITTED,
        conditions=[law.intake_still_open, law.no_other_application],
        permission=may(Role.HEAD),
    )
    def take_all_the_same(self, *, by, at, motive):
        """The law says "may": the head takes a late or incomplete one in with his reason. Norm: ADM-C19."""
        candidates.taken_all_the_same(self, motive)

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.CANDIDATE,
        conditions=[law.intake_still_open],
        permission=may(Role.CLERK, Role.HEAD),
    )
    def enter_register(self, *, by, at, olympiad, in_quota=False):
        """The responsible person enters the child into the register of candidates. Norms: ADM-C17, ADM-C18."""
        candidates.entered(self, by, olympiad=olympiad, in_quota=in_quota)

    @transition(
        state,
        source=State.CANDIDATE,
        target=State.INVITED,
        conditions=[law.schedule_is_out],
        permission=may(Party.SYSTEM),
    )
    def invite(self, *, by, at):
        """The candidate is told day, hour and place of his test. Norm: ADM-C28."""

    @transition(
        state,
        source=[State.CANDIDATE, State.INVITED],
        target=State.RESULT_KNOWN,
        conditions=[law.results_are_out],
        permission=may(Party.SYSTEM),
    )
    def tell_result(self, *, by, at):
        """The candidate is told his score and what it gives. Norm: ADM-C41."""

    @transition(
        state,
        source=[State.RESULT_KNOWN, State.IN_RESERVE],
        target=State.ENROLLED,
        conditions=[law.order_enrols],
        permission=may(Party.SYSTEM),
    )
    def enrol(self, *, by, at):
        """Named in the order of enrolment, or called from the reserve. Norms: ADM-C42, ADM-C44."""

    @transition(
        state,
        source=State.RESULT_KNOWN,
        target=State.IN_RESERVE,
        conditions=[law.order_reserves],
        permission=may(Party.SYSTEM),
    )
    def put_in_reserve(self, *, by, at):
        """Named in the order on the reserve. Norms: ADM-C42, ADM-C43."""

    @transition(
        state,
        source=State.RESULT_KNOWN,
        target=State.NOT_SELECTED,
        conditions=[law.orders_name_him_not],
        permission=may(Party.SYSTEM),
    )
    def leave_out(self, *, by, at):
        """Both orders are made and neither names him. Norm: ADM-C42."""

    @transition(
        state, source=[State.ENROLLED, State.IN_RESERVE], target=State.DECLINED, permission=may(Party.APPLICANT)
    )
    def give_up(self, *, by, at):
        """The place, or the place in the reserve, is given up. Norm: ADM-C44."""

    @transition(
        state,
        source=[state for state in OPEN if state is not State.RESULT_KNOWN],
        target=State.WITHDRAWN,
        permission=may(Party.APPLICANT),
    )
    def withdraw(self, *, by, at):
        """The application is taken back before the result."""
