from datetime import timedelta

from django.db import models


class OffsetManager(models.Manager):
    def current(self) -> timedelta:
        """How far the demo clock runs ahead of the real one."""
        return self.filter(pk=1).values_list("ahead", flat=True).first() or timedelta()


class Offset(models.Model):
    """The demo clock's lead over the real one: a single row, never moved back."""

    ahead = models.DurationField(default=timedelta)

    objects = OffsetManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="clock_offset_single_row", condition=models.Q(pk=1)),
            models.CheckConstraint(name="clock_never_runs_behind", condition=models.Q(ahead__gte=timedelta())),
        ]

    def __str__(self):
        return str(self.ahead)
