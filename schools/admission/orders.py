"""Drawing up an enrolment order: a case of its own, with the list of a grade. Norms: ADM-3, ADM-9-6c."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.flow import door
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from kazservices.passports import service as passports
from schools.admission.models import EnrolmentOrder, Pool
from schools.admission.order_steps import admitted_of


@transaction.atomic
def draw_up(pool: Pool, *, by) -> EnrolmentOrder:
    """A draft of the order; one at a time. Raises PermissionDenied, ValidationError."""
    if not {Role.HEAD, Role.ACADEMIC_DEPUTY} & roles_of(by, pool.office):
        raise PermissionDenied("order")
    pool = Pool.objects.select_for_update(of=("self",)).select_related("office").get(pk=pool.pk)
    if open_order(pool) is not None:
        raise ValidationError(_("An order of this grade is drawn up already: sign it, or drop it."), code="open")
    if not admitted_of(pool).exists():
        raise ValidationError(_("No admitted child waits for an order."), code="nobody")
    at, time = clock.now(), pool.office.time_for(EnrolmentOrder.service_code)
    order = EnrolmentOrder(
        service=EnrolmentOrder.service_code, edition=passports.edition_on(pool.service, pool.office.today()),
        office=pool.office, pool=pool, submitted_at=at, accepted_on=time.accepts(at), language=by.language,
    )  # fmt: skip
    return door.begin(order, by=by, at=at)


def open_order(pool: Pool) -> EnrolmentOrder | None:
    return EnrolmentOrder.objects.filter(pool=pool, state="drawn_up").first()
