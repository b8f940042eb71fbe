from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.documents.models import Paper
from kazservices.offices.models import Office


class TicketQuerySet(models.QuerySet):
    def waiting(self):
        """Not called yet, the first that came first."""
        return self.filter(called_at=None, ended_at=None).order_by("issued_at", "pk")

    def served_now(self):
        """Called and not ended."""
        return self.filter(called_at__isnull=False, ended_at=None).order_by("called_at", "pk")

    def ended(self):
        return self.filter(ended_at__isnull=False)

    def to_alert(self, at):
        """Still waiting at the alert, and nobody was told of it; oldest first."""
        return self.waiting().filter(alert_at__lte=at, alerted_at=None)

    def to_note(self, at):
        """Still waiting when it has become a breach, and the head was not told of it; oldest first."""
        return self.waiting().filter(call_by__lt=at, breach_noted_at=None)

    def waited_too_long(self):
        """Called after the last minute, or never."""
        never = Q(called_at=None, ended_at__gt=F("call_by"))
        return self.filter(Q(called_at__gt=F("call_by")) | never)

    def waited_beyond_the_promise(self):
        """Called after the promised moment, or never: an alert, though not yet a breach."""
        never = Q(called_at=None, ended_at__gt=F("promised_at"))
        return self.filter(Q(called_at__gt=F("promised_at")) | never)

    def served_too_long(self):
        return self.filter(ended_at__gt=F("serve_by"))


class Ticket(models.Model):
    """A person at the counter of an office: waiting -> being served -> ended; the first two are counted in minutes.

    The law of that day is copied onto the ticket. ``issued_at`` is the person's place in every queue of that day: who
    waits for the clerk does not lose his turn to the clerk's slowness. Norms: ADM-S10-1, TRN-S10-1.
    """

    class Outcome(models.TextChoices):
        SERVED = "served", _("served")
        LEFT = "left", _("went away")
        UNSERVED = "unserved", _("not called before closing")

    office = models.ForeignKey(Office, models.PROTECT, related_name="tickets")
    service = models.SlugField(max_length=40)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The longest waiting and service of the standard in working minutes, the waiting from which it is a breach.
    waiting_limit = models.PositiveSmallIntegerField()
    waiting_breach = models.PositiveSmallIntegerField()
    serving_limit = models.PositiveSmallIntegerField()
    waiting_norm = models.CharField(max_length=20)
    serving_norm = models.CharField(max_length=20)
    #: What they came to on this day: when the clerks are told, the promised moment, the last one before the breach.
    alert_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    call_by = models.DateTimeField()
    serve_by = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    #: Working minutes, begun ones counted whole.
    waited = models.PositiveSmallIntegerField(null=True, blank=True)
    served = models.PositiveSmallIntegerField(null=True, blank=True)
    alerted_at = models.DateTimeField(null=True, blank=True)
    breach_noted_at = models.DateTimeField(null=True, blank=True)
    #: The case that was taken in while this person stood at the counter.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tickets")

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="ticket_number_once_a_day", fields=["office", "day", "number"]),
            models.CheckConstraint(
                name="ticket_called_after_it_was_issued",
                condition=Q(called_at=None, called_by=None, waited=None, serve_by=None)
                | Q(
                    called_at__gte=F("issued_at"), called_by__isnull=False, waited__isnull=False, serve_by__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="ticket_ended_has_an_outcome",
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__gte=F("issued_at")) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="ticket_served_was_called", condition=~Q(outcome="served") | Q(called_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="ticket_of_the_day", fields=["office", "day"]),
            models.Index(name="ticket_still_waiting", fields=["alert_at"], condition=Q(called_at=None, ended_at=None)),
        ]

    def __str__(self):
        return f"{self.office_id} {self.day} {self.number}"

    @property
    def waited_too_long(self) -> bool:
        left_off = self.called_at or self.ended_at
        return left_off is not None and left_off > self.call_by

    @property
    def waited_beyond_the_promise(self) -> bool:
        left_off = self.called_at or self.ended_at
        return left_off is not None and left_off > self.promised_at

    @property
    def served_too_long(self) -> bool:
        return self.ended_at is not None and self.serve_by is not None and self.ended_at > self.serve_by


class Handover(models.Model):
    """A paper result has left the office: to whom, by which document, who gave it. Norms: TRN-S5-4, GAP-37.

    Until then it is kept at the place of acceptance, however long. Handing over ends no clock of the provider: its term
    was met when the result was ready and offered.
    """

    class To(models.TextChoices):
        PERSON = "person", _("the recipient himself")
        REPRESENTATIVE = "representative", _("the representative in this case")
        POWER = "power", _("another person, by a notarised power of attorney")

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="handover")
    to = models.CharField(max_length=14, choices=To.choices)
    receiver = models.CharField(max_length=200)
    #: By which document the receiver was known; for a power also its number, day and notary.
    identity_document = models.CharField(max_length=60)
    power_number = models.CharField(max_length=60, blank=True)
    power_date = models.DateField(null=True, blank=True)
    power_notary = models.CharField(max_length=200, blank=True)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_names_the_receiver", condition=~Q(receiver="") & ~Q(identity_document="")
            ),
            models.CheckConstraint(
                name="handover_by_power_names_its_document",
                condition=~Q(to="power") | (~Q(power_number="") & ~Q(power_notary="") & Q(power_date__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"handover of paper {self.paper_id}"
