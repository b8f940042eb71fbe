from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case, JournalEntry
from kazservices.leases import free
from kazservices.offices.models import Office

#: How often in a row an exchange may fail: with growing pauses, then every half-hour for about three days.
TRIES = 150


class PartnerQuerySet(models.QuerySet):
    def wired(self):
        """Pairs whose State Corporation has a system of its own."""
        return self.exclude(account=None)

    def to_exchange(self, at):
        """Those whose turn it is: in nobody's hands and not given up."""
        return self.wired().filter(free(at, TRIES)).order_by("pk")


class Partner(models.Model):
    """An office of the State Corporation with which a school exchanges papers; a school may have several of them.

    Norms: DUP-22, DUP-S2.

    ``account``: by whom the corporation's own system acts here; empty: its clerks enter at the desk.
    """

    school = models.ForeignKey(Office, models.PROTECT, related_name="corporation_partners", verbose_name=_("school"))
    corporation = models.ForeignKey(
        Office, models.PROTECT, related_name="school_partners", verbose_name=_("office of the State Corporation")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("account of the State Corporation's system"),
    )  # fmt: skip
    #: The last event of the corporation's system that was taken in.
    last_event = models.PositiveIntegerField(default=0, editable=False)
    exchanged_at = models.DateTimeField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    next_try_at = models.DateTimeField(null=True, editable=False)
    #: Rounds of the exchange since the last that went well.
    attempts = models.PositiveIntegerField(default=0, editable=False)
    error = models.CharField(max_length=300, blank=True, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange with the State Corporation")
        verbose_name_plural = _("exchanges with the State Corporation")
        constraints = [
            models.UniqueConstraint(name="partner_pair_once", fields=["school", "corporation"]),
            models.CheckConstraint(name="partner_school_is_not_the_corporation", condition=~Q(school=F("corporation"))),
        ]

    def __str__(self):
        return f"{self.school_id} – {self.corporation_id}"


class DeliveryRun(models.Model):
    """The courier went to the school: which run of the day it was, also when he carried nothing. Norm: DUP-23."""

    corporation = models.ForeignKey(Office, models.PROTECT, related_name="+")
    school = models.ForeignKey(Office, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(name="delivery_run_once", fields=["corporation", "school", "day", "number"])
        ]

    def __str__(self):
        return f"run {self.number} of {self.day}"


class Consignment(models.Model):
    """A register in two copies with what it carries: formed, sent, countersigned by who received it. Norm: DUP-22."""

    class Direction(models.TextChoices):
        APPLICATIONS = "applications", _("applications to the school")
        RESULTS = "results", _("results to the State Corporation")
        RETURNS = "returns", _("uncollected results back to the school")

    class Way(models.TextChoices):
        COURIER = "courier", _("by courier")
        POST = "post", _("by post")

    #: As its sender numbers it.
    number = models.CharField(max_length=40)
    direction = models.CharField(max_length=12, choices=Direction.choices)
    corporation = models.ForeignKey(Office, models.PROTECT, related_name="+")
    school = models.ForeignKey(Office, models.PROTECT, related_name="+")
    run = models.ForeignKey(DeliveryRun, models.PROTECT, null=True, blank=True, related_name="consignments")
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.COURIER)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The other side's system has been told of it.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="consignment_number_once", fields=["corporation", "school", "direction", "number"]
            ),
            models.CheckConstraint(
                name="consignment_is_countersigned_by_another",
                condition=Q(countersigned_by=None) | Q(sent_by=None) | ~Q(countersigned_by=F("sent_by")),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def sender(self):
        return self.school if self.direction == self.Direction.RESULTS else self.corporation

    @property
    def receiver(self):
        return self.corporation if self.direction == self.Direction.RESULTS else self.school


class ConsignmentItem(models.Model):
    """One line of a register. What did not come stays on it by name until it comes. Norm: DUP-22."""

    class State(models.TextChoices):
        SENT = "sent", _("on the way")
        ARRIVED = "arrived", _("arrived")
        MISSING = "missing", _("missing")

    consignment = models.ForeignKey(Consignment, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="consignment_items")
    #: As the sender's register has them: a line without its papers is known by nothing else.
    outside_number = models.CharField(max_length=60, blank=True)
    full_name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consignment_id", "place"]
        constraints = [
            models.UniqueConstraint(name="consignment_place_once", fields=["consignment", "place"]),
            models.UniqueConstraint(
                name="consignment_carries_a_case_once_at_a_time",
                fields=["case"],
                condition=Q(state__in=("sent", "missing")),
            ),
        ]

    def __str__(self):
        return f"{self.consignment_id}/{self.place}"


class StageReport(models.Model):
    """The monitoring system has been told of one line of a journal; told once, whatever is sent twice. Norm: DUP-32."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="stage_report")
    reported_at = models.DateTimeField()

    def __str__(self):
        return f"report of {self.entry_id}"
