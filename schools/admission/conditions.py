"""What the law wants before a move, each with the words that say why not."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Channel
from kazservices.flow.conditions import because
from kazservices.passports import service as passports
from schools.admission.models.pools import Pool
from schools.admission.models.rounds import LateEntry, Round
from schools.admission.states import LIVE


@because(_("Not available: acceptance may be refused only on the acceptance date."))
def still_the_acceptance_day(case):
    """After the day of arrival only a refusal of the service remains. Norm: LAW-19."""
    return case.moment < case.time.closing(case.accepted_on)


@because(_("Not available: the round of this day has been confirmed."))
def round_is_open(case):
    """Nothing displaces an answer already given. Norm: GAP-06."""
    return not Round.objects.filter(pool=case.pool_id, day=case.queue_day).exists()


@because(_("Not available: the application came through the portal."))
def came_on_paper(case):
    return case.channel != Channel.PORTAL


@because(_("Not available: no late entry waits for a second person."))
def late_entry_waits(case):
    """Norm: GAP-06."""
    return LateEntry.objects.filter(case_id=case.pk, confirmed_by=None).exists()


@because(_("Not available: no seat is free in this grade."))
def seat_is_free(case):
    """Norm: ADM-S9-3."""
    return Pool.objects.get(pk=case.pool_id).free > 0


def offer_ends(case):
    """Until when the offered seat is kept: one working day. Norm: GAP-06."""
    return case.deadlines.filter(rule=f"{case.service}.offer").latest("started_at").due_at


@because(_("Not available: the day for the answer to the offer is over."))
def offer_is_open(case):
    """Norm: GAP-06."""
    return case.moment <= offer_ends(case)


@because(_("Not available: the parent may still answer the offer."))
def offer_is_over(case):
    """Norm: GAP-06."""
    return not offer_is_open(case) or case.moment == offer_ends(case)


@because(_("Not available: this child has another live application. Withdraw that one first."))
def no_other_live_application(case):
    """A child has one live application over all schools. Norm: GAP-06."""
    others = type(case).objects.filter(child=case.child_id, year=case.year, state__in=LIVE)
    return not others.exclude(pk=case.pk).exists()


@because(_("Not available: the contract has been concluded."))
def has_no_contract(case):
    return case.contract_at is None


@because(_("Not available: no order names this child."))
def order_is_signed(case):
    """Norm: ADM-3."""
    return case.order_id is not None


@because(_("Not available: the order names this child: it is a pupil now."))
def no_order_names_the_child(case):
    """After the order only a transfer is left. Norm: ADM-3."""
    return case.order_id is None


@because(_("Not available: no health documents are due."))
def health_documents_lack(case):
    """Norm: ADM-S8-X."""
    return case.health_due


@because(_("Not available: the restrictions have not been lifted."))
def restrictions_are_over(case):
    """Norm: ADM-S8-X."""
    return not passports.is_restricted(case.time.local(case.moment).date(), case.office)
