"""Making a move from a face, once: however often the same person sends it."""

from django.db import transaction

from kazservices.cases.models import JournalEntry
from kazservices.documents import papers

from .door import Option, advance, locked, options
from .forms import MoveForm
from .manifest import Move


def option_of(case, move: str, by) -> Option | None:
    """The move as this person has it; none when his role lacks it, whatever the state, or when it has its own page."""
    found = (option for option in options(case, by) if not option.move.page)
    return next((option for option in found if option.move.name == move), None)


def form_for(case, move: Move, by, *, data=None, files=None, initial=None) -> MoveForm | None:
    """The form of a move; its fields carry the move's name in their ids, so that several stand on one page."""
    form_class = move.form_class()
    if form_class is None:
        return None
    return form_class(data, files, case=case, by=by, initial=initial, auto_id=f"{move.name}_%s")


def made_already(case, move: str, by, seen: int) -> bool:
    """The same person has made the same move since he opened the form: a second click, or a repeated request."""
    return JournalEntry.objects.filter(case=case.pk, actor=by, move=move, number__gt=seen).exists()


@transaction.atomic
def make_once(case, move: str, *, by, seen: int, facts) -> bool:
    """Make the move unless the same person has just made it: two clicks make one move."""
    locked(case)
    if made_already(case, move, by, seen):
        return False
    advance(case, move, by=by, **facts)
    return True


def papers_of(case, move: Move):
    """The papers of a case that this move issues: those in the place of others, or those of its kind."""
    own = case.papers.filter(by_system=False, corrects__isnull=not move.corrects)
    return own if move.corrects else own.filter(kind=move.paper)


@transaction.atomic
def sign_and_make(case, move: str, paper, *, by, sha256: str) -> bool:
    """Sign exactly these bytes; the last signature makes the move. False while the second one is awaited."""
    locked(case)
    signed = papers.sign(paper, by=by, sha256=sha256)
    if not papers.fully_signed(signed):
        return False
    advance(case, move, by=by, document=signed)
    return True
