from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .complaint import Complaint


class SignedAct(models.Model):
    """An act that the person complained of may not sign, nor his subordinate in the same office. Norm: CONS-14-3.

    Written with the move itself. The database refuses the row by a trigger, whoever writes it.
    """

    class Kind(models.TextChoices):
        PART = "part", _("granted in part")
        EXTENSION = "extension", _("extension")
        ANSWER = "answer", _("answer of the body that considers")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The office's own day: by it the posts of both are looked up.
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="complaint_is_answered_and_extended_once",
                fields=["complaint", "kind"],
                condition=models.Q(kind__in=("extension", "answer")),
            )
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.kind}"
