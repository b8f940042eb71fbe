"""The board of a counter: who waits and for how long, who is being served; the minutes are those of the office."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from calendars.minutes import standstill
from calendars.words import duration_words, standstill_words
from kazservices.counter.limits import services
from kazservices.counter.models import Ticket
from kazservices.counter.service import COUNTER_ROLES, begun_minutes
from kazservices.design.languages import active_language, in_language
from kazservices.design.pieces import ChipPiece
from kazservices.passports import service as passports
from kazservices.passports.catalogue import plain_of
from kazservices.passports.models import NoEdition, Service

from .desk import Desk


@dataclass(frozen=True)
class TicketRow:
    """A ticket on the board: how long it takes already, as a state, and the longest that the standard allows."""

    ticket: Ticket
    service: str
    minutes: str
    chip: ChipPiece
    most: str
    norm: str


@dataclass(frozen=True)
class Board:
    """The counter of one office at one moment; ``still``: why no minute passes now."""

    office: object
    services: list
    waiting: list
    served: list
    ended: list
    still: str


def counters(desk: Desk) -> list:
    """The offices at whose counter this person stands, and that issue tickets for some service."""
    known = set(services())
    return [o for o in desk.offices_with(*COUNTER_ROLES) if known & {hours.service for hours in o.hours.all()}]


def waiting_at(offices):
    """Who waits at these counters today."""
    return Ticket.objects.waiting().filter(office__in=offices, day__in={office.today() for office in offices})


def board(office, at) -> Board:
    """What stands at the counter of an office now."""
    names = services_at(office)
    day = office.time_for(next(iter(names))).local(at).date()
    tickets = Ticket.objects.filter(office=office, day=day).select_related("called_by", "case")
    row = _Rows(office, names, at)
    still = standstill(row.time, at)
    return Board(
        office=office,
        services=[(code, name) for code, name in names.items() if _has_a_standard(code, day)],
        waiting=[row.waiting(ticket) for ticket in tickets.waiting()],
        served=[row.served(ticket) for ticket in tickets.served_now()],
        ended=[row.ended(ticket) for ticket in tickets.ended().order_by("-ended_at", "-pk")[:20]],
        still=standstill_words(still, at, active_language()) if still else "",
    )


def services_at(office) -> dict[str, str]:
    """The services for which this office issues tickets, with their names."""
    kept = [code for code in services() if office.keeps(code)]
    known = {row.code: in_language(plain_of(row), "plain") for row in Service.objects.filter(code__in=kept)}
    return {code: known.get(code, code) for code in kept}


def _has_a_standard(code, day) -> bool:
    """Nobody is called to the counter for a service that is not provided today."""
    try:
        return passports.edition_on(code, day) is not None
    except NoEdition:
        return False


class _Rows:
    def __init__(self, office, names, at):
        self.names, self.at = names, at
        self.time = office.time_for(next(iter(names)))

    def waiting(self, ticket) -> TicketRow:
        """Amber from the alert on, red from the breach on."""
        minutes = begun_minutes(self.time, ticket.issued_at, self.at)
        kind = (
            "bad"
            if self.at > ticket.call_by
            else "warn"
            if self.at >= min(ticket.alert_at, ticket.promised_at)
            else "ok"
        )
        return self._row(ticket, minutes, kind, ticket.waiting_limit, ticket.waiting_norm)

    def served(self, ticket) -> TicketRow:
        minutes = begun_minutes(self.time, ticket.called_at, self.at)
        kind = "bad" if self.at > ticket.serve_by else "ok"
        return self._row(ticket, minutes, kind, ticket.serving_limit, ticket.serving_norm)

    def ended(self, ticket) -> TicketRow:
        late = ticket.waited_too_long or ticket.served_too_long
        words = _("late") if late else str(ticket.get_outcome_display())
        kind = "bad" if late else "ok" if ticket.outcome == Ticket.Outcome.SERVED else "wait"
        chip = ChipPiece(kind, words)
        return TicketRow(ticket, self.names.get(ticket.service, ticket.service), "", chip, "", "")

    def _row(self, ticket, minutes, kind, most, norm) -> TicketRow:
        said = in_minutes(minutes)
        chip = ChipPiece(kind, said, "clock" if kind == "ok" else "")
        return TicketRow(ticket, self.names.get(ticket.service, ticket.service), said, chip, in_minutes(most), norm)


def in_minutes(minutes: int) -> str:
    return duration_words(minutes, 24 * 60, active_language())
