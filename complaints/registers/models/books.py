from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.documents.models import random_name
from kazservices.offices.models import Office


class Direction(models.TextChoices):
    """Whether the office has got a proposal, or has made one as the body that studies complaints."""

    RECEIVED = "received", _("received")
    MADE = "made", _("made")


class Entry(models.Model):
    """A line of a register of an office: numbered without gaps in its year, never deleted."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    #: The day that stands on the paper itself.
    day = models.DateField()
    #: From whom it came, or to whom it went: a body, an association, a person.
    body = models.CharField(max_length=300)
    text = models.TextField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def number(self) -> str:
        return f"{self.office.code}-{self.year}-{self.serial:04d}"


class ProposalQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_on=None)

    def overdue(self, today):
        """The body has named a day, which has passed, and no answer has gone: its own term, no clock of the law."""
        return self.unanswered().filter(answer_by__lt=today)


class Proposal(Entry):
    """What the body that studies the causes of complaints proposes, and what became of it. Norm: LAW-25-3.

    The law names no term for an answer; a day that the proposal itself names is shown as that of its author.
    """

    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.RECEIVED)
    their_number = models.CharField(max_length=60, blank=True)
    #: The complaints and cases that it rests on.
    cases = models.ManyToManyField(Case, related_name="proposals", blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(name="proposal_number_once_an_office", fields=["office", "year", "serial"]),
            models.CheckConstraint(name="proposal_says_something", condition=~Q(text="") & ~Q(body="")),
            models.CheckConstraint(
                name="proposal_answered_says_how_and_by_whom",
                condition=Q(answered_on=None, answer="", answered_by=None)
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="proposal_answered_after_it_was_made",
                condition=Q(answered_on=None) | Q(answered_on__gte=F("day")),
            ),
        ]

    def __str__(self):
        return f"proposal {self.number}"

    @property
    def is_overdue(self) -> bool:
        return self.answered_on is None and self.answer_by is not None and self.answer_by < self.office.today()


class ConclusionQuerySet(models.QuerySet):
    def without_measure(self):
        """Nothing has been decided on them yet: this is what the law wants to see gone."""
        return self.filter(measures=None)


class Conclusion(Entry):
    """What a public monitoring of the services has come to, in words or as a file. Norm: LAW-29-4."""

    #: Who monitored stands in ``body``; which service it is about, by its code, or several: empty.
    service = models.SlugField(max_length=40, blank=True)
    file = models.FileField(upload_to=random_name, max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("conclusion of a public monitoring")
        verbose_name_plural = _("conclusions of public monitoring")
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(name="conclusion_number_once_an_office", fields=["office", "year", "serial"]),
            models.CheckConstraint(
                name="conclusion_says_something_in_words_or_as_a_file",
                condition=~Q(body="") & (~Q(text="") | ~Q(file="")),
            ),
            models.CheckConstraint(
                name="conclusion_file_has_its_digest", condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256=""))
            ),
        ]

    def __str__(self):
        return f"conclusion {self.number}"
