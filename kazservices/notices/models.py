import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.leases import free

#: The letter by which an office tries whether its letters arrive.
TEST_LETTER = "office_test"


class Channel(models.TextChoices):
    CABINET = "cabinet", _("cabinet")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")


#: What a representative is told when his power is taken back: the only letter of the case that he keeps.
LAST_LETTER = "power_revoked"

#: How often a copy is tried: for two hours with growing pauses, then hourly for about three days (a gateway that lies
#: still over a long weekend is met again), then it is given up and listed (``kazservices.stuck``).
TRIES = 80


class NoticeQuerySet(models.QuerySet):
    def to_send(self, at):
        """Copies not yet sent, in nobody's hands and not given up; oldest first."""
        return self.unsent().filter(free(at, TRIES)).order_by("owed_at", "pk")

    def unsent(self):
        """Copies that are owed, whoever holds them and however often they have failed."""
        return self.exclude(channel=Channel.CABINET).filter(sent_at=None)

    def in_cabinet_of(self, user):
        """The letters of a person; those of a case go with the right to see it, but for the one that ends it."""
        seen = Q(case=None) | Q(case__in=Case.objects.visible_to(user).values("pk")) | Q(letter=LAST_LETTER)
        return self.filter(seen, channel=Channel.CABINET, recipient=user).order_by("-owed_at", "-pk")


class Notice(models.Model):
    """One letter in one channel; its words are fixed when it is owed."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    letter = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owed_at = models.DateTimeField()
    #: The moment the letter lies in the cabinet: served (GAP-40). Copies are never "served".
    served_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_is_served_in_the_cabinet_only",
                condition=Q(channel=Channel.CABINET, served_at=F("owed_at"))
                | (~Q(channel=Channel.CABINET) & Q(served_at=None)),
            ),
        ]
        indexes = [
            models.Index(name="notice_to_send", fields=["owed_at"], condition=Q(sent_at=None) & ~Q(channel="cabinet")),
            models.Index(name="notice_in_cabinet", fields=["recipient", "-owed_at"]),
        ]

    def __str__(self):
        return f"{self.letter} ({self.channel}) of case {self.case_id}"
