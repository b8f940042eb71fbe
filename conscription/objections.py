"""What the law objects to in a ground and in the hour of a hearing, each at the field it concerns."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.objections import fault
from kazservices.gateways.service import answers

UNTRUE_DOCUMENTS = "1"  # ground 1: what was supplied is not true


def demand_something_untrue(case, grounds, rests_on) -> None:
    """Ground 1 names what is untrue: a document or an answer, never a register's silence. Norm: CONS-S9-1."""
    if UNTRUE_DOCUMENTS not in grounds:
        return
    there = set(case.attachments.values_list("requirement", flat=True))
    there |= {f"register:{name}" for name, answer in answers(case).items() if answer is not None}
    if not rests_on or not set(rests_on) <= there:
        raise fault("rests_on", _("Name the document or the register answer that is not true."), "rests_on")


def demand_lawful_hour(case, held_at, at, first, last) -> None:
    """A hearing lies ahead, in working time, between its first and its last lawful day. Norm: GAP-35."""
    time = case.time
    day = time.local(held_at).date()
    if held_at <= at:
        raise fault("held_at", _("This time has already passed. Choose a later one."), "past")
    if not time.days.is_working(day):
        raise fault("held_at", _("This day is a day off. Choose a working day."), "day_off")
    if not first <= day <= last:
        message = _("The hearing may be held from %(first)s to %(last)s: within two working days of the notice.")
        raise fault("held_at", message, "too_late", first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    if not time.is_open(held_at):
        raise fault("held_at", _("The office does not work at this hour. Mind the lunch break."), "hours")
