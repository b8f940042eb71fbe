"""What happens to a complaint by itself: registered at once, told at once, reminded of."""

from . import casefile, conditions, steps
from .models import Complaint
from .states import State


def follows(case, move: str) -> str:
    """What came through the portal is registered, told and answered there, at once; nobody considers his own matter.

    Norms: GAP-34, LAW-25-4b, CONS-14-3.
    """
    if move in ("take_up", "name_official") and conditions.head_is_complained_of(case):
        return "hand_over"
    if not case.is_electronic:
        return ""
    if move == "submit" and case.forwarded_from_id is None:
        return "register" if case.capacity == case.Capacity.PROVIDER else "take_up"
    return {"extend": "tell_extension"}.get(move, "answer" if move in ("satisfy", "satisfy_in_part", "refuse") else "")


def expects(case, rule) -> bool:
    """The notice of an extension is owed only once there is one."""
    return rule.code != "complaint.tell_extension" or bool(case.extension_ground)


def errands(at) -> tuple[int, int]:
    """The case file is made by itself: whoever forwards a complaint finds it ready. Norm: CONS-14-2."""
    return casefile.order_waiting(Complaint.objects.filter(state=State.REGISTERED).select_related("about"))


def due_moves(at):
    """The reminders that are due: the registration of a body outside is not confirmed yet."""
    waiting = Complaint.objects.filter(state=State.FORWARDED, is_outside=True, their_registered_on=None)
    for case in waiting.filter(reminders__lt=len(steps.REMINDED_AFTER)).select_related("office"):
        if case.reminders < steps.reminders_due(case, at):
            yield case.pk, "remind"
