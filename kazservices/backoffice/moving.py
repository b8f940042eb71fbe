"""A move at the desk: which are offered, and who was quicker."""

from dataclasses import dataclass

from django.urls import reverse

from kazservices.design.pieces import EventPiece
from kazservices.documents import papers
from kazservices.flow.conditions import ELSEWHERE
from kazservices.flow.door import Option
from kazservices.flow.forms import MoveForm
from kazservices.flow.making import form_for
from kazservices.flow.manifest import Move, manifest_of

from .history import line


@dataclass
class Choice:
    """A move of the case page: its form, its button, or the reason why not yet."""

    move: Move
    url: str
    reason: str = ""
    form: MoveForm | None = None

    @property
    def leads(self) -> bool:
        return self.move.leads


def choices(case, found: list[Option], by) -> dict:
    """The open moves, those made on a page of the service and those that lead on first, and the closed ones."""
    shown = [_choice(case, option, by) for option in found]
    usable = [choice for choice in shown if not (choice.reason or choice.move.page)]
    closed = [choice for choice in shown if choice.reason]
    return {
        "there": [choice for choice in shown if choice.move.page and not choice.reason],
        "leading": [choice for choice in usable if choice.leads],
        "others": [choice for choice in usable if not choice.leads],
        "closed": [choice for choice in closed if choice.reason is not ELSEWHERE],
        "elsewhere": [choice for choice in closed if choice.reason is ELSEWHERE],
    }


def half_signed(case, found: list[Option], by) -> list[tuple]:
    """(paper, address, signed by this reader) of what carries one signature and waits for the second."""
    mine = {option.move.name for option in found if option.is_open}
    waiting = [(paper, manifest_of(case.service).move_of(paper).name) for paper in case.papers.half_signed()]
    return [
        (paper, reverse("admin:sign", args=[case.ref, move, paper.pk]), papers.is_signed_by(paper, by))
        for paper, move in waiting
        if move in mine
    ]


def quicker_line(case, seen: int) -> EventPiece | None:
    """The last move that somebody has made since the form was opened."""
    moves = {move.name for move in manifest_of(case.service).moves}
    entries = case.journal.filter(number__gt=seen, move__in=moves).select_related("actor")
    entry = entries.order_by("-number").first()
    return line(case, entry) if entry else None


def typed(move: Move, data) -> list[tuple[str, str]]:
    """What was typed into the form of a move, with its labels: shown again when the form itself cannot be."""
    form_class = move.form_class()
    if form_class is None:
        return []
    fields = form_class.base_fields
    return [(str(fields[name].label), ", ".join(data.getlist(name))) for name in fields if any(data.getlist(name))]


def address_of(case, move: Move) -> str:
    """Where a move is made: its form, or the page of its service."""
    if move.page:
        return reverse("admin:service-page", args=[case.service, move.page])
    return reverse("admin:move", args=[case.ref, move.name])


def _choice(case, option, by) -> Choice:
    url = address_of(case, option.move)
    if option.reason:
        return Choice(option.move, url, option.reason)
    return Choice(option.move, url, form=form_for(case, option.move, by))
