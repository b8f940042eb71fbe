"""The exchange with the State Corporation, seen from either side: to send, to countersign, missing, runs."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from kazservices.flow.deskpages import Asked, Done, Shown
from kazservices.flow.errors import MoveNotAllowed
from schools.duplicates import exchange
from schools.duplicates.models.exchange import Consignment, ConsignmentItem, Partner

from . import sheets

Direction = Consignment.Direction
TEMPLATE = "schools/duplicates/desk/exchange.html"
DAYS_SHOWN, REGISTERS_SHOWN = timedelta(days=14), 20


def answer(asked: Asked):
    """What waits on this side, what the other has sent, and each deed (DUP-22, DUP-23, DUP-30)."""
    partner = _partner(asked)
    if wanted := asked.query.get("register"):
        return sheets.of_consignment(_register(partner, wanted), asked.query.get("file", "pdf"))
    if asked.data is None:
        return _shown(asked, partner)
    try:
        return Done(_do(asked, partner), query=f"office={asked.office.pk}&partner={partner.pk}")
    except (MoveNotAllowed, ValidationError) as objection:
        words = getattr(objection, "messages", None) or [str(objection)]
        return _shown(asked, partner, wrong=" ".join(map(str, words)))


def _do(asked, partner) -> str:
    deed = DEEDS.get(asked.data.get("act", ""))
    if deed is None:
        raise Http404("act")
    return deed(asked, partner)


def _send(asked, partner) -> str:
    direction = Direction(asked.data["direction"])
    chosen = set(asked.data.getlist("case"))
    pair = {"school": partner.school, "corporation": partner.corporation}
    cases = [case for case in exchange.waiting(direction, **pair) if str(case.ref) in chosen]
    way = Consignment.Way(asked.data.get("way", Consignment.Way.COURIER))
    sent = exchange.send(direction, cases=cases, by=asked.user, way=way, **pair)
    return _("Register № %(number)s is formed in two copies and sent: lines %(lines)s.") % {
        "number": sent.number, "lines": len(cases),
    }  # fmt: skip


def _countersign(asked, partner) -> str:
    arrived = [int(place) for place in asked.data.getlist("place") if place.isdecimal()]
    signed = exchange.countersign(_register(partner, asked.data.get("register")), arrived=arrived, by=asked.user)
    lost = [line.full_name for line in signed.items.filter(state=ConsignmentItem.State.MISSING)]
    if lost:
        return _("Countersigned. Missing: %(names)s. They stay on the register until they come.") % {
            "names": ", ".join(lost)
        }
    return _("Countersigned: everything came.")


def _found(asked, partner) -> str:
    line = ConsignmentItem.objects.filter(
        consignment__school=partner.school, consignment__corporation=partner.corporation,
        pk=asked.data.get("line") if asked.data.get("line", "").isdecimal() else 0,
    ).first()  # fmt: skip
    if line is None:
        raise Http404("line")
    exchange.found(line, by=asked.user)
    return _("It came: the line is settled.")


def _run(asked, partner) -> str:
    run = exchange.record_run(school=partner.school, corporation=partner.corporation, by=asked.user)
    return _("Run %(number)s of the day is recorded.") % {"number": run.number}


DEEDS = {"send": _send, "countersign": _countersign, "found": _found, "run": _run}


def _partner(asked) -> Partner:
    """The pair of offices this page is about: one of those in which the reader's office takes part."""
    office = asked.office
    found = Partner.objects.filter(school=office) | Partner.objects.filter(corporation=office)
    found = found.select_related("school", "corporation").order_by("pk")
    wanted = asked.query.get("partner", "")
    chosen = found.filter(pk=wanted).first() if wanted.isdecimal() else None
    if (partner := chosen or found.first()) is None:
        raise PermissionDenied("exchange")
    return partner


def _register(partner, pk) -> Consignment:
    of_pair = Consignment.objects.filter(school=partner.school, corporation=partner.corporation)
    found = of_pair.filter(pk=pk).first() if str(pk).isdecimal() else None
    if found is None:
        raise Http404("register")
    return found


def _shown(asked, partner, wrong="") -> Shown:
    here = asked.office
    pair = {"school": partner.school, "corporation": partner.corporation}
    is_school = here == partner.school
    sending = (Direction.RESULTS,) if is_school else (Direction.APPLICATIONS, Direction.RETURNS)
    known = Consignment.objects.filter(**pair).select_related("school", "corporation", "run").prefetch_related("items")
    incoming = known.exclude(direction__in=sending).filter(countersigned_at=None)
    context = {
        "partner": partner, "is_school": is_school, "wrong": wrong,
        "partners": _partners(here), "other": partner.corporation if is_school else partner.school,
        "sendings": [(direction, list(exchange.waiting(direction, **pair))) for direction in sending],
        "ways": Consignment.Way.choices,
        "incoming": [(one, list(one.items.select_related("case"))) for one in incoming],
        "missing": list(exchange.missing(here).filter(**{f"consignment__{side}": one for side, one in pair.items()})),
        "days": exchange.days(**pair, since=here.today() - DAYS_SHOWN),
        "runs_a_day": exchange.RUNS_A_DAY,
        "recent": list(known[:REGISTERS_SHOWN]),
        "slow": list(exchange.slow(**pair)[:REGISTERS_SHOWN]),
    }  # fmt: skip
    return Shown(TEMPLATE, context, wrong=bool(wrong))


def _partners(office):
    found = Partner.objects.filter(school=office) | Partner.objects.filter(corporation=office)
    return list(found.select_related("school", "corporation").order_by("pk"))
