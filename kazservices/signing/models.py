import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Signature(models.Model):
    """A person's yes to exact bytes or exact data: their hash, the moment, the evidence. Norm: CONS-S8-0."""

    class Method(models.TextChoices):
        OTP = "otp", _("one-time password")
        EDS = "eds", _("EDS")
        CONFIRMATION = "confirmation", _("recorded confirmation")
        PAPER = "paper", _("signed by hand on paper, taken in by a clerk")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    method = models.CharField(max_length=12, choices=Method.choices)
    sha256 = models.CharField(max_length=64)
    what = models.CharField(max_length=60)
    at = models.DateTimeField()
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(name="signature_names_what_was_signed", condition=~Q(sha256=""))]

    def __str__(self):
        return f"{self.method} on {self.sha256[:12]}"


class Challenge(models.Model):
    """A one-time password that was asked for: to enter, or to sign. It exists whether or not the IIN is known."""

    class Purpose(models.TextChoices):
        ENTER = "enter", _("to enter")
        SIGN = "sign", _("to sign")

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    #: Keyed hashes: neither the number nor the code can be read back from this table.
    iin_hash = models.CharField(max_length=64, db_index=True)
    address_hash = models.CharField(max_length=64, db_index=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="challenge_to_sign_names_its_subject", condition=~Q(purpose="sign") | ~Q(subject="")
            ),
            models.CheckConstraint(
                name="challenge_code_goes_to_a_number",
                condition=Q(code_hash="", phone="") | (~Q(code_hash="") & ~Q(phone="")),
            ),
        ]

    def __str__(self):
        return f"challenge {self.pk}"
