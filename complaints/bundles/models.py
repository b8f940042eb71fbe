import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case

#: So often a file is tried that fails for no reason anybody was told; then whoever ordered it is told.
MOST_ATTEMPTS = 5
NORM = "CONS-14-2"
#: Lines of the journal.
ORDERED, MADE = "file_ordered", "file_made"


class CaseBundleQuerySet(models.QuerySet):
    def open(self):
        """Ordered, and neither ready nor failed."""
        return self.filter(state__in=(CaseBundle.State.WAITING, CaseBundle.State.MAKING))

    def to_make(self, at):
        """Those that wait, and those whose maker has been gone longer than his lease; oldest first."""
        free = Q(lease_until=None) | Q(lease_until__lt=at)
        return self.open().filter(free).order_by("ordered_at", "pk")

    def of_case(self, case):
        """The files that were ordered of this case, alone or with others; the newest first."""
        return self.filter(Q(case=case.pk) | Q(others=case.pk)).distinct().order_by("-ordered_at", "-pk")


class CaseBundle(models.Model):
    """The file of a case, alone or with others, as one signed archive. Norm: CONS-14-2.

    waiting -> making -> ready | failed; a maker that died leaves it making, and the next one begins anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    class Fault(models.TextChoices):
        """Why it failed; what exactly is wrong stands beside it."""

        LOST = "lost", _("documents are lost or changed")
        TECHNICAL = "technical", _("the making failed several times")

    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles")
    others = models.ManyToManyField(Case, related_name="+", blank=True)
    #: The cases and the way of making in one word: of one such order only one is open at a time.
    scope = models.CharField(max_length=300, editable=False)
    #: Whoever ordered it has seen what is lost and wants the file with the losses named.
    with_losses = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="kk")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    #: What is lost, each with its case, its name, its recorded digest and the kind of loss.
    lost = models.JSONField(default=list, blank=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    #: The fingerprint of the key that signed it, and the digest of the program in it by which it is checked.
    key_id = models.CharField(max_length=64, blank=True)
    verifier = models.CharField(max_length=64, blank=True)
    #: How far the journal of each case had come when it was read: {case: [count, head]}.
    heads = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = CaseBundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("case file")
        verbose_name_plural = _("case files")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="case_file_is_made_once_at_a_time",
                fields=["case", "scope"],
                condition=Q(state__in=("waiting", "making")),
            ),
            models.CheckConstraint(
                name="case_file_ready_has_its_bytes_and_its_signature",
                condition=~Q(state="ready")
                | (~Q(file="") & ~Q(sha256="") & ~Q(key_id="") & Q(size__gt=0, made_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_file_not_ready_keeps_nothing_half_made", condition=Q(state="ready") | Q(file="", sha256="")
            ),
            models.CheckConstraint(
                name="case_file_failed_says_why",
                condition=(Q(state="failed") & ~Q(fault="")) | (~Q(state="failed") & Q(fault="")),
            ),
            models.CheckConstraint(name="case_file_is_done_at_its_total", condition=Q(done__lte=F("total"))),
        ]
        indexes = [
            models.Index(name="case_file_to_make", fields=["ordered_at"], condition=Q(state__in=("waiting", "making")))
        ]

    def __str__(self):
        return f"file of case {self.case_id} ({self.state})"

    def cases(self) -> list[Case]:
        """The case itself first, then those that go with it."""
        others = self.others.select_related("office").order_by("pk")
        return [Case.objects.select_related("office").get(pk=self.case_id), *others]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def download_name(self) -> str:
        """Of its own, in letters that every system takes."""
        return f"case-file-{self.made_at:%Y%m%d}-{self.pk}.zip"
