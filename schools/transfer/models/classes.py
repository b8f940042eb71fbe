from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.offices.models import Office


class Language(models.TextChoices):
    """The language of instruction."""

    KAZAKH = "kk", _("Kazakh")
    RUSSIAN = "ru", _("Russian")


class SchoolClassQuerySet(models.QuerySet):
    def for_child(self, office, grade: int, language: str):
        """The parallel classes into which a child of this grade and language may come."""
        return self.filter(office=office, grade=grade, language=language, is_open=True).order_by("letter")

    def with_a_seat(self):
        return self.filter(enrolled__lt=F("capacity"))


class SchoolClass(models.Model):
    """A class of a school with its seats: how many it may hold, and how many learn in it now.

    The number of seats is the school's own; a transfer adds one child under the lock of this row, and the database
    itself lets nobody in above the number of seats. Norm: TRN-S9-3.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="classes", verbose_name=_("school"))
    grade = models.PositiveSmallIntegerField(_("grade"))
    letter = models.CharField(_("letter"), max_length=4)
    language = models.CharField(_("language of instruction"), max_length=2, choices=Language.choices)
    capacity = models.PositiveSmallIntegerField(_("seats"))
    enrolled = models.PositiveSmallIntegerField(_("children in it"), default=0)
    is_open = models.BooleanField(_("takes children"), default=True)
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = SchoolClassQuerySet.as_manager()

    class Meta:
        ordering = ["grade", "letter"]
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        constraints = [
            models.UniqueConstraint(name="school_class_letter_once_a_grade", fields=["office", "grade", "letter"]),
            models.CheckConstraint(name="school_class_grade_of_a_school", condition=Q(grade__gte=1, grade__lte=11)),
            models.CheckConstraint(name="school_class_is_never_overfull", condition=Q(enrolled__lte=F("capacity"))),
        ]

    def __str__(self):
        return f"{self.office_id} {self.name}"

    @property
    def name(self) -> str:
        return f"{self.grade} «{self.letter}»"

    @property
    def free(self) -> int:
        return self.capacity - self.enrolled
