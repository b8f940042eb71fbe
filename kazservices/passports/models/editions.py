from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

QUORUM_MORE_THAN_HALF = "more_than_half"
#: Of decisions from this day on the provider forwards what he does not grant; of earlier ones his head considers it.
FORWARDED_SINCE = date(2021, 7, 1)


class NoEdition(LookupError):
    """The law in the register says nothing about this service on this day."""

    def __init__(self, service_code: str, day: date):
        super().__init__(service_code, day)
        self.service_code, self.day = service_code, day

    def __str__(self):
        words = _("No standard of the service “%(service)s” is in force on %(day)s.")
        return str(words % {"service": self.service_code, "day": f"{self.day:%d.%m.%Y}"})


class Service(models.Model):
    """A state service; its name and alias are those of its newest edition. Norms: CONS-S0, GAP-10."""

    code = models.SlugField(max_length=40, primary_key=True)
    number_prefix = models.CharField(max_length=6, unique=True)
    name_raw = models.TextField()
    name_kk = models.TextField()
    name_ru = models.TextField()
    alias_raw = models.TextField()
    alias_kk = models.TextField()
    alias_ru = models.TextField()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name_kk


class EditionQuerySet(models.QuerySet):
    def switched_on(self):
        """Those that run: as their file says, until an operator has switched them otherwise."""
        last = EditionSwitch.objects.filter(edition=OuterRef("code")).order_by("-at", "-pk")
        return self.annotate(runs=Coalesce(Subquery(last.values("on")[:1]), F("on_by_default"))).filter(runs=True)

    def on(self, service_code: str, day: date):
        """The newest edition in force on the day that runs; an older one ends where a newer one begins."""
        running = self.switched_on()
        in_force = running.filter(Q(valid_to=None) | Q(valid_to__gte=day), service_id=service_code, valid_from__lte=day)
        edition = in_force.order_by("-valid_from").first()
        if edition is None:
            raise NoEdition(service_code, day)
        return edition


def only_the_portal() -> list[str]:
    return ["portal"]


