"""Lines of a journal that are no moves, in words: those that any service may have."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.journal import ERASED

from .manifest import manifest_of

EVENTS = {
    "submit": _("Received and registered"),
    "submit_incomplete": _("Received incomplete"),
    "breach_noted": _("A missed term was noted, the head was told"),
    "breach_explained": _("The cause of a missed term was entered"),
    "person_shown": _("Name and IIN were shown"),
    "handed_over": _("The paper result was handed over"),
    "power_revoked": _("The power of attorney was taken back by the person represented"),
    ERASED: _("The facts of an earlier line were erased"),
    "recount_held": _("A term was kept where it stood: the calendar has changed"),
    "acceptance_recounted": _("The day of acceptance was counted anew: the calendar has changed"),
    "recount": _("The terms were counted anew: the calendar has changed"),
    "file_ordered": _("The file of the case was ordered"),
    "file_made": _("The file of the case was made and signed"),
    "measure_taken": _("A measure to restore the right was decided on"),
    "measure_done": _("A measure to restore the right was carried out"),
}


def in_words(service: str) -> dict:
    """{move or event: what it says} of all that the journals of a service may tell."""
    manifest = manifest_of(service)
    return {**EVENTS, **manifest.events, **{move.name: move.done or move.label for move in manifest.moves}}
