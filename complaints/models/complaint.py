from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from complaints import bodies, casefile, rules, steps
from complaints import conditions as law
from complaints.impartial import MayGrant
from complaints.states import AT_THE_BODY, AT_THE_PROVIDER, DECIDED, OPEN, STAGES, Outcome, State
from kazservices.cases.application import Application
from kazservices.cases.models import Case, Channel
from kazservices.cases.permission import may
from kazservices.offices.models import Office
from kazservices.offices.roles import Party, Role
from kazservices.passports.models import Edition

#: Who of a provider may grant what is demanded beside the official complained of himself.
SUPERIORS = (Role.HEAD, Role.ACADEMIC_DEPUTY, Role.CHAIR)
OFFICE = (Role.CLERK, Role.HEAD)


class Complaint(Application):
    """A complaint on a decision, an act or an omission, about any case or about none.

    At the provider: received -> registered -> granted (in full) | forwarded -> answered (the body's answer is known)
    At the body that considers it: received -> considered -> extended -> satisfied | partly | refused -> answered
                                                          -> registered (its head turns out to be complained of)
    any of these before the decision -> withdrawn

    One that is forwarded to a body inside the product is a case of that body, which names the one it came from. Norms:
    CONS-14-1 to CONS-14-7, ADM-47-1 to ADM-47-3, LAW-25-1, GAP-34.
    """

    service_code = bodies.SERVICE
    stages = STAGES

    class Capacity(models.TextChoices):
        """As what the office of the case has it."""

        PROVIDER = rules.PROVIDER, _("the provider complained of")
        BODY = rules.BODY, _("the body that considers the complaint")

    class Arrival(models.TextChoices):
        """How a complaint on paper came."""

        IN_PERSON = "in_person", _("brought to the office")
        POST = "post", _("by post")
        HIGHER_BODY = "higher_body", _("from a higher body")

    class Ground(models.TextChoices):
        """For what a term may be extended. Norm: LAW-25-4a."""

        STUDY = "study", _("additional study or check, also on site")
        INFORMATION = "information", _("additional information is needed")

    state = FSMField(default=State.RECEIVED, choices=State.choices, protected=True)
    capacity = models.CharField(max_length=8, choices=Capacity.choices, editable=False)
    profile = models.CharField(max_length=4, choices=Edition.Profile.choices, editable=False)
    #: The case it is about, whose decision or act it is, and the official, where he is known.
    about = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="complaints")
    against = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    considered_by = models.ForeignKey(Office, models.PROTECT, related_name="+")
    #: The provider's own complaint from which this one came to the body.
    forwarded_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="at_the_body", editable=False
    )
    arrival = models.CharField(max_length=12, choices=Arrival.choices, blank=True)
    #: Of one that a higher body sent down: who sent it, by which letter.
    sender = models.CharField(max_length=200, blank=True)
    sender_number = models.CharField(max_length=60, blank=True)
    sender_date = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    #: What the provider has granted: all of the demands, or a part that goes to the body with the complaint.
    granted = models.TextField(blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    #: Sent to a body that does not work with this program: its own number and day, once it has confirmed them.
    is_outside = models.BooleanField(default=False)
    their_number = models.CharField(max_length=60, blank=True)
    their_registered_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    extension_ground = models.CharField(max_length=12, choices=Ground.choices, blank=True)
    extension_reason = models.TextField(blank=True)
    extension_told_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    motive = models.TextField(blank=True)
    #: What the decision orders to be done, and within how many working days, if it sets a term.
    ordered = models.TextField(blank=True)
    execute_within = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.UniqueConstraint(
                name="complaint_one_open_on_a_case",
                fields=["about"],
                condition=Q(state__in=OPEN, forwarded_from=None, about__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_granted_says_what",
                condition=~Q(state=State.GRANTED) | (~Q(granted="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="complaint_decided_has_outcome_and_motive",
                condition=~Q(state__in=DECIDED) | (~Q(outcome="") & ~Q(motive="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="complaint_registered_has_its_day",
                condition=Q(state__in=(State.RECEIVED, State.WITHDRAWN)) | Q(registered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_extended_names_ground_and_reason",
                condition=~Q(state=State.EXTENDED) | (~Q(extension_ground="") & ~Q(extension_reason="")),
            ),
            models.CheckConstraint(
                name="complaint_is_judged_by_another_than_the_person_complained_of",
                condition=Q(person=None)
                | Q(decided_by=None)
                | Q(state=State.GRANTED)
                | ~Q(decided_by=models.F("person")),
            ),
            models.CheckConstraint(
                name="complaint_confirmed_outside_has_number_and_day",
                condition=Q(their_registered_on=None, their_number="")
                | (Q(their_registered_on__isnull=False, is_outside=True) & ~Q(their_number="")),
            ),
        ]

    # --- at the provider ---

    @transition(
        state,
        source=State.RECEIVED,
        target=State.REGISTERED,
        conditions=[law.is_at_the_provider],
        permission=may(Party.SYSTEM, *OFFICE),
    )
    def register(self, *, by, at, registered_on=None, person=None):
        """Entered into the register of complaints, on the day it was accepted. Norms: CONS-14-1, CONS-14-4, GAP-34."""
        steps.registered(self, by, registered_on, person)

    @transition(
        state,
        source=[*AT_THE_PROVIDER, State.FORWARDED, *AT_THE_BODY],
        target=None,
        permission=may(*OFFICE),
    )
    def name_official(self, *, by, at, person):
        """Which official is complained of, where the complaint or the case does not say it. Norm: LAW-4-1-3."""
        steps.official_named(self, by, person)

    @transition(
        state,
        source=State.REGISTERED,
        target=State.GRANTED,
        conditions=[law.is_our_own_matter, law.within_three_days],
        permission=MayGrant(*SUPERIORS),
    )
    def grant_in_full(self, *, by, at, granted, signed_by, reopen=False):
        """All demands are granted within three working days: it is not forwarded. Norm: CONS-14-3."""
        steps.granted_in_full(self, by, granted=granted, signed_by=signed_by, reopen=reopen)

    @transition(
        state,
        source=State.REGISTERED,
        target=None,
        conditions=[law.is_our_own_matter],
        permission=may(*SUPERIORS),
    )
    def grant_in_part(self, *, by, at, granted):
        """A part is granted: it is no exception, the complaint still goes on, and this with it. Norm: CONS-14-3."""
        steps.granted_in_part(self, by, granted)

    @transition(
        state,
        source=State.REGISTERED,
        target=State.FORWARDED,
        conditions=[law.case_file_is_ready],
        permission=may(*OFFICE),
    )
    def forward(self, *, by, at, signed_by):
        """It goes with the administrative case to the body that considers it. Norms: CONS-14-2, CONS-14-6."""
        steps.forwarded(self, by, signed_by=signed_by)

    # --- sent to a body outside the product ---

    @transition(
        state,
        source=State.FORWARDED,
        target=None,
        conditions=[law.body_is_outside, law.registration_is_unconfirmed],
        permission=may(*OFFICE),
    )
    def confirm_registration(self, *, by, at, number, registered_on):
        """The body's own number and day, from its confirmation: its term begins. Norms: CONS-14-5, GAP-34."""
        steps.registration_confirmed(self, number, registered_on)

    @transition(
        state,
        source=State.FORWARDED,
        target=State.ANSWERED,
        conditions=[law.body_is_outside, law.registration_is_confirmed],
        permission=may(*OFFICE),
    )
    def record_answer(self, *, by, at, outcome, number, answered_on, motive, ordered="", within=None, reopen=False):
        """What the body outside has decided; an upheld complaint opens the case again. Norms: CONS-14-5, LAW-5-2-9."""
        steps.their_answer(
            self, outcome=outcome, number=number, answered_on=answered_on, motive=motive, ordered=ordered,
            within=within, reopen=reopen,
        )  # fmt: skip

    @transition(
        state,
        source=State.FORWARDED,
        target=None,
        conditions=[law.body_is_outside, law.registration_is_unconfirmed],
        permission=may(Party.SYSTEM),
    )
    def remind(self, *, by, at):
        """The clerk is reminded that the body's registration is not confirmed yet. Norm: GAP-34."""
        steps.reminded(self)

    @transition(state, source=State.FORWARDED, target=State.ANSWERED, permission=may(Party.SYSTEM))
    def note_answer(self, *, by, at, outcome, motive, decision, ordered="", within=None):
        """The body inside the product has decided. Norm: LAW-5-2-7."""
        steps.answer_noted(self, outcome=outcome, motive=motive, decision=decision, ordered=ordered, within=within)

    @transition(state, source=State.FORWARDED, target=State.WITHDRAWN, permission=may(Party.SYSTEM))
    def note_withdrawal(self, *, by, at):
        """The complaint was taken back at the body."""

    # --- at the body that considers it ---

    @transition(
        state,
        source=list(AT_THE_BODY),
        target=State.REGISTERED,
        conditions=[law.head_is_complained_of],
        permission=may(Party.SYSTEM),
    )
    def hand_over(self, *, by, at):
        """The head who was to consider it is complained of himself: it goes the other way. Norms: CONS-14-3, GAP-09."""
        steps.handed_over(self)

    @transition(
        state,
        source=State.RECEIVED,
        target=State.CONSIDERED,
        conditions=[law.is_at_the_body],
        permission=may(Party.SYSTEM, *OFFICE),
    )
    def take_up(self, *, by, at, registered_on=None, person=None):
        """Registered at the body: its term begins. Norms: LAW-25-2a, LAW-25-2b, GAP-34."""
        steps.registered(self, by, registered_on, person)

    @transition(
        state,
        source=State.CONSIDERED,
        target=State.EXTENDED,
        conditions=[law.body_may_extend, law.term_has_not_ended],
        permission=may(Role.HEAD),
    )
    def extend(self, *, by, at, ground, days, reason, signed_by):
        """Once, by at most ten working days, for one of the two grounds. Norms: LAW-25-4a, CLK-COMPL-EXT."""
        steps.extended(self, by, ground=ground, days=days, reason=reason, signed_by=signed_by)

    @transition(
        state,
        source=State.EXTENDED,
        target=None,
        conditions=[law.extension_is_untold],
        permission=may(Party.SYSTEM, *OFFICE),
    )
    def tell_extension(self, *, by, at, sent_on=None):
        """The complainant is told with the reasons, in the medium of his complaint. Norm: LAW-25-4b."""
        steps.extension_told(self, sent_on)

    @transition(state, source=list(AT_THE_BODY), target=State.SATISFIED, permission=may(Role.HEAD))
    def satisfy(self, *, by, at, motive, ordered, signed_by, within=None, reopen=False):
        """The demands are satisfied; what follows is ordered. Norms: LAW-25-1, LAW-5-2-9."""
        steps.decided(
            self, by, Outcome.SATISFIED, motive=motive, ordered=ordered, within=within, reopen=reopen,
            signed_by=signed_by,
        )  # fmt: skip

    @transition(state, source=list(AT_THE_BODY), target=State.PARTLY, permission=may(Role.HEAD))
    def satisfy_in_part(self, *, by, at, motive, ordered, signed_by, within=None, reopen=False):
        """The demands are satisfied in part; the motive says why not the rest. Norms: LAW-25-1, LAW-5-2-9."""
        steps.decided(
            self, by, Outcome.PARTLY, motive=motive, ordered=ordered, within=within, reopen=reopen, signed_by=signed_by
        )

    @transition(state, source=list(AT_THE_BODY), target=State.REFUSED, permission=may(Role.HEAD))
    def refuse(self, *, by, at, motive, signed_by):
        """The demands are not satisfied, with the reasons and the way to court. Norms: LAW-25-1, CONS-14-7, ADM-48."""
        steps.decided(self, by, Outcome.REFUSED, motive=motive, signed_by=signed_by)

    @transition(state, source=list(DECIDED), target=State.ANSWERED, permission=may(Party.SYSTEM, *OFFICE))
    def answer(self, *, by, at, sent_on=None):
        """The answer lies in the cabinet, or has been sent on paper: the term ends. Norms: LAW-5-2-7, CONS-14-4."""
        steps.answered(self, sent_on)

    @transition(
        state,
        source=[*AT_THE_PROVIDER, *AT_THE_BODY],
        target=State.WITHDRAWN,
        permission=may(Party.APPLICANT),
    )
    def withdraw(self, *, by, at):
        """The complainant takes it back; running clocks are cancelled."""
        steps.withdrawn(self)

    @property
    def marks(self) -> frozenset[str]:
        """By what its clocks are told from those of other complaints."""
        length = rules.FIFTEEN if bodies.considers_longer(self.considered_by) else rules.FIVE
        own = rules.OWN if self.category.code != bodies.CORPORATION_STAFF else ""
        outside = rules.OUTSIDE if self.is_outside else ""
        return frozenset(filter(None, (self.capacity, length, own, outside)))

    @property
    def is_electronic(self) -> bool:
        """Filed through the portal: whatever is told about it is told there. Norm: LAW-25-4b."""
        return self.channel == Channel.PORTAL

    @property
    def answer_clock(self):
        """The running term of the body that considers it, if there is one."""
        return self.deadlines.running().filter(rule__startswith="complaint.answer").first()

    @cached_property
    def case_file(self):
        """The newest case file made for this complaint and ready to be sent; None while there is none."""
        return casefile.ready_for(self)

    @property
    def demand(self) -> str:
        return self.particulars.get("demand", "")
