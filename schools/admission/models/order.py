from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.models import ServiceCase, Stage
from kazservices.cases.permission import may
from kazservices.offices.roles import Role
from schools.admission import order_steps as law

from .pools import Pool


class OrderState(models.TextChoices):
    """The life of an enrolment order."""

    DRAWN_UP = "drawn_up", _("drawn up")
    SIGNED = "signed", _("signed")
    DROPPED = "dropped", _("dropped")


class EnrolmentOrder(ServiceCase):
    """The head's order that enrols the admitted children of a grade, with the list of them.

    drawn_up -> signed | dropped

    Norms: ADM-3, ADM-9-6c, ADM-S5-1.
    """

    service_code = "admission_order"
    stages = {
        OrderState.DRAWN_UP: Stage.IN_WORK,
        OrderState.SIGNED: Stage.DECIDED,
        OrderState.DROPPED: Stage.CLOSED,
    }

    state = FSMField(default=OrderState.DRAWN_UP, choices=OrderState.choices, protected=True)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="orders")
    order_number = models.CharField(max_length=40, blank=True)
    order_date = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("enrolment order")
        verbose_name_plural = _("enrolment orders")
        constraints = [
            models.CheckConstraint(
                name="enrolment_order_signed_has_number_date_and_hand",
                condition=~Q(state=OrderState.SIGNED)
                | (~Q(order_number="") & Q(order_date__isnull=False, decided_by__isnull=False)),
            )
        ]

    @transition(
        state,
        source=OrderState.DRAWN_UP,
        target=OrderState.SIGNED,
        conditions=[law.order_day_has_come, law.somebody_is_admitted],
        permission=may(Role.HEAD),
    )
    def sign_order(self, *, by, at, order_number):
        """Number and date, and every child of the list becomes a pupil with it. Norms: ADM-3, ADM-9-6c."""
        law.signed(self, by, at, order_number=order_number)

    @transition(
        state, source=OrderState.DRAWN_UP, target=OrderState.DROPPED, permission=may(Role.HEAD, Role.ACADEMIC_DEPUTY)
    )
    def drop(self, *, by, at):
        """Drawn up for nothing: the children wait for another order."""
