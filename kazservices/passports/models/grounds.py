from django.db import models
from django.db.models import Q

from .editions import Edition


class Ground(models.Model):
    """A ground on which the service may be refused; without an edition: a general one of the Law.

    Norms: CONS-S9-1 to CONS-S9-3, LAW-19-1-2, LAW-19-1-5.
    """

    class BasisKind(models.TextChoices):
        """What kind of act sets the ground: the Law wants a law (GAP-18)."""

        LAW = "law"
        SUBLAW = "sublaw"

    class Offered(models.TextChoices):
        ALWAYS = "always"
        NO_CALL_UP_ACT = "no_call_up_act"
        CONSENT_REFUSED = "consent_refused"
        NEVER = "never"

    edition = models.ForeignKey(Edition, models.CASCADE, null=True, blank=True, related_name="grounds")
    code = models.SlugField(max_length=20)
    norm = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    text_raw = models.TextField()
    text_kk = models.TextField()
    text_ru = models.TextField()
    plain_kk = models.CharField(max_length=160)
    plain_ru = models.CharField(max_length=160)
    basis_kk = models.CharField(max_length=300)
    basis_ru = models.CharField(max_length=300)
    basis_kind = models.CharField(max_length=10, choices=BasisKind.choices)
    offered = models.CharField(max_length=20, choices=Offered.choices)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="ground_code_once_an_edition", fields=["edition", "code"]),
            models.UniqueConstraint(name="ground_general_code_once", fields=["code"], condition=Q(edition=None)),
        ]

    def __str__(self):
        return self.code
