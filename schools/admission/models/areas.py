from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kazservices.offices.models import Office


class AreaEditionQuerySet(models.QuerySet):
    def on(self, office, day):
        """The service area of a school on a day: the edition that began last."""
        return self.filter(office=office, valid_from__lte=day).order_by("-valid_from", "-pk").first()

    def of_all(self, day):
        """The editions in force on a day, one a school."""
        newest = self.filter(office=models.OuterRef("office"), valid_from__lte=day).order_by("-valid_from", "-pk")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))


class AreaEdition(models.Model):
    """The service area of a school by an act of its local body, from a day on. Norms: ADM-9, GAP-06."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="area_editions")
    valid_from = models.DateField()
    act = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AreaEditionQuerySet.as_manager()

    class Meta:
        ordering = ["office", "valid_from"]
        constraints = [models.UniqueConstraint(name="area_edition_begins_once", fields=["office", "valid_from"])]

    def __str__(self):
        return f"{self.office_id} {self.valid_from}"


class AreaAddress(models.Model):
    """A street, or some houses of it, of a service area; ``border``: of another school's area too, on purpose.

    Two villages of a district may have the same street: with a locality the row holds for that one alone.
    """

    class Side(models.TextChoices):
        ALL = "all"
        ODD = "odd"
        EVEN = "even"

    edition = models.ForeignKey(AreaEdition, models.CASCADE, related_name="addresses")
    locality = models.CharField(max_length=200, blank=True)
    #: The village or town as it is compared: without «village», capitals and signs.
    locality_key = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200)
    #: The street as it is compared: without «street», capitals and signs.
    key = models.CharField(max_length=200, db_index=True)
    first = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    side = models.CharField(max_length=4, choices=Side.choices, default=Side.ALL)
    border = models.BooleanField(default=False)

    class Meta:
        ordering = ["locality", "street", "first"]
        constraints = [
            models.CheckConstraint(
                name="area_address_names_both_ends",
                condition=Q(first=None, last=None) | Q(first__isnull=False, last__gte=F("first")),
            )
        ]

    def __str__(self):
        return f"{self.edition_id} {self.key}"
