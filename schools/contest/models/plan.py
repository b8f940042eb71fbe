from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.contest.ranking import QUOTA_PARTS
from schools.contest.tables import GRADES

CAMPAIGN = "contest.ContestCampaign"


class ClassPlaces(models.Model):
    """How many are taken into a class, and how many of these places the quota keeps. Norm: ADM-C25."""

    campaign = models.ForeignKey(CAMPAIGN, models.CASCADE, related_name="places")
    grade = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    quota = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["grade"]
        constraints = [
            models.UniqueConstraint(name="contest_places_once_a_class", fields=["campaign", "grade"]),
            models.CheckConstraint(name="contest_places_of_a_class_with_a_test", condition=Q(grade__in=GRADES)),
            models.CheckConstraint(
                name="contest_quota_is_at_most_a_tenth", condition=Q(places__gte=F("quota") * QUOTA_PARTS)
            ),
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.grade}: {self.places}"


class Sitting(models.Model):
    """When and where a class writes its test: off-line, in a room. Norms: ADM-C27 to ADM-C29."""

    campaign = models.ForeignKey(CAMPAIGN, models.CASCADE, related_name="sittings")
    grade = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)

    class Meta:
        ordering = ["starts_at", "grade"]
        constraints = [
            models.UniqueConstraint(name="contest_sitting_once_a_class", fields=["campaign", "grade"]),
            models.CheckConstraint(name="contest_sitting_is_in_a_room", condition=~Q(place="")),
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.grade}"


class Publication(models.Model):
    """What was laid before the public, in the very words, and when: the log of ADM-C28, C41, C43 and C44."""

    class Kind(models.TextChoices):
        SCHEDULE = "schedule", _("schedule of the contest")
        RESULTS = "results", _("results of the contest")
        RESERVE = "reserve", _("reserve list")
        VACANCIES = "vacancies", _("free places")
        OWN = "own", _("own selection, classes 8 to 11")

    campaign = models.ForeignKey(CAMPAIGN, models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(name="contest_publications", fields=["campaign", "kind", "at"])]

    def __str__(self):
        return f"{self.campaign_id} {self.kind}"
