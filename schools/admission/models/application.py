from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from kazservices.cases.permission import may
from kazservices.offices.roles import Party, Role
from schools.admission import conditions as law
from schools.admission import steps
from schools.admission.states import State

from .base import SchoolApplication, school_constraints


class AdmissionApplication(SchoolApplication):
    """A request for a place in the first class, answered by the queue 3 + 1.

    submitted -> not_taken | seated | no_seat | refused (grounds 1 and 2, before the round)
    seated -> admitted -> enrolled;  no_seat -> listed (ground 3, on the waiting list)
    listed -> offered -> accepted -> admitted;  offered -> refused (declined, or the day is over)
    any state before the order -> withdrawn
    admitted | refused | listed -> submitted (the result withdrawn, or an upheld complaint)

    Norms: ADM-9-1 to ADM-9-6c, ADM-S8-R, GAP-06.
    """

    service_code = "admission"

    class Meta:
        verbose_name = _("application for the first class")
        verbose_name_plural = _("applications for the first class")
        constraints = school_constraints("admission")
        indexes = [models.Index(name="admission_queue", fields=["pool", "queue_day", "received_at"])]

    @transition(
        "state",
        source=State.SUBMITTED,
        target=None,
        conditions=[law.round_is_open],
        permission=may(Role.CLERK, Role.ACADEMIC_DEPUTY, Role.HEAD),
    )
    def correct_side(self, *, by, at, local, reason):
        """The address stands elsewhere than the table found it: with a reason, before the round. Norm: GAP-06."""
        steps.side_corrected(self, local=local, reason=reason)

    @transition(
        "state",
        source=State.SUBMITTED,
        target=None,
        conditions=[law.came_on_paper, law.round_is_open],
        permission=may(Role.CLERK),
    )
    def enter_late(self, *, by, at, received_at, reason):
        """Paper that came on an earlier day: its own place, once a second person agrees. Norm: GAP-06."""
        steps.late_entered(self, by, at, received_at=received_at, reason=reason)

    @transition(
        "state",
        source=State.SUBMITTED,
        target=None,
        conditions=[law.late_entry_waits, law.round_is_open],
        permission=may(Role.ACADEMIC_DEPUTY, Role.HEAD, Role.CLERK),
    )
    def confirm_late(self, *, by, at):
        """The second person confirms when the paper came: it takes its place in that day's queue. Norm: GAP-06."""
        steps.late_confirmed(self, by, at)

    @transition("state", source=State.SUBMITTED, target=State.SEATED, permission=may(Party.SYSTEM))
    def seat(self, *, by, at, round_id, turn, counter):
        """The round gives a seat by its turn: three of the area, then one. Norms: ADM-9-5, ADM-9-6b."""
        self.round_id = round_id

    @transition("state", source=State.SUBMITTED, target=State.NO_SEAT, permission=may(Party.SYSTEM))
    def leave_without_seat(self, *, by, at, round_id):
        """The round ended with no free seat. Norms: ADM-S9-3, GAP-06."""
        self.round_id = round_id

    @transition("state", source=State.SEATED, target=State.ADMITTED, permission=may(Role.HEAD))
    def admit(self, *, by, at):
        """The notice that the child is admitted from 1 September. Norms: ADM-9-4, ADM-9-6a, ADM-S5-2."""
        steps.admitted(self, by)

    @transition("state", source=State.NO_SEAT, target=State.LISTED, permission=may(Role.HEAD))
    def refuse_full(self, *, by, at):
        """Refused on ground 3 for want of seats; stays on the waiting list in his place. Norms: ADM-S9-3, ADM-S5-4."""
        steps.refused_full(self, by)

    @transition("state", source=State.LISTED, target=State.OFFERED, permission=may(Party.SYSTEM))
    def offer(self, *, by, at, round_id, turn, counter):
        """A freed or new seat is offered to the waiting list, open for one working day. Norm: GAP-06."""
        self.round_id = round_id

    @transition(
        "state",
        source=State.OFFERED,
        target=State.ACCEPTED,
        conditions=[law.offer_is_open, law.no_other_live_application],
        permission=may(Party.APPLICANT),
    )
    def accept_offer(self, *, by, at):
        """The parent takes the offered seat: a new decision follows, linked to the refusal. Norm: GAP-06."""

    @transition(
        "state",
        source=State.OFFERED,
        target=State.ACCEPTED,
        conditions=[law.came_on_paper, law.offer_is_open, law.no_other_live_application],
        permission=may(Role.CLERK),
    )
    def record_acceptance(self, *, by, at):
        """The parent who applied on paper has taken the offered seat at the counter. Norm: GAP-06."""

    @transition("state", source=State.OFFERED, target=State.REFUSED, permission=may(Party.APPLICANT))
    def decline_offer(self, *, by, at):
        """The parent does not want the offered seat: it is free again. Norm: GAP-06."""
        steps.seat_freed(self, at)

    @transition(
        "state",
        source=State.OFFERED,
        target=State.REFUSED,
        conditions=[law.offer_is_over],
        permission=may(Party.SYSTEM),
    )
    def lapse(self, *, by, at):
        """Nobody answered the offer in its day: the seat is free again from its end. Norm: GAP-06."""
        steps.seat_freed(self, law.offer_ends(self))

    @transition("state", source=State.ACCEPTED, target=State.ADMITTED, permission=may(Role.HEAD))
    def admit_from_list(self, *, by, at):
        """A new decision, linked to the refusal that it takes out of force. Norms: GAP-06, ADM-9-4."""
        steps.admitted(self, by)


class ClassApplication(SchoolApplication):
    """A request for a place in another class, by the rows of the standard alone: no turns, no list. Norm: GAP-04.

    submitted -> not_taken | admitted | refused;  admitted -> enrolled
    submitted | admitted -> withdrawn
    admitted | refused -> submitted (the result withdrawn, or an upheld complaint)

    Norms: ADM-S3-1, ADM-S3-2, ADM-S5-1.
    """

    service_code = "admission_classes"

    class Meta:
        verbose_name = _("application for another class")
        verbose_name_plural = _("applications for other classes")
        constraints = school_constraints("admission_classes")
        indexes = [models.Index(name="class_queue", fields=["pool", "queue_day", "received_at"])]

    @transition(
        "state",
        source=State.SUBMITTED,
        target=State.ADMITTED,
        conditions=[law.seat_is_free],
        permission=may(Role.HEAD),
    )
    def admit_to_class(self, *, by, at):
        """The notice that the child is admitted, while a seat is free. Norms: ADM-S5-2, ADM-S3-1."""
        steps.seat_taken(self)
        steps.admitted(self, by)
