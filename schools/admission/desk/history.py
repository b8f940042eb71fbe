"""The history of the queue: every confirmed round with its input, its answers, and the replay that an auditor wants."""

from django.http import Http404
from django.utils.translation import gettext as _

from kazservices.flow.deskpages import Asked, Shown, TableFile
from schools.admission import rounds
from schools.admission.models import AdmissionApplication, Round

from .pools import chosen, pools_of
from .queue import TURNS

TEMPLATE = "schools/admission/rounds.html"


def answer(asked: Asked):
    """All rounds of a pool; one of them replayed, on the page or as a table."""
    pools = pools_of(asked)
    pool = chosen(asked, pools)
    if pool is None:
        return Shown(TEMPLATE, {"pools": []})
    kept = list(Round.objects.filter(pool=pool).select_related("confirmed_by", "area").order_by("-day"))
    round_ = _named(asked, kept)
    context = {"pools": pools, "pool": pool, "rounds": kept, "round": round_}
    if round_ is None:
        return Shown(TEMPLATE, context)
    rows = list(_rows(round_))
    if asked.query.get("format") == "csv":
        return TableFile(f"round-{pool.pk}-{round_.day}", _top(round_), _head(), [row[1:] for row in rows])
    return Shown(TEMPLATE, {**context, "rows": rows, "head": _head(), "is_true": rounds.is_true(round_)})


def _named(asked, kept):
    named = asked.query.get("round")
    if not named:
        return None
    found = next((one for one in kept if str(one.pk) == named), None)
    if found is None:
        raise Http404("round")
    return found


def _top(round_):
    yield [_("Round of"), f"{round_.day:%d.%m.%Y}"]
    yield [_("Free seats, counter"), f"{round_.input['seats']}, {round_.input['counter']}"]
    yield [_("Edition of the service area"), str(round_.area.valid_from) if round_.area else "—"]
    yield [_("SHA-256 of the input"), round_.sha256]


def _head() -> list:
    return [_("Case"), _("From where"), _("Lives in the area"), _("Answer"), _("Turn"), _("Counter of the cycle")]


def _rows(round_):
    """(key, number, from where, side, answer, turn, counter): the numbers of cases, no names."""
    numbers = dict(AdmissionApplication.objects.filter(round=round_).values_list("pk", "number"))
    keys = [key for name in ("listed", "fresh") for key, _local in round_.input[name]]
    numbers |= dict(AdmissionApplication.objects.filter(pk__in=keys).values_list("pk", "number"))
    sides = {key: (name, local) for name in ("listed", "fresh") for key, local in round_.input[name]}
    kinds = {"admit": _("Admit"), "offer": _("Offer a seat"), "refuse": _("Reasoned refusal")}
    for key, kind, turn, counter in round_.answers:
        name, local = sides[key]
        came = _("waiting list") if name == "listed" else _("the day's applications")
        told = str(TURNS[turn]) % {"place": counter + 1} if turn == "local" else str(TURNS.get(turn, ""))
        yield key, numbers[key], came, _("Yes") if local else _("No"), kinds[kind], told, counter
