from django.db import models
from django.db.models import F, Q

from kazservices.documents.models import Attachment
from schools.contest.ranking import RESERVE, Outcome
from schools.contest.tables import OWN_GRADES, RIGHT, WRONG

CAMPAIGN = "contest.ContestCampaign"
APPLICATION = "contest.ContestApplication"


class Score(models.Model):
    """What a candidate's answer sheet gave. Norm: ADM-C35."""

    campaign = models.ForeignKey(CAMPAIGN, models.PROTECT, related_name="scores")
    application = models.OneToOneField(APPLICATION, models.PROTECT, related_name="score")
    right = models.PositiveSmallIntegerField()
    wrong = models.PositiveSmallIntegerField()
    total = models.SmallIntegerField()
    #: Whether the second round was passed, where the charter has one. Norm: ADM-C46.
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contest_score_is_four_a_right_answer_less_the_wrong_ones",
                condition=Q(total=F("right") * RIGHT + F("wrong") * WRONG),
            )
        ]

    def __str__(self):
        return f"score {self.pk}"


class Standing(models.Model):
    """A candidate's place in the protocol, and what has become of it since. Norms: ADM-C40, ADM-C43."""

    campaign = models.ForeignKey(CAMPAIGN, models.PROTECT, related_name="standings")
    application = models.OneToOneField(APPLICATION, models.PROTECT, related_name="standing")
    grade = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    reserve_place = models.PositiveSmallIntegerField(default=0)
    promoted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["grade", "rank"]
        constraints = [
            models.UniqueConstraint(name="contest_rank_once_a_class", fields=["campaign", "grade", "rank"]),
            models.UniqueConstraint(
                name="contest_reserve_place_once_a_class",
                fields=["campaign", "grade", "reserve_place"],
                condition=Q(reserve_place__gt=0),
            ),
            models.CheckConstraint(name="contest_reserve_is_at_most_ten", condition=Q(reserve_place__lte=RESERVE)),
            models.CheckConstraint(
                name="contest_reserve_has_its_place",
                condition=~Q(outcome=Outcome.RESERVE.value) | Q(reserve_place__gt=0),
            ),
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.grade}: {self.rank}"


class FreedPlace(models.Model):
    """A place that became free during the year, and who of the reserve took it. Norm: ADM-C44."""

    campaign = models.ForeignKey(CAMPAIGN, models.PROTECT, related_name="freed")
    grade = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    left = models.OneToOneField(APPLICATION, models.PROTECT, null=True, blank=True, related_name="place_left")
    freed_at = models.DateTimeField()
    taken_by = models.OneToOneField(APPLICATION, models.PROTECT, null=True, blank=True, related_name="place_taken")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["freed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contest_place_taken_has_its_moment",
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.grade}"


class OwnSelection(models.Model):
    """A selection that the school held by itself for free places of classes 8 to 11. Norm: ADM-C45."""

    campaign = models.ForeignKey(CAMPAIGN, models.PROTECT, related_name="own_selections")
    grade = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()
    studying = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="own_selection_of_classes_8_to_11", condition=Q(grade__in=OWN_GRADES)),
            models.CheckConstraint(
                name="own_selection_keeps_to_the_sanitary_capacity",
                condition=Q(capacity__gte=F("studying") + F("places")),
            ),
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.grade}"


class OwnResult(models.Model):
    """One line of a school's own selection."""

    selection = models.ForeignKey(OwnSelection, models.CASCADE, related_name="results")
    number = models.CharField(max_length=40)
    full_name = models.CharField(max_length=200)
    points = models.SmallIntegerField()
    rank = models.PositiveSmallIntegerField()
    is_taken = models.BooleanField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(name="own_selection_number_once", fields=["selection", "number"]),
            models.UniqueConstraint(name="own_selection_rank_once", fields=["selection", "rank"]),
        ]

    def __str__(self):
        return f"{self.selection_id} {self.rank}"
