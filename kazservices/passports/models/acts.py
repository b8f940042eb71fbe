from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazservices.clock import now
from kazservices.offices.models import Office


def _around(office: Office) -> Q:
    """For the whole country, for this office's territory, or for one that contains it."""
    around, body = [], office
    while body is not None and body.pk not in around:
        around.append(body.pk)
        body = body.superior_body
    return Q(office=None) | Q(office__in=around)


class CallUpActQuerySet(models.QuerySet):
    def in_force(self, day: date, office: Office):
        """The acts that order the call-up of this day in this office's territory, or in one that contains it."""
        return self.filter(_around(office), period_from__lte=day, period_to__gte=day)


class CallUpAct(models.Model):
    """An act that orders the call-up for a period; entered by the operator. Norm: CONS-S9-3."""

    number = models.CharField(_("number of the act"), max_length=40)
    date = models.DateField(_("date of the act"))
    title_kk = models.TextField(_("title in Kazakh"))
    title_ru = models.TextField(_("title in Russian"))
    period_from = models.DateField(_("first day of the call-up"))
    period_to = models.DateField(_("last day of the call-up"))
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="call_up_acts",
        verbose_name=_("territory"),
        help_text=_("Leave empty when the act covers the whole country."),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), editable=False, default=now)

    objects = CallUpActQuerySet.as_manager()

    class Meta:
        ordering = ["-period_from"]
        verbose_name = _("call-up act")
        verbose_name_plural = _("call-up acts")
        constraints = [
            models.CheckConstraint(
                name="call_up_act_ends_after_it_begins", condition=Q(period_to__gte=F("period_from"))
            ),
            models.UniqueConstraint(name="call_up_act_once_a_territory", fields=["number", "date", "office"]),
            models.UniqueConstraint(
                name="call_up_act_once_a_country", fields=["number", "date"], condition=Q(office=None)
            ),
        ]

    def __str__(self):
        return f"№ {self.number}, {self.date:%d.%m.%Y}"

    def clean(self):
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise ValidationError({"period_to": _("The last day stands before the first. Check both dates.")})


class RestrictionActQuerySet(models.QuerySet):
    def on(self, day: date):
        """The acts that restrict some territory on a day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def in_force(self, day: date, office: Office):
        """The acts that restrict this office's territory, or one that contains it, on a day."""
        return self.on(day).filter(_around(office))


class RestrictionAct(models.Model):
    """An act of restrictive measures, of a state of emergency, of an emergency: a territory and its days.

    While it lasts a service may have another window (ADM-9-2b) and some documents may follow after it (ADM-S8-X).
    """

    number = models.CharField(_("number of the act"), max_length=40)
    date = models.DateField(_("date of the act"))
    title_kk = models.TextField(_("title in Kazakh"))
    title_ru = models.TextField(_("title in Russian"))
    since = models.DateField(_("first day of the restrictions"))
    until = models.DateField(
        _("last day of the restrictions"),
        null=True,
        blank=True,
        help_text=_("Leave empty while nobody knows: write it once they are lifted."),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="restriction_acts",
        verbose_name=_("territory"),
        help_text=_("Leave empty when the act covers the whole country."),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), editable=False, default=now)

    objects = RestrictionActQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        verbose_name = _("act of restrictions")
        verbose_name_plural = _("acts of restrictions")
        constraints = [
            models.CheckConstraint(
                name="restriction_act_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            )
        ]

    def __str__(self):
        return f"№ {self.number}, {self.date:%d.%m.%Y}"

    def clean(self):
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The last day stands before the first. Check both dates.")})
