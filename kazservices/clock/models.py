from datetime import timedelta

from django.db import models


class OffsetManager(models.Manager):
    def current(self) -> timedelta:
        """How far the demo clock runs ahead of the real one; below zero when it was started in the past."""
        return self.filter(pk=1).values_list("ahead", flat=True).first() or timedelta()


class Offset(models.Model):
    """How far the demo clock stands from the real one: a single row. The product's time never goes back."""

    ahead = models.DurationField(default=timedelta)

    objects = OffsetManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="clock_offset_single_row", condition=models.Q(pk=1)),
        ]

    def __str__(self):
        return str(self.ahead)
