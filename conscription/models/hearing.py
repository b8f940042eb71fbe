from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case


class Hearing(models.Model):
    """A hearing called by a preliminary decision, and how it went. Norms: CONS-10-5 to CONS-10-7, GAP-35."""

    class Status(models.TextChoices):
        APPOINTED = "appointed", _("appointed")
        POSTPONED = "postponed", _("postponed")
        HELD = "held", _("held")
        NO_SHOW = "no_show", _("the applicant did not come")
        IN_WRITING = "in_writing", _("position given in writing")
        NOT_NEEDED = "not_needed", _("no longer needed")

    class Method(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIDEO = "video", _("by video link")
        PHONE = "phone", _("by telephone")

    case = models.ForeignKey(Case, models.PROTECT, related_name="hearings")
    number = models.PositiveSmallIntegerField()
    grounds = models.JSONField()
    motive = models.TextField()
    held_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    method = models.CharField(max_length=12, choices=Method.choices)
    #: When the notice lay in the cabinet, and the working day for which that counts (GAP-40).
    served_at = models.DateTimeField()
    served_on = models.DateField()
    #: When the notice of this very time lay in the cabinet: the first one, or that of a postponement.
    notified_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.APPOINTED)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    postponed_by = models.CharField(max_length=10, blank=True)
    postponed_because = models.TextField(blank=True)
    counts_as_postponement = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    record = models.JSONField(default=dict, blank=True)
    wished_at = models.DateTimeField(null=True, blank=True)
    wish = models.TextField(blank=True)
    wish_declined_because = models.TextField(blank=True)
    position = models.TextField(blank=True)
    position_at = models.DateTimeField(null=True, blank=True)
    instead_of_coming = models.BooleanField(default=False)
    objection_waived = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="hearing_numbers_are_unique_in_a_case", fields=["case", "number"]),
            models.UniqueConstraint(
                name="hearing_one_appointed_at_a_time", fields=["case"], condition=Q(status="appointed")
            ),
            models.CheckConstraint(
                name="hearing_held_has_an_end", condition=~Q(status="held") | Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(
                name="hearing_in_writing_has_a_position", condition=~Q(status="in_writing") | ~Q(position="")
            ),
        ]

    def __str__(self):
        return f"hearing {self.number} of case {self.case_id}"
