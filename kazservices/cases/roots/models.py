"""What a root has sealed. These rows are never changed or deleted: the database itself refuses, on both engines."""

from django.db import models

from kazservices.leases import free

#: How often the copy of a root is tried: with growing pauses, then every half-hour for about three days.
TRIES = 150


class JournalRoot(models.Model):
    """One seal over all that the journal held at one instant; it carries the hash of the root before it.

    A root made after nights without one covers them all, from ``first_night`` to ``night``.
    """

    number = models.PositiveIntegerField(primary_key=True)
    first_night = models.DateField()
    night = models.DateField(unique=True)
    at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()
    #: SHA-256 of the lines sealed by this root, in their order: only what has changed since the root before.
    lines_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"root {self.number}"


class SealedHead(models.Model):
    """How far the journal of a case had come: its number, its count and the hash of its last line.

    No foreign key: the line must outlive the case, or a deleted case would take its proof along.
    """

    root = models.ForeignKey(JournalRoot, models.PROTECT, related_name="heads")
    case_pk = models.PositiveBigIntegerField()
    number = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="head_sealed_once_a_root", fields=["root", "case_pk"])]
        indexes = [models.Index(name="seals_of_a_case", fields=["case_pk", "count"])]

    def __str__(self):
        return f"{self.root_id}: {self.number or self.case_pk}/{self.count}"


class SealedRegister(models.Model):
    """How far a register had come: series, office (by its code), year, the last number given."""

    root = models.ForeignKey(JournalRoot, models.PROTECT, related_name="registers")
    series = models.CharField(max_length=40)
    office = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="register_sealed_once_a_root", fields=["root", "series", "office", "year"])
        ]
        indexes = [models.Index(name="seals_of_a_register", fields=["series", "office", "year"])]

    def __str__(self):
        return f"{self.root_id}: {self.series}-{self.office}-{self.year} {self.last}"


class RootCopyQuerySet(models.QuerySet):
    def to_copy(self, at):
        """Roots whose copy does not lie in the other place yet, in nobody's hands and not given up; oldest first."""
        return self.uncopied().filter(free(at, TRIES)).order_by("root__number")

    def uncopied(self):
        return self.filter(copied_at=None)


class RootCopy(models.Model):
    """The copy of a root in another place: owed from the moment of the root, tried until it lies there."""

    root = models.OneToOneField(JournalRoot, models.PROTECT, related_name="copy")
    copied_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = RootCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "root copies"
        indexes = [models.Index(name="root_to_copy", fields=["root"], condition=models.Q(copied_at=None))]

    def __str__(self):
        return f"copy of root {self.root_id}"
