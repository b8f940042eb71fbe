"""The enrolment order: what it wants, and what it does with every child of its list. Norms: ADM-3, ADM-9-6c."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.flow.conditions import because
from kazservices.flow.manifest import manifest_of
from schools.admission.days import order_from
from schools.admission.steps import demand_words


@because(_("Not available: the order on the first class is signed after 25 August."))
def order_day_has_come(order):
    """Norms: ADM-9-6c, DATE-ADM-ORDER."""
    return order.pool.service != "admission" or order.time.local(order.moment).date() >= order_from(order.pool.year)


@because(_("Not available: no admitted child waits for an order."))
def somebody_is_admitted(order):
    return admitted_of(order.pool).exists()


def admitted_of(pool):
    """The children that an order of this grade enrols, by name."""
    model = manifest_of(pool.service).model
    return model.objects.filter(pool=pool, state="admitted").select_related("child").order_by("child__full_name", "pk")


def signed(order, by, at, *, order_number):
    demand_words("order_number", order_number, _("Write the number of the order."))
    order.order_number, order.decided_by = order_number.strip(), by
    order.order_date = order.time.local(at).date()
    _name_in_every_case(order)


def _name_in_every_case(order):
    """Each child of the list knows its order; the sweep, or the page at once, makes him a pupil by it. Norm: ADM-3."""
    found = admitted_of(order.pool).values("pk")
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=found).order_by("pk")
    admitted_of(order.pool).filter(pk__in=[case.pk for case in locked]).update(order=order)
