"""What the moves of an application write down, and what they will not accept."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kazservices.flow.objections import demand_words, fault, grounds_offered
from schools.admission.models.pools import Pool
from schools.admission.models.rounds import LateEntry, Round
from schools.admission.states import HOLDING

#: The ground on which a round refuses; grounds 1 and 2 are decided before it. Norms: ADM-S9-1 to ADM-S9-3.
FULL = "3"
REASON = _("Write the reason: it goes into the file.")


def side_corrected(case, *, local, reason):
    demand_words("reason", reason, REASON)
    case.local, case.side_because = local, reason


def late_entered(case, by, at, *, received_at, reason):
    """When the paper came, in words of the clerk; nothing moves until a second person agrees. Norm: GAP-06."""
    demand_words("reason", reason, REASON)
    received = datetime.fromisoformat(received_at)
    if received >= case.received_at:
        raise fault(
            "received_at", _("This is not earlier than the time that stands in the application."), "not_earlier"
        )
    day = case.time.accepts(received)
    _demand_open(case, day)
    LateEntry.objects.filter(case_id=case.pk, confirmed_by=None).delete()
    LateEntry.objects.create(
        case_id=case.pk, received_at=received, day=day, reason=reason, entered_by=by, entered_at=at
    )


def late_confirmed(case, by, at):
    """Another person than the one who entered it; the place of the day on which it came. Norm: GAP-06."""
    entry = LateEntry.objects.get(case_id=case.pk)
    if entry.entered_by_id == by.pk:
        raise ValidationError(_("Another person than the one who entered it confirms this."), code="second_person")
    Pool.objects.select_for_update().get(pk=case.pool_id)
    _demand_open(case, entry.day)
    entry.confirmed_by, entry.confirmed_at = by, at
    entry.save(update_fields=["confirmed_by", "confirmed_at"])
    case.queue_day, case.received_at = entry.day, entry.received_at


def _demand_open(case, day):
    """A late paper never displaces an answer already given. Norm: GAP-06."""
    if Round.objects.filter(pool=case.pool_id, day__gte=day).exists():
        message = _("The round of %(day)s has been confirmed: this paper takes part in the next one.")
        raise ValidationError(
            {"received_at": ValidationError(message, code="round_confirmed", params={"day": f"{day:%d.%m.%Y}"})}
        )


def refused(case, by, *, grounds, motive):
    """Only on the closed list, and never for want of seats before the round. Norms: ADM-S5-4, ADM-S9-1, ADM-S9-2."""
    offered = {ground.code for ground in grounds_offered(case)} - ({FULL} if queues(case) else set())
    if not grounds or not set(grounds) <= offered:
        raise fault("grounds", _("Choose a ground of the standard."), "ground")
    demand_words("motive", motive, _("Write the motive: the parent reads it."))
    if FULL in grounds and Pool.objects.get(pk=case.pool_id).free:
        raise fault("grounds", _("A seat is free in this grade: nobody is refused for want of seats."), "seats")
    case.refusal_grounds, case.motive, case.decided_by = list(grounds), motive, by


def queues(case) -> bool:
    """The first class has rounds and a waiting list, the other classes have none. Norm: GAP-04."""
    return case.service == "admission"


def refused_full(case, by):
    """Ground 3, in the words of the round that left no seat. Norm: ADM-S9-3."""
    case.refusal_grounds, case.decided_by = [FULL], by
    case.motive = case.motive or full_words(case)["kk"]


def full_words(case) -> dict:
    """Why there was no seat, in both languages: the day of the round and the seats of the grade."""
    seats, day = case.pool.seats, f"{case.round.day:%d.%m.%Y}"
    return {
        "kk": f"{day} күнгі кезекте бос орын қалмады: сыныптағы {seats} орынның бәрі берілген.",
        "ru": f"В очереди за {day} свободных мест не осталось: все {seats} мест класса заняты.",
    }


def admitted(case, by):
    case.decided_by, case.refusal_grounds, case.motive = by, [], ""


def seat_taken(case):
    """One seat more, under the lock of the pool; the database refuses one too many. Norm: GAP-06."""
    pool = Pool.objects.select_for_update().get(pk=case.pool_id)
    if not pool.free:
        raise ValidationError(_("No seat is free any more."), code="full")
    Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + 1)


def seat_freed(case, at):
    """The seat goes to the waiting list at the start of the next round. Norm: GAP-06."""
    Pool.objects.select_for_update().get(pk=case.pool_id)
    Pool.objects.filter(pk=case.pool_id).update(taken=F("taken") - 1)
    case.freed_at = at


def withdrawn(case, at):
    case.withdrawn_from, case.withdrawn_at = case.state, at
    if case.state in HOLDING:
        seat_freed(case, at)


def reopened(case, at, because):
    """By its old place into the round of the day on which it came back. Norm: LAW-5-2-9."""
    demand_words("because", because, _("Name the decision, the court act, or what is unlawful in the result."))
    if case.state in HOLDING:
        seat_freed(case, at)
    case.reopened_at, case.reopened_because = at, because
    case.queue_day, case.round = case.time.accepts(at), None
    case.decided_by, case.refusal_grounds, case.motive = None, [], ""
