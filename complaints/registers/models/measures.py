from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.offices.models import Office

from .books import Conclusion, Proposal


class MeasureQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_on=None)

    def overdue(self, today):
        """The day that was promised has passed: a promise of our own, no clock of the law."""
        return self.open().filter(due_on__lt=today)

    def to_warn(self, today):
        """Overdue, and nobody has been told yet; oldest first."""
        return self.overdue(today).filter(warned_at=None).order_by("due_on", "pk")


class Measure(models.Model):
    """What is done, by whom and by when: on a proposal, on a conclusion, or to put right what a case did wrong.

    Norms: LAW-25-3, LAW-29-4, LAW-5-2-9.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="measures")
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, null=True, blank=True, related_name="measures")
    #: The complaint, which is a case like any other.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="measures")
    what = models.TextField()
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    #: By what it can be seen that it was done: an act with number and date, a letter, a new result.
    proof = models.TextField(blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    warned_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_answers_one_thing",
                condition=Q(proposal__isnull=False, conclusion=None, case=None)
                | Q(proposal=None, conclusion__isnull=False, case=None)
                | Q(proposal=None, conclusion=None, case__isnull=False),
            ),
            models.CheckConstraint(name="measure_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="measure_done_names_its_proof_and_its_hand",
                condition=Q(done_on=None, proof="", done_by=None)
                | (Q(done_on__isnull=False, done_by__isnull=False) & ~Q(proof="")),
            ),
        ]
        indexes = [models.Index(name="measure_to_warn", fields=["due_on"], condition=Q(done_on=None, warned_at=None))]

    def __str__(self):
        return f"measure {self.pk}"

    @property
    def source(self):
        """What it answers."""
        return self.proposal or self.conclusion or self.case

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.due_on < self.office.today()
