"""The queue of the head: seats, the cycle 3 + 1, the proposed answers of the day, the papers to be signed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kazservices import clock
from kazservices.design.pieces import ChipPiece
from kazservices.design.templatetags.design import working_time_left
from kazservices.flow.deskpages import Asked, Done, Shown
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from schools.admission import answers, orders, rounds
from schools.admission.days import order_from
from schools.admission.models import AdmissionApplication, Pool
from schools.admission.models.pools import FIRST_GRADE
from schools.admission.order_steps import admitted_of
from schools.admission.queue import LOCAL_TURNS, Kind, Turn
from schools.admission.states import HOLDING, State

from .pools import chosen, pools_of

TEMPLATE = "schools/admission/queue.html"
TURNS = {
    Turn.LOCAL: gettext_lazy("3 + 1: of the area, place %(place)s"),
    Turn.OUTSIDE: gettext_lazy("3 + 1: the first registered from outside"),
    Turn.LEFT_OVER: gettext_lazy("nobody of the area waits: a left-over seat, the turn stays"),
    Turn.KEPT: gettext_lazy("nobody from outside waits: the turn is kept"),
}


@dataclass(frozen=True)
class Row:
    """One application of the queue, as the page draws it."""

    case: AdmissionApplication
    mark: str
    outside: bool
    chip: ChipPiece
    why: str
    due: ChipPiece
    paper: object = None
    ready: bool = False


def answer(asked: Asked):
    """Read the queue, confirm the round, have the papers drawn, sign the admissions, draw up the order."""
    pools = pools_of(asked, grade=FIRST_GRADE)
    pool = chosen(asked, pools)
    if pool is None:
        return Shown(TEMPLATE, {"pools": []})
    if asked.data is None:
        return _shown(asked, pools, pool)
    act = ACTS.get(asked.data.get("act", ""))
    if act is None or Role.HEAD not in roles_of(asked.user, pool.office):
        raise PermissionDenied("queue")
    try:
        return Done(act(asked, pool), f"pool={pool.pk}&office={pool.office_id}")
    except ValidationError as error:
        return _shown(asked, pools, pool, wrong=" ".join(error.messages))


def _confirm(asked, pool) -> str:
    round_ = rounds.confirm(pool, by=asked.user, sha256=asked.data.get("sha256", ""))
    answers.prepare_all(pool, by=asked.user)
    words = _("The round of %(day)s is confirmed. Its papers are being drawn: read them, then sign.")
    return words % {"day": f"{round_.day:%d.%m.%Y}"}


def _prepare(asked, pool) -> str:
    answers.prepare_all(pool, by=asked.user)
    return _("The papers are being drawn.")


def _sign(asked, pool) -> str:
    """Exactly the papers that stood on the page, by their hashes."""
    pairs = (value.partition(":") for value in asked.data.getlist("paper"))
    shown = {int(key): sha256 for key, _colon, sha256 in pairs if key.isdecimal()}
    signed, left = answers.sign_admissions(pool, shown, by=asked.user)
    told = ngettext("%(n)s notice is signed and sent.", "%(n)s notices are signed and sent.", signed) % {"n": signed}
    return told if not left else f"{told} " + _("%(n)s have changed and are left: look at them again.") % {"n": left}


def _draw_up(asked, pool) -> str:
    order = orders.draw_up(pool, by=asked.user)
    return _("The order № %(number)s is drawn up: open it below, give it its number and sign it.") % {
        "number": order.number
    }


ACTS = {"confirm": _confirm, "prepare": _prepare, "sign": _sign, "order": _draw_up}


def _shown(asked, pools, pool, wrong="") -> Shown:
    at = clock.now()
    pool = Pool.objects.select_related("office").get(pk=pool.pk)
    proposal, waiting = rounds.proposed(pool, at), answers.unsigned(pool)
    context = {
        "pools": pools,
        "pool": pool,
        "now": at,
        "wrong": wrong,
        "is_head": Role.HEAD in roles_of(asked.user, pool.office),
        "seats": _seats(pool, proposal),
        "proposal": proposal,
        "rows": [_proposed(one, case, proposal, at) for one, case in proposal.rows] if proposal else [],
        "admitting": sum(one.kind != Kind.REFUSE for one in proposal.outcome.answers) if proposal else 0,
        "opens": proposal and not proposal.is_open(at),
        "unsigned": [_unsigned(one, at) for one in waiting],
        "ready": [one for one in waiting if one.is_ready and one.in_bulk],
        "stale": any(not one.is_of_today for one in waiting),
        "cycle": [(place, place == pool.counter + 1) for place in range(1, LOCAL_TURNS + 1)],
        "outside_next": pool.counter == LOCAL_TURNS,
        "listed": list(rounds.waiting_list(pool)),
        "order": orders.open_order(pool),
        "order_from": order_from(pool.year),
        "admitted": admitted_of(pool).count(),
        "can_order": pool.office.today() >= order_from(pool.year) and admitted_of(pool).exists(),
    }
    return Shown(TEMPLATE, context, wrong=bool(wrong))


def _seats(pool, proposal) -> dict:
    """How the seats stand: given to children of the area and from outside, offered, proposed today, free."""
    held = AdmissionApplication.objects.filter(pool=pool, state__in=HOLDING)
    local = held.filter(local=True).exclude(state=State.OFFERED).count()
    outside = held.filter(local=False).exclude(state=State.OFFERED).count()
    offered = held.filter(state=State.OFFERED).count()
    said = proposal.outcome.answers if proposal else ()
    today = min(pool.free, sum(one.kind != Kind.REFUSE for one in said))
    rows = {"local": local, "outside": outside, "offered": offered, "today": today, "free": pool.free - today}
    return rows | {"cells": [name for name, count in rows.items() for _cell in range(count)]}


def _proposed(one, case, proposal, at) -> Row:
    gone = case.state == State.WITHDRAWN
    chip = _CHIPS[one.kind]() if not gone else ChipPiece("wait", _("withdrawn after the list was final"))
    why = _why(one) if one.kind != Kind.REFUSE else _("The class is full: ground 3, stays on the waiting list.")
    return Row(case, _mark(one), one.turn == Turn.OUTSIDE, chip, why, _due(case.time, proposal.due, at))


_CHIPS = {
    Kind.ADMIT: lambda: ChipPiece("ok", _("Admit")),
    Kind.OFFER: lambda: ChipPiece("info", _("Offer a seat")),
    Kind.REFUSE: lambda: ChipPiece("bad", _("Reasoned refusal"), "cross"),
}


def _mark(one) -> str:
    """Its place in the cycle: 1, 2, 3 or +1; none of a refusal, nor of a seat that leaves the turn where it is."""
    return "—" if one.kind == Kind.REFUSE else _place(one.turn, one.counter)


def _place(turn, counter) -> str:
    if turn not in (Turn.LOCAL, Turn.OUTSIDE):
        return "—"
    return "+1" if turn == Turn.OUTSIDE else str(counter + 1)


def _why(one) -> str:
    return str(TURNS[one.turn]) % {"place": one.counter + 1} if one.turn == Turn.LOCAL else str(TURNS[one.turn])


def _unsigned(one, at) -> Row:
    """An answer of a confirmed round that waits for its signature."""
    refusal = one.case.state == State.NO_SEAT
    chip = _CHIPS[Kind.REFUSE if refusal else Kind.ADMIT]()
    said = next((row for row in (one.case.round.answers if one.case.round else ()) if row[0] == one.case.pk), None)
    mark = "—" if refusal or said is None else _place(said[2], said[3])
    outside = said is not None and said[2] == Turn.OUTSIDE
    words = _("the paper is ready") if one.is_ready else _("the paper is being drawn")
    if not one.is_of_today:
        words = _("the paper must be drawn today")
    due = one.case.deadlines.running().ours().order_by("due_at").first()
    chipped = _due(one.case.time, due.due_at, at) if due else ChipPiece("info", _("no term is running"))
    return Row(one.case, mark, outside, chip, words, chipped, one.paper, one.is_ready)


def _due(time, due_at, at) -> ChipPiece:
    minutes, day = time.working_minutes_between(at, due_at), time.minutes_a_day
    if due_at < at:
        return ChipPiece("bad", working_time_left(minutes, day))
    today = time.local(due_at).date() == time.local(at).date()
    return ChipPiece("warn" if today else "ok", working_time_left(minutes, day), "clock")
