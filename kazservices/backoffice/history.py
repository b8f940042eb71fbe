"""The journal of a case in words, and who has opened the case."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.journal import first_fault
from kazservices.cases.permission import is_applicant
from kazservices.design.pieces import EventPiece
from kazservices.flow.manifest import manifest_of

#: Lines of the journal that are no moves.
EVENTS = {
    "submit": _("Received and registered"),
    "submit_incomplete": _("Received incomplete"),
    "breach_noted": _("A missed term was noted, the head was told"),
    "breach_explained": _("The cause of a missed term was entered"),
    "person_shown": _("Name and IIN were shown"),
    "recount": _("The terms were counted anew: the calendar has changed"),
}
PARTS = {
    "case": _("opened the case"),
    "documents": _("opened a document"),
    "personal": _("saw the name and the IIN"),
}
SHOWN = 12


def story(case) -> list[EventPiece]:
    """Every line of the journal, newest first."""
    entries = case.journal.select_related("actor").order_by("-number")
    return [line(case, entry) for entry in entries]


def line(case, entry) -> EventPiece:
    """One line of the journal in words."""
    moves = {move.name: move.done or move.label for move in manifest_of(case.service).moves}
    words = {**EVENTS, **moves}.get(entry.move, entry.move)
    return EventPiece(str(words), entry.at, _actor(case, entry), entry.norm, entry.actor is None)


def chain(case) -> dict:
    """Whether the chain of the journal holds, with its head as a fingerprint."""
    head = case.journal_head
    return {"fault": first_fault(case), "count": case.journal_count, "head": f"{head[:4]}…{head[-4:]}" if head else ""}


def readings(case) -> list[EventPiece]:
    """Who has opened the case last, newest first."""
    found = case.readings.select_related("user").order_by("-at", "-pk")[:SHOWN]
    return [
        EventPiece(reading.user.full_name, reading.at, str(PARTS.get(reading.part, reading.part))) for reading in found
    ]


def _actor(case, entry) -> str:
    """The official by name; the applicant only as such, since his name is hidden until it is asked for."""
    if entry.actor is None:
        return str(_("the system"))
    return str(_("the applicant")) if is_applicant(case, entry.actor) else entry.actor.full_name
