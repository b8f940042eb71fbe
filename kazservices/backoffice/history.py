"""The journal of a case in words, and who has opened the case."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.journal import ERASED, first_fault
from kazservices.cases.permission import is_applicant
from kazservices.design.pieces import EventPiece
from kazservices.flow.events import in_words
from kazservices.offices.models import User

PARTS = {
    "case": _("opened the case"),
    "documents": _("opened a document"),
    "personal": _("saw the name and the IIN"),
    "part": _("opened the part of another office"),
    "api": _("read the case through a program"),
    "file": _("took the file of the case along"),
}
SHOWN = 12


def story(case) -> list[EventPiece]:
    """Every line of the journal, newest first."""
    entries = list(case.journal.select_related("actor", "kept").order_by("-number"))
    absent = User.objects.in_bulk({key for entry in entries if (key := _in_place_of(entry))})
    return [line(case, entry, absent) for entry in entries]


def line(case, entry, absent=None) -> EventPiece:
    """One line of the journal in words; ``absent``: those in whose place substitutes acted."""
    words = in_words(case.service).get(entry.move, entry.move)
    detail = " · ".join(filter(None, (entry.norm, _of_erasing(entry))))
    return EventPiece(str(words), entry.at, _actor(case, entry, absent or {}), detail, entry.actor is None)


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


def _actor(case, entry, absent) -> str:
    """The official by name; the applicant only as such, since his name is hidden until it is asked for."""
    if entry.actor is None:
        return str(_("the system"))
    if is_applicant(case, entry.actor):
        return str(_("the applicant"))
    if person := absent.get(_in_place_of(entry)):
        names = {"person": entry.actor.full_name, "absent": person.full_name}
        return _("%(person)s, in place of %(absent)s") % names
    return entry.actor.full_name


def _of_erasing(entry) -> str:
    """What a line says of facts that were erased: of its own, that they are gone; of another's, whose and why."""
    facts = _facts(entry)
    if facts is None:
        return str(_("Line %(number)s: its facts were erased") % {"number": entry.number})
    if entry.move == ERASED:
        return str(_("Line %(number)s. %(reason)s") % {"number": facts["entry"], "reason": facts["reason"]})
    return ""


def _in_place_of(entry) -> int | None:
    """The key of the absent person for whom a substitute acted; none where the facts are erased."""
    return (_facts(entry) or {}).get("in_place_of")


def _facts(entry) -> dict | None:
    """The facts of a line; none where they are gone, whichever way they went."""
    return entry.kept.facts if hasattr(entry, "kept") else None
