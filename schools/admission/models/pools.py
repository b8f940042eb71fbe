from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.offices.models import Office


class Language(models.TextChoices):
    """Languages of instruction; an application names one. Norm: GAP-06."""

    KAZAKH = "kk", _("Kazakh")
    RUSSIAN = "ru", _("Russian")
    UYGHUR = "ug", _("Uyghur")
    UZBEK = "uz", _("Uzbek")
    TAJIK = "tg", _("Tajik")


FIRST_GRADE, LAST_GRADE = 1, 11


class Pool(models.Model):
    """The seats of one school, year, grade and language, summed over parallel classes: one queue, one counter.

    ``taken``: seats given, offered or promised by a round; never more than there are, whatever interleaves: the
    database itself refuses it. Classes are never made up by preparation (ADM-4): nothing here knows a score.
    Norms: GAP-06, ADM-4.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="admission_pools", verbose_name=_("school"))
    #: The calendar year in which the children come: from 1 September.
    year = models.PositiveSmallIntegerField(_("year"))
    grade = models.PositiveSmallIntegerField(_("grade"), default=FIRST_GRADE)
    language = models.CharField(_("language of instruction"), max_length=2, choices=Language.choices)
    seats = models.PositiveIntegerField(_("seats"))
    taken = models.PositiveIntegerField(default=0, editable=False)
    #: 0, 1, 2: a child of the area is next; 3: one from outside it.
    counter = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("seats of a grade")
        verbose_name_plural = _("seats of grades")
        ordering = ["-year", "grade", "language"]
        constraints = [
            models.UniqueConstraint(
                name="pool_one_a_grade_and_language", fields=["office", "year", "grade", "language"]
            ),
            models.CheckConstraint(name="pool_never_oversubscribed", condition=Q(taken__lte=F("seats"))),
            models.CheckConstraint(name="pool_counter_goes_to_three", condition=Q(counter__lte=3)),
            models.CheckConstraint(
                name="pool_grade_of_a_school", condition=Q(grade__gte=FIRST_GRADE, grade__lte=LAST_GRADE)
            ),
        ]

    def __str__(self):
        return f"{self.office_id} {self.year} {self.grade} {self.language}"

    @property
    def free(self) -> int:
        return self.seats - self.taken

    @property
    def service(self) -> str:
        """The service that fills it: the first class has a queue of its own. Norms: ADM-9, GAP-04."""
        return "admission" if self.grade == FIRST_GRADE else "admission_classes"


class SeatChange(models.Model):
    """The number of seats of a pool, as it was set: by whom, when, why. A round counts those of its closing hour."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="changes")
    seats = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="seat_change_names_its_reason", condition=~Q(reason=""))]

    def __str__(self):
        return f"{self.pool_id}: {self.seats}"
