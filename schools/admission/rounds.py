"""The day's round: what it is made of, how the head confirms it, how an auditor replays it. Norms: ADM-9-5, GAP-06.

The list is final at the closing hour of its day; the head confirms it from the opening of the next working day. What
was withdrawn in between takes its turn like the others and frees its seat for the next round: the answers depend on
the applications and the days, not on who pressed a button first.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendars import service as calendars
from kazservices import clock
from kazservices.cases.models import Case
from kazservices.flow.door import advance
from kazservices.flow.errors import MoveNotAllowed
from kazservices.offices.actors import SYSTEM
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from kazservices.signing.service import digest_of
from schools.admission import conditions, queue
from schools.admission.models import AdmissionApplication, AreaEdition, Pool, Round
from schools.admission.states import HOLDING, State

SERVICE = AdmissionApplication.service_code
#: The move of each answer.
MOVES = {queue.Kind.ADMIT: "seat", queue.Kind.OFFER: "offer", queue.Kind.REFUSE: "leave_without_seat"}


class RoundChanged(ValidationError):
    """What is to be confirmed is not what was shown."""

    def __init__(self):
        super().__init__(_("The queue has changed since it was shown to you. Look at it again."), code="round_changed")


@dataclass(frozen=True)
class Proposal:
    """A round that may be confirmed: its input, its answers, and the applications by their keys."""

    pool: Pool
    day: object
    input: queue.Round
    outcome: queue.Outcome
    cases: dict
    #: When it may be confirmed, and until when the answers are due.
    opens: object
    due: object

    @property
    def sha256(self) -> str:
        """What the head confirms: exactly this input of this day."""
        return digest_of({"pool": self.pool.pk, "day": self.day.isoformat(), **self.input.as_json()})

    @property
    def rows(self) -> list[tuple]:
        """(answer, application) in the order of the queue."""
        return [(answer, self.cases[answer.key]) for answer in self.outcome.answers]

    def is_open(self, at) -> bool:
        return at >= self.opens


def proposed(pool: Pool, at=None) -> Proposal | None:
    """The next round of a pool as it stands now: the earliest day that waits. None when there is nothing to answer."""
    at, pool = at or clock.now(), Pool.objects.select_related("office").get(pk=pool.pk)
    day = _next_day(pool, at)
    if day is None:
        return None
    time = pool.office.time_for(SERVICE)
    input_, cases = _input(pool, day, time.closing(day))
    next_day = time.days.add_working(day, 1)
    return Proposal(pool, day, input_, queue.hold(input_), cases, time.opening(next_day), time.closing(next_day))


def confirm(pool: Pool, *, by, sha256: str) -> Round:
    """The head's yes to exactly the round he was shown: every child gets its answer, the counter goes on.

    Raises PermissionDenied, RoundChanged, ValidationError. Norms: ADM-9-5, ADM-9-6b, GAP-06.
    """
    demand_head(pool, by)
    _let_lapse(pool, clock.now())
    return _confirm(pool, by=by, sha256=sha256)


@transaction.atomic
def _confirm(pool: Pool, *, by, sha256: str) -> Round:
    """Cases first, then the pool: the order of every lock."""
    at = clock.now()
    held = _hold_still(pool, at)
    pool = lock(pool)
    proposal = proposed(pool, at)
    if proposal is None or proposal.sha256 != sha256 or not held >= set(proposal.cases):
        raise RoundChanged
    _demand_time(proposal, at)
    _demand_earlier_answered(pool)
    kept = _keep(proposal, by, at)
    _answer(kept, proposal)
    return kept


def lock(pool: Pool) -> Pool:
    """One round, one change of seats at a time."""
    return Pool.objects.select_for_update(of=("self",)).select_related("office").get(pk=pool.pk)


def demand_head(pool, by):
    if Role.HEAD not in roles_of(by, pool.office):
        raise PermissionDenied("round")


def waiting_list(pool, day=None):
    """Who waits for a seat, in the order of his place; ``day``: as the round of that day finds them."""
    listed = Q(state=State.LISTED)
    if day is not None:
        closing = pool.office.time_for(SERVICE).closing(day)
        gone = Q(state=State.WITHDRAWN, withdrawn_from=State.LISTED, withdrawn_at__gt=closing)
        listed = (listed | gone) & Q(queue_day__lt=day)
    return in_place_order(AdmissionApplication.objects.filter(listed, pool=pool))


def in_place_order(cases):
    """By the instant of receipt, which carries the acceptance date, then the registration number. Norm: GAP-06."""
    return cases.select_related("child", "applicant", "office").order_by("received_at", "number", "pk")


def replay(round_: Round) -> queue.Outcome:
    """The answers once more from what was kept: an auditor compares them with those that were given."""
    return queue.hold(queue.Round.from_json(round_.input))


def is_true(round_: Round) -> bool:
    """The kept answers are those of the kept input."""
    outcome = replay(round_)
    same = round_.answers == _written(outcome)
    return same and (outcome.counter, outcome.seats) == (round_.counter_after, round_.seats_after)


def _next_day(pool, at):
    """The earliest day with applications to be answered; for the waiting list alone, the last day that has closed."""
    time = pool.office.time_for(SERVICE)
    day = next((day for day in _unanswered(pool) if _fresh(pool, day, time.closing(day)).exists()), None)
    last = _last_closed(time, at)
    if day is not None and day <= last:
        return day
    held = Round.objects.filter(pool=pool, day__gte=last).exists()
    offers = not held and _free_at(pool, time.closing(last)) > 0 and waiting_list(pool, last).exists()
    return last if offers else day


def _unanswered(pool):
    """The days without a round whose applications wait, or were withdrawn while they waited: the earliest first."""
    waited = Q(state=State.SUBMITTED) | Q(state=State.WITHDRAWN, withdrawn_from=State.SUBMITTED)
    cases = AdmissionApplication.objects.filter(waited, pool=pool)
    answered = Round.objects.filter(pool=pool).values("day")
    return cases.exclude(queue_day__in=answered).order_by("queue_day").values_list("queue_day", flat=True).distinct()


def _last_closed(time, at):
    """The last working day whose closing hour has passed."""
    today = time.local(at).date()
    closed = time.days.is_working(today) and at >= time.closing(today)
    return today if closed else time.days.add_working(today, -1)


def _input(pool, day, closing) -> tuple[queue.Round, dict]:
    """What stood at the closing hour of the day; a late paper of that day too, until the round is confirmed."""
    listed = list(waiting_list(pool, day))
    fresh = list(in_place_order(_fresh(pool, day, closing)))
    rows = [tuple(queue.Child(case.pk, case.local) for case in cases) for cases in (listed, fresh)]
    free = max(0, _free_at(pool, closing))
    round_ = queue.Round(seats=free, counter=pool.counter, listed=rows[0], fresh=rows[1])
    return round_, {case.pk: case for case in (*listed, *fresh)}


def _fresh(pool, day, closing):
    """The applications of the day; one withdrawn after the list was final still takes its turn."""
    gone = Q(state=State.WITHDRAWN, withdrawn_from=State.SUBMITTED, withdrawn_at__gt=closing)
    return AdmissionApplication.objects.filter(Q(state=State.SUBMITTED) | gone, pool=pool, queue_day=day)


def _free_at(pool, closing) -> int:
    """Seats that were free at a closing hour: what was freed, or added, since then waits for the next round."""
    freed = AdmissionApplication.objects.filter(pool=pool, freed_at__gt=closing).exclude(state__in=HOLDING).count()
    then = pool.changes.filter(at__lte=closing).order_by("at", "pk").values_list("seats", flat=True).last()
    return min(pool.seats, pool.seats if then is None else then) - pool.taken - freed


def _let_lapse(pool, at):
    """Offers whose day is over free their seats first, whether or not the sweep has come by.

    Each by itself, as the sweep does it: it stays so when the round has changed with it and is not confirmed.
    """
    for case in AdmissionApplication.objects.filter(pool=pool, state=State.OFFERED).order_by("pk"):
        case.moment = at
        if conditions.offer_is_over(case):
            with suppress(MoveNotAllowed):  # the sweep has just done it, or the parent has answered
                advance(case, "lapse", by=SYSTEM)


def _hold_still(pool, at) -> set:
    """The calendar, and the cover sheets of all whom the round may answer, in the order of their keys."""
    calendars.stand_still()
    found = proposed(pool, at)
    keys = sorted(found.cases) if found else []
    return set(
        Case.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True)
    )


def _demand_time(proposal, at):
    """On the working day after the list is final. Norms: GAP-06, ADM-S7-2."""
    if not proposal.is_open(at):
        message = _("The list of this day is not final yet: it can be confirmed from %(opens)s.")
        opens = proposal.pool.office.time_for(SERVICE).local(proposal.opens)
        raise ValidationError(message, code="not_final", params={"opens": f"{opens:%d.%m.%Y %H:%M}"})


def _demand_earlier_answered(pool):
    """Rounds run in the order of days: the answers of the last one are signed first. Norm: GAP-06."""
    unsigned = (State.SEATED, State.NO_SEAT)
    if AdmissionApplication.objects.filter(pool=pool, state__in=unsigned).exists():
        raise ValidationError(_("Sign the answers of the round before this one first."), code="unsigned")


def _keep(proposal, by, at) -> Round:
    pool, outcome = proposal.pool, proposal.outcome
    held = [answer for answer in outcome.answers if answer.kind != queue.Kind.REFUSE and _stays(proposal, answer)]
    Pool.objects.filter(pk=pool.pk).update(counter=outcome.counter, taken=F("taken") + len(held))
    return Round.objects.create(
        pool=pool, day=proposal.day, area=AreaEdition.objects.on(pool.office, proposal.day),
        input=proposal.input.as_json(), answers=_written(outcome), counter_after=outcome.counter,
        seats_after=outcome.seats, sha256=proposal.sha256, confirmed_at=at, confirmed_by=by,
    )  # fmt: skip


def _stays(proposal, answer) -> bool:
    """Not withdrawn since the list was final: such a child's seat is free again at once."""
    return proposal.cases[answer.key].state != State.WITHDRAWN


def _answer(kept, proposal):
    for answer, case in proposal.rows:
        if _stays(proposal, answer):
            facts = {"round_id": kept.pk}
            if answer.kind != queue.Kind.REFUSE:
                facts |= {"turn": str(answer.turn), "counter": answer.counter}
            advance(case, MOVES[answer.kind], by=SYSTEM, **facts)


def _written(outcome) -> list:
    return [[answer.key, str(answer.kind), str(answer.turn), answer.counter] for answer in outcome.answers]