class Edition(models.Model):
    """One wording of a standard, field by field, for the days it is in force. Norm: LAW-14-3-1.

    Of each law text: `_raw` is the source's own spelling, `_kk` the same with Cyrillic letters only (GAP-16), `_ru`
    our translation, which is not official.
    """

    class TermUnit(models.TextChoices):
        WORKING_DAYS = "working_days"
        WORKING_MINUTES = "working_minutes"

    class Source(models.TextChoices):
        """Whether the wording was checked against the official text. Norm: GAP-20."""

        OFFICIAL = "official"
        REPORTED = "reported"

    class Profile(models.TextChoices):
        """How a complaint on a decision under this wording goes. Norm: GAP-09."""

        BY_DATE = "", "by the day of the decision"
        HEAD_CONSIDERS = "2020"
        FORWARDED = "2022"

    class AppealUnit(models.TextChoices):
        WORKING_DAYS = "working_days"
        CALENDAR_DAYS = "calendar_days"
        CALENDAR_MONTHS = "calendar_months"

    class LastDayOff(models.TextChoices):
        """How a window's last day is treated when it is a day off. Norm: GAP-23."""

        SUBMISSION = "submission"
        ROLL = "roll"
        STRICT = "strict"

    service = models.ForeignKey(Service, models.PROTECT, related_name="editions")
    code = models.SlugField(max_length=60, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    # The acts: the order that gave this wording and the rules it amended; of a wording that is only reported, what is
    # known of them. Norm: CONS-0-1.
    act_kk = models.TextField()
    act_ru = models.TextField()
    act_number = models.CharField(max_length=40, blank=True)
    act_date = models.DateField(null=True, blank=True)
    act_registration_number = models.CharField(max_length=40, blank=True)
    act_registration_date = models.DateField(null=True, blank=True)
    rules_kk = models.TextField()
    rules_ru = models.TextField()

    # Names and rows 1 to 6. Norms: CONS-S0 to CONS-S6.
    name_raw = models.TextField()
    name_kk = models.TextField()
    name_ru = models.TextField()
    alias_raw = models.TextField()
    alias_kk = models.TextField()
    alias_ru = models.TextField()
    provider_raw = models.TextField()
    provider_kk = models.TextField()
    provider_ru = models.TextField()
    channels_raw = models.TextField()
    channels_kk = models.TextField()
    channels_ru = models.TextField()
    term_raw = models.TextField()
    term_kk = models.TextField()
    term_ru = models.TextField()
    term_length = models.PositiveSmallIntegerField()
    term_unit = models.CharField(max_length=20, choices=TermUnit.choices)
    form_raw = models.TextField()
    form_kk = models.TextField()
    form_ru = models.TextField()
    result_raw = models.TextField()
    result_kk = models.TextField()
    result_ru = models.TextField()
    result_form_raw = models.TextField()
    result_form_kk = models.TextField()
    result_form_ru = models.TextField()
    price_raw = models.TextField()
    price_kk = models.TextField()
    price_ru = models.TextField()
    price = models.DecimalField(max_digits=12, decimal_places=2)

    # Row 7. Norms: CONS-S7-1, CONS-S7-2.
    schedule_raw = models.TextField()
    schedule_kk = models.TextField()
    schedule_ru = models.TextField()
    schedule = models.SlugField(max_length=20)

    # Row 8, what every category shares; its documents stand in Category. Norms: CONS-S8-0, S8-2, S8-3, S8-4.
    application_raw = models.TextField()
    application_kk = models.TextField()
    application_ru = models.TextField()
    eds_accepted = models.BooleanField()
    otp_accepted = models.BooleanField()
    gateway_raw = models.TextField()
    gateway_kk = models.TextField()
    gateway_ru = models.TextField()
    acknowledgement_raw = models.TextField()
    acknowledgement_kk = models.TextField()
    acknowledgement_ru = models.TextField()

    # Row 10. Norms: CONS-S10-1, CONS-S10-2.
    other_raw = models.TextField()
    other_kk = models.TextField()
    other_ru = models.TextField()
    contact_phones = models.JSONField(default=list)

    # What the standard leaves open and we decided. Norms: GAP-13, GAP-23, GAP-32, GAP-35.
    hearing_required = models.BooleanField()
    act_not_before = models.PositiveSmallIntegerField()
    objection_working_days = models.PositiveSmallIntegerField()
    postponements = models.PositiveSmallIntegerField()
    quorum = models.CharField(max_length=20)
    last_day_off = models.CharField(max_length=12, choices=LastDayOff.choices)

    # Where the wording comes from, by which ways one may apply, and whether it runs before an operator says so.
    source_status = models.CharField(max_length=10, choices=Source.choices, default=Source.OFFICIAL)
    source_kk = models.TextField(blank=True)
    source_ru = models.TextField(blank=True)
    channels_open = models.JSONField(default=only_the_portal)
    on_by_default = models.BooleanField(default=True)
    #: The Law's own grounds on which it may be refused beside those of the standard. Norm: LAW-19-1-2.
    general_grounds = models.JSONField(default=list, blank=True)

    #: How a complaint goes (GAP-09), and within which term it may be filed: no wording that is loaded now names one, so
    #: no paper prints a last day. One that names a term names its source.
    complaint_profile = models.CharField(max_length=4, choices=Profile.choices, default=Profile.BY_DATE, blank=True)
    appeal_length = models.PositiveSmallIntegerField(null=True, blank=True)
    appeal_unit = models.CharField(max_length=16, choices=AppealUnit.choices, blank=True)
    appeal_source_kk = models.TextField(blank=True)
    appeal_source_ru = models.TextField(blank=True)

    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["service", "valid_from"]
        constraints = [
            models.UniqueConstraint(name="edition_one_a_service_and_first_day", fields=["service", "valid_from"]),
            models.CheckConstraint(
                name="edition_appeal_term_names_its_source",
                condition=Q(appeal_length=None, appeal_unit="")
                | (
                    Q(appeal_length__isnull=False)
                    & ~Q(appeal_unit="")
                    & ~Q(appeal_source_kk="")
                    & ~Q(appeal_source_ru="")
                ),
            ),
            models.CheckConstraint(name="edition_is_free_of_charge", condition=Q(price=0)),
            models.CheckConstraint(
                name="edition_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self):
        return self.code

    @classmethod
    def profile_of(cls, day: date) -> str:
        """How a complaint on a decision of that day goes, where its edition says nothing. Norm: GAP-09."""
        return cls.Profile.FORWARDED if day >= FORWARDED_SINCE else cls.Profile.HEAD_CONSIDERS


class EditionSwitch(models.Model):
    """An operator lets an edition run, or stops it, with his reason: the last word on each edition counts.

    It names the edition by its code: a file that is loaded anew finds what was said of it.
    """

    edition = models.SlugField(_("edition"), max_length=60)
    on = models.BooleanField(_("runs"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("switch of an edition")
        verbose_name_plural = _("switches of editions")
        constraints = [models.CheckConstraint(name="edition_switch_has_a_reason", condition=~Q(reason=""))]

    def __str__(self):
        return f"{self.edition} {'on' if self.on else 'off'}"


class Window(models.Model):
    """Days of the year on which applications are taken in, both included. Norms: CONS-S10-1, GAP-24."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="windows")
    norm = models.CharField(max_length=30)
    opens_month = models.PositiveSmallIntegerField()
    opens_day = models.PositiveSmallIntegerField()
    closes_month = models.PositiveSmallIntegerField()
    closes_day = models.PositiveSmallIntegerField()
    # Open only where an act of restrictions is in force. Norm: ADM-9-2b.
    restricted = models.BooleanField(default=False)

    class Meta:
        ordering = ["opens_month", "opens_day"]
        constraints = [
            models.UniqueConstraint(name="window_opens_once", fields=["edition", "opens_month", "opens_day"]),
            models.CheckConstraint(
                name="window_within_one_year",
                condition=Q(opens_month__lt=F("closes_month"))
                | Q(opens_month=F("closes_month"), opens_day__lte=F("closes_day")),
            ),
        ]

    def __str__(self):
        return f"{self.opens_day:02}.{self.opens_month:02}–{self.closes_day:02}.{self.closes_month:02}"


class Assumption(models.Model):
    """Something the standard does not say and we decided: printed as ours on the passport page."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="assumptions")
    order = models.PositiveSmallIntegerField()
    gap = models.CharField(max_length=12)
    text_kk = models.TextField()
    text_ru = models.TextField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="assumption_order", fields=["edition", "order"])]

    def __str__(self):
        return self.gap
