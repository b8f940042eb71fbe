from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case


class Opinion(models.Model):
    """What a member of the commission thinks of an application. Norm: CONS-10-3."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("approve")
        REFUSE = "refuse", _("refuse")

    FIRST, AFTER_HEARING = 1, 2

    case = models.ForeignKey(Case, models.PROTECT, related_name="opinions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=FIRST)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    ground = models.CharField(max_length=20, blank=True)
    motive = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="opinion_once_a_member_in_the_first_round", fields=["case", "member"], condition=Q(round=1)
            ),
            models.CheckConstraint(
                name="opinion_to_refuse_names_ground_and_motive",
                condition=Q(decision="approve") | (~Q(ground="") & ~Q(motive="")),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.member_id} {self.decision}"
