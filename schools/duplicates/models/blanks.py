from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.offices.models import Office


class Document(models.TextChoices):
    """The education documents of a school. Norms: DUP-4, DUP-14."""

    BASIC = "basic", _("certificate of basic secondary education")
    GENERAL = "general", _("certificate of general secondary education")


class BlankForm(models.Model):
    """A sample of blanks, for the days on which it is in force. Norm: DUP-10."""

    document = models.CharField(_("document"), max_length=10, choices=Document.choices)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    act = models.CharField(_("act"), max_length=200)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("sample of blanks")
        verbose_name_plural = _("samples of blanks")
        ordering = ["document", "-since"]
        constraints = [
            models.CheckConstraint(
                name="blank_form_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=models.F("since"))
            )
        ]

    def __str__(self):
        return f"{self.name_kk} ({self.since:%d.%m.%Y})"

    def in_force(self, day) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class BlankQuerySet(models.QuerySet):
    def in_stock(self):
        return self.filter(state=Blank.State.IN_STOCK)

    def fit_for(self, document: str, day):
        """Blanks in stock of the sample that is in force on the day. Norm: DUP-10."""
        open_ended = Q(form__until=None) | Q(form__until__gte=day)
        return self.in_stock().filter(open_ended, form__document=document, form__since__lte=day)


class Blank(models.Model):
    """One numbered blank: received, put aside, used, or spoilt. A number exists once. Norm: DUP-10."""

    class State(models.TextChoices):
        IN_STOCK = "in_stock", _("in stock")
        ASSIGNED = "assigned", _("put aside for a document")
        USED = "used", _("used")
        SPOILT = "spoilt", _("spoilt")

    office = models.ForeignKey(Office, models.PROTECT, related_name="blanks")
    form = models.ForeignKey(BlankForm, models.PROTECT, related_name="blanks")
    series = models.CharField(max_length=10)
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_STOCK)
    received_on = models.DateField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The delivery note with which it came.
    note = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="blanks")
    used_at = models.DateTimeField(null=True, blank=True)
    spoilt_at = models.DateTimeField(null=True, blank=True)
    spoilt_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    spoilt_because = models.CharField(max_length=500, blank=True)

    objects = BlankQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(name="blank_number_exists_once", fields=["series", "number"]),
            models.UniqueConstraint(
                name="blank_one_in_work_for_a_case", fields=["case"], condition=Q(state="assigned")
            ),
            models.CheckConstraint(
                name="blank_put_aside_names_its_case",
                condition=Q(state="in_stock", case=None) | Q(state="spoilt") | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="blank_used_has_its_moment",
                condition=Q(state="used", used_at__isnull=False) | (~Q(state="used") & Q(used_at=None)),
            ),
            models.CheckConstraint(
                name="blank_spoilt_says_why_and_by_whom",
                condition=~Q(state="spoilt")
                | (~Q(spoilt_because="") & Q(spoilt_at__isnull=False, spoilt_by__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="blank_of_an_office", fields=["office", "state"])]

    def __str__(self):
        return f"{self.series} № {self.number}"
