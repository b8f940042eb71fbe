"""The story of a case as its applicant reads it: the journal in past tense, newest first."""

from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from kazservices.cases.journal import ERASED
from kazservices.design.pieces import EventPiece
from kazservices.flow.manifest import manifest_of
from kazservices.offices.models import Staff

#: Recorded events that are no moves; a move says itself what has happened once it is made.
EVENTS = {
    "submit": _("The application was received and registered"),
    "submit_incomplete": _("The application was received incomplete"),
    "power_revoked": _("The power of attorney was taken back by the person represented"),
    "handed_over": _("The paper result was handed over"),
    ERASED: _("Facts of an earlier line were erased from the journal"),
    "recount": _("The terms were counted anew: the calendar has changed"),
    "file_made": _("The file of the case was made and signed"),
    "measure_taken": _("A measure to restore the right was decided on"),
    "measure_done": _("A measure to restore the right was carried out"),
}


def story(case) -> list[EventPiece]:
    """What happened, newest first; the same thing several times in a row (opinions) is one line."""
    manifest = manifest_of(case.service)
    begun = {name: words for name, words in manifest.events.items() if name in EVENTS}
    said = {**EVENTS, **begun, **{move.name: move.done for move in manifest.moves if move.done}}
    entries = [entry for entry in case.journal.order_by("-number") if entry.move in said]
    told = [entry for before, entry in pairwise([None, *entries]) if before is None or before.move != entry.move]
    return [_event(entry, said[entry.move]) for entry in told]


def _event(entry, words) -> EventPiece:
    return EventPiece(str(words), entry.at, system=entry.actor_id is None)


def readings(case, language, limit=None) -> list[EventPiece]:
    """Who has opened the case: name, post, when. Newest first."""
    found = list(case.readings.select_related("user").order_by("-at")[:limit])
    posts = _posts(case, {reading.user_id for reading in found}, language)
    return [EventPiece(row.user.full_name, row.at, posts.get(row.user_id, ""), str(_part(row.part))) for row in found]


def _posts(case, users, language) -> dict:
    rows = Staff.objects.filter(user__in=users).order_by("since")
    column = "post_ru" if language == "ru" else "post_kk"
    return {row.user_id: getattr(row, column) or row.get_role_display() for row in rows}


def _part(part):
    known = {
        "case": _("opened the case"),
        "documents": _("opened the papers"),
        "journal": _("opened the journal"),
        "api": _("read the case through a program"),
        "part": _("opened the part of another office"),
        "file": _("took the file of the case along"),
    }
    return known.get(part, part)
