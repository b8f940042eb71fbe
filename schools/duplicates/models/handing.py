from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Received(models.Model):
    """Who received a paper result, and by which power if not for himself. Norms: DUP-6, DUP-29, DUP-S5-2."""

    class By(models.TextChoices):
        SELF = "self", _("the person himself")
        REPRESENTATIVE = "representative", _("the legal representative")
        ATTORNEY = "attorney", _("by power of attorney")

    handed_over_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=14, choices=By.choices, blank=True)
    receiver_name = models.CharField(max_length=200, blank=True)
    identity_shown = models.CharField(max_length=60, blank=True)
    power_number = models.CharField(max_length=60, blank=True)
    power_date = models.DateField(null=True, blank=True)
    power_notary = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


def received_constraints(name, handed_over, *, notarised=False):
    """The law of a hand-over, in the database."""
    power = ~Q(power_number="") & Q(power_date__isnull=False) & ~Q(receiver_name="")
    return [
        models.CheckConstraint(
            name=f"{name}_handed_over_names_who_received_it",
            condition=~Q(state=handed_over)
            | (Q(handed_over_at__isnull=False) & ~Q(received_by="") & ~Q(identity_shown="")),
        ),
        models.CheckConstraint(
            name=f"{name}_attorney_has_a_power",
            condition=~Q(received_by="attorney") | (power & ~Q(power_notary="") if notarised else power),
        ),
    ]
