from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from kazservices.cases.models import ServiceCase
from kazservices.cases.permission import may
from kazservices.offices.roles import Role
from schools.duplicates import handing
from schools.duplicates.states import ORIGINAL_STAGES, OriginalState

from .blanks import Document
from .handing import Received, received_constraints


class Original(ServiceCase, Received):
    """An original for a graduate: from the commission's decision to his own hands, in thirty working days.

    decided -> handed_over | cancelled

    Norms: DUP-4, DUP-5, DUP-6.
    """

    class Basis(models.TextChoices):
        COMMISSION = "commission", _("decision of the examination (attestation) commission")
        HEAD_ORDER = "head_order", _("order of the head (special educational needs)")

    service_code = "original"
    stages = ORIGINAL_STAGES

    state = FSMField(default=OriginalState.DECIDED, choices=OriginalState.choices, protected=True)
    graduate = models.CharField(max_length=200)
    graduate_iin = models.CharField(max_length=12, blank=True)
    document = models.CharField(max_length=10, choices=Document.choices)
    with_distinction = models.BooleanField(default=False)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    basis_number = models.CharField(max_length=40)
    basis_date = models.DateField()
    register_number = models.CharField(max_length=40, blank=True)
    cancelled_because = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("original of an education document")
        verbose_name_plural = _("originals of education documents")
        constraints = [
            models.CheckConstraint(name="original_names_its_basis", condition=~Q(basis_number="")),
            models.CheckConstraint(
                name="original_with_order_of_the_head_is_basic",
                condition=~Q(basis="head_order") | Q(document="basic", with_distinction=False),
            ),
            *received_constraints("original", OriginalState.HANDED_OVER),
        ]

    @transition(
        state, source=OriginalState.DECIDED, target=OriginalState.HANDED_OVER, permission=may(Role.CLERK, Role.HEAD)
    )
    def hand_over(self, *, by, at, **received):
        """To the graduate himself in a solemn setting; to another only by a power of attorney. Norm: DUP-6."""
        handing.handed_over(self, at, handing.Hands(**received), notarised=False)

    @transition(state, source=OriginalState.DECIDED, target=OriginalState.CANCELLED, permission=may(Role.HEAD))
    def cancel(self, *, by, at, because):
        """Entered by mistake: struck off with a reason, its number is given to nobody else. Norm: DUP-4."""
        handing.struck_off(self, at, by, because)
