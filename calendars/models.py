from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """A state of the calendar that was published: any date can be explained as it was known then."""

    number = models.PositiveIntegerField(_("revision"), unique=True)
    published_at = models.DateTimeField(_("published"))
    published_by = models.CharField(_("published by"), max_length=150, blank=True)  # the login; empty: shipped with it
    digest = models.CharField(max_length=64)  # of all the shifts in force with it
    note = models.TextField(_("note"), blank=True)
    #: The last year whose moved days are all known by an act; 0: none beyond the years we have lived in.
    confirmed_year = models.PositiveSmallIntegerField(_("days confirmed up to the year"), default=0)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("calendar revision")
        verbose_name_plural = _("calendar revisions")

    def __str__(self):
        return f"№ {self.number}"


class DayShiftQuerySet(models.QuerySet):
    def in_force(self, revision_number):
        """The shifts that stand in the calendar of that revision; drafts and withdrawn ones do not."""
        published = self.filter(revision__number__lte=revision_number)
        return published.exclude(withdrawn_by__number__lte=revision_number)

    def drafts(self):
        """Entered by an operator into a proposal, not published yet."""
        return self.filter(revision=None)


class Proposal(models.Model):
    """A revision being prepared: days entered by one operator, looked at and published by another."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("waits for a second person")
        PUBLISHED = "published", _("published as a revision")
        DISCARDED = "discarded", _("discarded")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    note = models.TextField(_("note"), blank=True)
    drafted_by = models.CharField(_("drafted by"), max_length=150)  # the login, as in Revision.published_by
    drafted_at = models.DateTimeField(_("drafted"))
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    #: The calendar over which it was drafted, proposed or published last.
    base_revision = models.PositiveIntegerField(_("over revision"), default=0)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("why it was given up"), max_length=300, blank=True)
    revision = models.OneToOneField(
        Revision, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("revision")
    )
    #: The year whose moved days are all known with this revision: what was provisional in it is so no longer.
    confirms_year = models.PositiveSmallIntegerField(_("confirms the days of the year"), null=True, blank=True)
    #: Days in force that it takes out of force without a new act for the same day.
    withdraws = models.ManyToManyField("DayShift", blank=True, related_name="+", verbose_name=_("withdraws"))

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        verbose_name = _("proposed revision")
        verbose_name_plural = _("proposed revisions")
        constraints = [
            models.CheckConstraint(
                name="proposal_published_by_a_second_person",
                condition=~Q(state="published") | (~Q(decided_by="") & ~Q(decided_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="proposal_published_is_a_revision",
                condition=Q(state="published", revision__isnull=False)
                | (~Q(state="published") & Q(revision__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"proposal {self.pk}"

    @property
    def is_open(self):
        return self.state in (self.State.DRAFT, self.State.PROPOSED)


class DayShift(models.Model):
    """A day that an act makes worked or off, with the act's number and date."""

    class Kind(models.TextChoices):
        WORKS = "works", _("works")
        DAY_OFF = "day_off", _("day off")

    class Issuer(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        LABOUR_MINISTRY = "labour_ministry", _("Ministry of Labour")

    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    exchanged_with = models.DateField(_("exchanged with"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=16, choices=Issuer)
    act_number = models.CharField(_("number of the act"), max_length=40)
    act_date = models.DateField(_("date of the act"))
    source = models.CharField(_("source"), max_length=300)
    provisional = models.BooleanField(_("provisional"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="shifts",
        verbose_name=_("proposed revision"),
    )
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="shifts",
        verbose_name=_("revision"),
    )
    withdrawn_by = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="withdrawn",
        verbose_name=_("withdrawn by"),
    )

    objects = DayShiftQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        constraints = [
            models.UniqueConstraint(
                name="shift_one_in_force_a_day",
                fields=["date"],
                condition=Q(revision__isnull=False, withdrawn_by__isnull=True),
            ),
            models.UniqueConstraint(
                name="shift_one_draft_a_day", fields=["proposal", "date"], condition=Q(revision__isnull=True)
            ),
            models.CheckConstraint(
                name="shift_draft_has_a_proposal",
                condition=Q(proposal__isnull=False) | Q(revision__isnull=False),
            ),
            models.CheckConstraint(
                name="shift_withdrawn_was_published",
                condition=Q(withdrawn_by__isnull=True) | Q(revision__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.date}: {self.get_kind_display()}, № {self.act_number}"

    @property
    def act(self):
        """The act in the form that calendars.words.act_words reads."""
        return f"{self.issuer} {self.act_number} {self.act_date}"
