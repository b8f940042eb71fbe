from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kazservices.cases.models import Case

from .areas import AreaEdition
from .pools import Pool


class Round(models.Model):
    """One round of a pool as it was confirmed: its input and its answers, so that anybody may replay it. Norm: GAP-06.

    ``input`` is that of ``queue.Round``; ``answers``: [key, kind, turn, counter] in the order of the queue.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="rounds")
    #: The acceptance date of the applications it answers.
    day = models.DateField()
    area = models.ForeignKey(AreaEdition, models.PROTECT, null=True, related_name="+")
    input = models.JSONField()
    answers = models.JSONField()
    counter_after = models.PositiveSmallIntegerField()
    seats_after = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(name="round_once_a_day", fields=["pool", "day"])]

    def __str__(self):
        return f"{self.pool_id} {self.day}"


class LateEntry(models.Model):
    """A paper application entered after the day it came: when it really came, why, and the second person.

    Only until the round of that day is confirmed: it never displaces an answer already given. Norm: GAP-06.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="late_entry")
    received_at = models.DateTimeField()
    day = models.DateField()
    reason = models.CharField(max_length=500)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "late entries"
        constraints = [
            models.CheckConstraint(name="late_entry_names_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="late_entry_takes_two_people", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by"))
            ),
        ]

    def __str__(self):
        return f"{self.case_id}"
