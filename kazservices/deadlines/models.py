from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.leases import free
from kazservices.offices.models import Office
from kazservices.offices.roles import Role


class Outcome(models.TextChoices):
    """How a clock ended."""

    RUNNING = "running", _("running")
    MET = "met", _("met")
    CANCELLED = "cancelled", _("cancelled")
    TRANSFERRED = "transferred", _("transferred")


class Cause(models.TextChoices):
    """Why a term was missed, as the register of breaches has it."""

    UNEXPLAINED = "unexplained", _("not explained yet")
    SYSTEM_DOWN = "system_down", _("the system was down")
    OFFICIAL = "official", _("the official acted late")
    APPLICANT = "applicant", _("at the applicant's request")
    REGISTER_SILENT = "register_silent", _("a state register was silent")
    OTHER = "other", _("another cause")


class Source(models.TextChoices):
    """Where the length of a term comes from."""

    LAW = "", _("the rule itself")
    ORDERED = "ordered", _("set by the decision on a complaint")
    ASSUMED = "assumed", _("as for a new case: the decision on the complaint set no term")


#: Still running, or ended after it was due: what has not yet been proved to be in time.
ENDED_LATE_OR_NOT = Q(ended_at=None) | Q(ended_at__gt=F("due_at"))


#: Longer than any run of days off: a date of ours comes forward, and a warning lies before it, by no more than that.
RECOUNT_MARGIN = timedelta(days=20)


class DeadlineQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at=None)

    def ours(self):
        """The provider's own duties: a recipient's term and a body outside are no breach of ours."""
        return self.filter(ours=True)

    def late(self, at):
        """Ended after they were due, or still running past it; a clock that was cancelled before is not late.

        What went over to another body is never missed, however late it went: the term to send it on is. Norm: GAP-34.
        """
        return self.filter(ENDED_LATE_OR_NOT, due_at__lt=at).exclude(outcome=Outcome.TRANSFERRED)

    def to_note(self, at):
        """Every breach not yet noted, whether or not the clock has ended since; oldest first."""
        undone = Q(conditional=False) | Q(outcome=Outcome.MET)
        return self.ours().late(at).filter(undone, breach_noted_at=None).order_by("due_at", "pk")

    def to_warn(self, at, *, of="official"):
        """Running clocks whose warning has come due and has not been given; oldest first."""
        return (
            self.ours()
            .running()
            .filter(due_at__gt=at, **{f"warn_{of}_at__lte": at, f"warned_{of}_at": None})
            .order_by("due_at", "pk")
        )

    def breaches(self):
        return self.filter(breach_noted_at__isnull=False)

    def touched_by(self, recount):
        """Running, not looked at yet, and with a changed day in the span or in the days off around it."""
        near = Q(pk__in=[])
        if recount.first_day and recount.last_day:
            near |= Q(base_on__lte=recount.last_day + RECOUNT_MARGIN, due_on__gte=recount.first_day - RECOUNT_MARGIN)
        if recount.confirms:
            near |= Q(provisional=True)
        return self.running().filter(near, calendar_revision__lt=recount.revision)

    def left_to(self, recount):
        """All running clocks of the cases touched: terms counted backward, or wanted within another, go with it."""
        cases = Deadline.objects.touched_by(recount).order_by().values("case_id")
        return self.running().filter(calendar_revision__lt=recount.revision, case_id__in=cases)

    def judged(self):
        """Without those that a recount has yet to look at: no sweep may judge them by their old due moment."""
        found = self
        for recount in Recount.objects.to_do():
            beside = Deadline.objects.touched_by(recount).order_by().filter(case_id=OuterRef("case_id"))
            found = found.exclude(Exists(beside), ended_at=None, calendar_revision__lt=recount.revision)
        return found

    def to_escalate(self):
        """Breaches noted of which the head has not been told; oldest first."""
        return self.breaches().filter(escalated_at=None).order_by("breach_noted_at", "pk")


