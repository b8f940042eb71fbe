from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.models import ServiceCase
from kazservices.cases.permission import may
from kazservices.offices.roles import Party, Role
from schools.contest import conditions as law
from schools.contest import decisions, steps
from schools.contest.states import BEFORE_THE_CONTEST, CAMPAIGN_STAGES, RUNNING, CampaignState

KEEPERS = (Role.CLERK, Role.HEAD)


class ContestCampaign(ServiceCase):
    """The contest of one school in one year: a case without an applicant, with the dates of the rules as its clocks.

    planned -> intake -> register_sent -> scheduled -> held -> published -> enrolment_ordered -> ordered -> closed
    scheduled -> first_round_held -> held (where the charter has a second round)

    Norms: ADM-C16 to ADM-C46, WIN-SPEC.
    """

    service_code = "contest"
    stages = CAMPAIGN_STAGES

    state = FSMField(default=CampaignState.PLANNED, choices=CampaignState.choices, protected=True)
    year = models.PositiveSmallIntegerField()
    second_round = models.BooleanField(default=False)
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    register_sha256 = models.CharField(max_length=64, blank=True)
    contest_from = models.DateField(null=True, blank=True)
    contest_until = models.DateField(null=True, blank=True)
    #: How the sealed materials came: when, by whom, how many packages, whether the seals were whole. Norm: ADM-C30.
    materials = models.JSONField(default=dict, blank=True)
    #: Who looked at the cameras and the sound on which day. Norm: ADM-C32.
    rooms = models.JSONField(default=dict, blank=True)
    #: The commission's word on equals, by class: {"7": {number: its place among them}}. Norm: GAP-38.
    ties = models.JSONField(default=dict, blank=True)
    tie_motives = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("contest of a year")
        verbose_name_plural = _("contests")
        constraints = [
            models.CheckConstraint(
                name="contest_intake_has_its_responsible_person",
                condition=Q(state=CampaignState.PLANNED) | Q(responsible__isnull=False),
            ),
            models.CheckConstraint(
                name="contest_held_has_its_days",
                condition=~Q(state__in=(CampaignState.HELD, CampaignState.FIRST_ROUND_HELD))
                | Q(contest_from__isnull=False, contest_until__isnull=False),
            ),
        ]

    @transition(state, source=list(BEFORE_THE_CONTEST), target=None, permission=may(Role.HEAD))
    def set_places(self, *, by, at, places, second_round=False):
        """How many are taken into each class, and with them the quota of the seventh. Norm: ADM-C25."""
        steps.places_set(self, places, second_round)

    @transition(
        state,
        source=CampaignState.PLANNED,
        target=CampaignState.INTAKE,
        conditions=[law.places_are_set],
        permission=may(Role.HEAD),
    )
    def appoint_responsible(self, *, by, at, person):
        """The head names by order who takes the documents in. Norm: ADM-C17."""
        steps.responsible_named(self, person)

    @transition(
        state,
        source=CampaignState.INTAKE,
        target=CampaignState.REGISTER_SENT,
        conditions=[law.intake_is_over, law.nobody_waits_for_the_register],
        permission=may(*KEEPERS),
    )
    def send_register(self, *, by, at):
        """The register of candidates goes to the Daryn centre. Norm: ADM-C20."""
        steps.register_sent(self, by)

    @transition(
        state,
        source=CampaignState.REGISTER_SENT,
        target=CampaignState.SCHEDULED,
        conditions=[law.schedule_may_be_published],
        permission=may(*KEEPERS),
    )
    def publish_schedule(self, *, by, at, sittings):
        """Day, hour and place of each class, for everybody to see. Norms: ADM-C27, ADM-C28."""
        steps.schedule_published(self, by, at, sittings)

    @transition(state, source=CampaignState.SCHEDULED, target=None, permission=may(*KEEPERS))
    def receive_materials(self, *, by, at, received_at, brought_by, packages, seals_whole, remark=""):
        """The test materials have come, on paper and sealed. Norm: ADM-C30."""
        steps.materials_received(
            self, received_at=received_at, brought_by=brought_by, packages=packages, seals_whole=seals_whole,
            remark=remark,
        )  # fmt: skip

    @transition(state, source=CampaignState.SCHEDULED, target=None, permission=may(*KEEPERS))
    def check_rooms(self, *, by, at, building, rooms, entrance, sound, equipment):
        """Cameras and sound run in the building, in the rooms and at the entrance. Norm: ADM-C32."""
        found = {
            "building": building, "rooms": rooms, "entrance": entrance, "sound": sound, "equipment": equipment,
        }  # fmt: skip
        steps.rooms_checked(self, by, at, found)

    @transition(
        state,
        source=CampaignState.SCHEDULED,
        target=CampaignState.HELD,
        conditions=[law.contest_days_are_over, law.materials_have_come, law.rooms_are_watched, law.has_one_round],
        permission=may(Party.SYSTEM, *KEEPERS, Role.CHAIR),
    )
    def hold_contest(self, *, by, at):
        """The tests have been held, off-line, in one round. Norms: ADM-C27, ADM-C29, ADM-C39."""

    @transition(
        state,
        source=CampaignState.SCHEDULED,
        target=CampaignState.FIRST_ROUND_HELD,
        conditions=[law.contest_days_are_over, law.materials_have_come, law.rooms_are_watched, law.has_two_rounds],
        permission=may(Party.SYSTEM, *KEEPERS, Role.CHAIR),
    )
    def hold_first_round(self, *, by, at):
        """The tests have been held; the charter wants a second round. Norm: ADM-C46."""

    @transition(
        state,
        source=[CampaignState.FIRST_ROUND_HELD, CampaignState.HELD],
        target=None,
        permission=may(Role.CHAIR, Role.SECRETARY),
    )
    def import_scores(self, *, by, at, file):
        """The scanned answer sheets as one file; all lines are right, or none is taken. Norms: ADM-C35, ADM-C36."""
        steps.scores_imported(self, file)

    @transition(
        state,
        source=CampaignState.FIRST_ROUND_HELD,
        target=CampaignState.HELD,
        conditions=[law.scores_are_in],
        permission=may(Role.CHAIR, Role.SECRETARY),
    )
    def hold_second_round(self, *, by, at, file):
        """Who passed the second round of the charter. Norm: ADM-C46."""
        steps.second_round_held(self, file)

    @transition(
        state,
        source=CampaignState.HELD,
        target=None,
        conditions=[law.a_tie_is_undecided],
        permission=may(Role.CHAIR),
    )
    def decide_tie(self, *, by, at, grade, order, motive):
        """The commission says the order of equals at the last place; the program draws no lots. Norm: GAP-38."""
        decisions.tie_decided(self, grade=grade, order=order, motive=motive)

    @transition(
        state,
        source=CampaignState.HELD,
        target=CampaignState.PUBLISHED,
        conditions=[law.commission_is_odd_and_seven, law.scores_are_in, law.no_tie_is_undecided],
        permission=may(Role.CHAIR),
    )
    def issue_protocol(self, *, by, at):
        """The commission's protocol, published at once. Norms: ADM-C24, ADM-C40, ADM-C41."""
        decisions.results_published(self, by, at)

    @transition(
        state, source=CampaignState.PUBLISHED, target=CampaignState.ENROLMENT_ORDERED, permission=may(Role.HEAD)
    )
    def order_enrolment(self, *, by, at):
        """Order one: who is enrolled from 1 September of the next school year. Norm: ADM-C42."""

    @transition(state, source=CampaignState.ENROLMENT_ORDERED, target=CampaignState.ORDERED, permission=may(Role.HEAD))
    def order_reserve(self, *, by, at):
        """Order two: the reserve, published. Norms: ADM-C42, ADM-C43."""
        decisions.reserve_published(self, by, at)

    @transition(state, source=CampaignState.ORDERED, target=None, permission=may(*KEEPERS))
    def free_place(self, *, by, at, grade, reason, left=""):
        """A place has become free; everybody may read that it is. Norm: ADM-C44."""
        decisions.place_freed(self, by, at, grade=grade, reason=reason, left=left)

    @transition(
        state,
        source=CampaignState.ORDERED,
        target=None,
        conditions=[law.a_place_is_free_and_somebody_waits],
        permission=may(Role.HEAD),
    )
    def promote(self, *, by, at, grade):
        """The first of the reserve takes the free place. Norm: ADM-C44."""
        decisions.promoted(self, by, at, grade=grade)

    @transition(state, source=list(RUNNING), target=None, permission=may(Role.HEAD))
    def select_own(self, *, by, at, grade, capacity, studying, places, file):
        """Classes 8 to 11: the school's own selection, within what the sanitary rules allow. Norm: ADM-C45."""
        decisions.own_selected(
            self, by, at, grade=grade, capacity=capacity, studying=studying, places=places, file=file
        )

    @transition(
        state,
        source=CampaignState.ORDERED,
        target=CampaignState.CLOSED,
        conditions=[law.school_year_is_over],
        permission=may(Party.SYSTEM, Role.HEAD),
    )
    def close(self, *, by, at):
        """The school year that the reserve was for has ended. Norm: ADM-C44."""