class Deadline(models.Model):
    """A clock that was started: the law of that day, copied, not referred to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    service = models.SlugField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    norm = models.CharField(max_length=20)
    length = models.SmallIntegerField()
    unit = models.CharField(max_length=20)
    schedule = models.CharField(max_length=20)
    ours = models.BooleanField(default=True)
    #: A duty that arises only with the act itself (a notice before a refusal): a breach if done late, none if not done.
    #: The duty of a body outside the product: shown, never a breach of ours.
    external = models.BooleanField(default=False)
    conditional = models.BooleanField(default=False)
    responsible_role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    started_at = models.DateTimeField()
    base_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    needed_by = models.DateTimeField(null=True, blank=True)
    #: By how much it was extended, in its unit, and when: beside its length, which stays what was promised.
    extended_by = models.PositiveSmallIntegerField(default=0)
    extended_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.LAW, blank=True)
    provisional = models.BooleanField(default=False)
    calendar_revision = models.PositiveIntegerField(default=0)
    warn_official_at = models.DateTimeField(null=True, blank=True)
    warn_head_at = models.DateTimeField(null=True, blank=True)
    warned_official_at = models.DateTimeField(null=True, blank=True)
    warned_head_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.RUNNING)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    breach_noted_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    cause_note = models.CharField(max_length=500, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="deadline_one_running_clock", fields=["case", "rule"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="deadline_ended_has_an_outcome",
                condition=Q(ended_at=None, outcome=Outcome.RUNNING)
                | (Q(ended_at__isnull=False) & ~Q(outcome=Outcome.RUNNING)),
            ),
            models.CheckConstraint(
                name="deadline_extended_at_a_moment",
                condition=Q(extended_by=0, extended_at=None) | Q(extended_by__gt=0, extended_at__isnull=False),
            ),
            models.CheckConstraint(name="deadline_external_is_not_ours", condition=Q(external=False) | Q(ours=False)),
            models.CheckConstraint(
                name="deadline_breach_has_a_cause", condition=Q(breach_noted_at=None) | ~Q(cause="")
            ),
        ]
        indexes = [
            # What the sweeps ask for is what is still to be done: these stay small, however many clocks have ended.
            models.Index(
                name="deadline_to_note",
                fields=["due_at"],
                condition=ENDED_LATE_OR_NOT & Q(ours=True, breach_noted_at=None),
            ),
            models.Index(
                name="deadline_to_escalate",
                fields=["breach_noted_at"],
                condition=Q(breach_noted_at__isnull=False, escalated_at=None),
            ),
            models.Index(
                name="deadline_to_warn_official",
                fields=["warn_official_at"],
                condition=Q(ours=True, ended_at=None, warned_official_at=None),
            ),
            models.Index(
                name="deadline_to_warn_head",
                fields=["warn_head_at"],
                condition=Q(ours=True, ended_at=None, warned_head_at=None),
            ),
            models.Index(name="deadline_running_by_due", fields=["due_at"], condition=Q(ended_at=None)),
            models.Index(name="deadline_running", fields=["case", "due_at"], condition=Q(ended_at=None)),
            models.Index(name="deadline_report", fields=["service", "office", "due_at"]),
        ]

    def __str__(self):
        return f"{self.rule} of case {self.case_id}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


#: How often in a row a recount may leave cases stuck: with growing pauses, then every ten minutes for about a day.
TRIES = 150


class RecountQuerySet(models.QuerySet):
    def to_do(self):
        """Begun or not, in the order in which the revisions were published."""
        return self.exclude(state=Recount.State.DONE).order_by("revision")

    def free(self, at):
        """Those in nobody's hands, whose pause is over, and not given up."""
        return self.to_do().filter(free(at, TRIES))


class Recount(models.Model):
    """The work that a revision of the calendar leaves: every running clock it may touch is looked at once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")

    revision = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    #: The days that differ from the revision before lie between these; empty: only a year was confirmed.
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    confirms = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    #: Cases that could not be counted anew at the last attempt: tried again, and red in the health check.
    stuck = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    #: Since it last came on: a run that found nothing stuck and gave its row back counts as none.
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = RecountQuerySet.as_manager()

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.CheckConstraint(
                name="recount_done_has_finished",
                condition=Q(state="done", finished_at__isnull=False) | (~Q(state="done") & Q(finished_at__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"recount for revision {self.revision}"


class CoverageAlarm(models.Model):
    """The operators have been told that the confirmed calendar ends on that day: once at each threshold."""

    until = models.DateField()
    threshold = models.CharField(max_length=5, choices=[("amber", "amber"), ("red", "red")])
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="coverage_alarm_once", fields=["until", "threshold"])]

    def __str__(self):
        return f"{self.until} {self.threshold}"


class SweepRun(models.Model):
    """One run of a sweep: a late or missing row tells that the system was down."""

    name = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.PositiveIntegerField(default=0)
    acted = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(name="last_runs_of_a_sweep", fields=["name", "-started_at"]),
            models.Index(name="sweeps_around_a_moment", fields=["started_at"]),
        ]

    def __str__(self):
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"


class Rerun(models.Model):
    """An operator had stuck work run again: what, after how many attempts, with which last error, who and when."""

    kind = models.SlugField(max_length=20)
    row = models.PositiveBigIntegerField()
    #: The number of its case, or what else names it (a night, a school): as the list showed it.
    of = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveIntegerField()
    error = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(name="last_reruns", fields=["-at"])]

    def __str__(self):
        return f"{self.kind} {self.row} {self.at:%Y-%m-%d %H:%M}"
