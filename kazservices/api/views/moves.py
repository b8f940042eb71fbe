"""Acting: the moves of a case with their reasons, and the moves themselves, through the same door as everywhere."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema

from kazservices.api import facts, telling
from kazservices.api.models import Scope
from kazservices.api.problems import Conflict, Refused
from kazservices.api.reach import case_of, case_to_move
from kazservices.api.shapes import BytesRead, FactsGiven, MoveDone, MoveMade, MoveShape, PaperShape
from kazservices.cases.reading import note_reading
from kazservices.documents.models import GIVEN
from kazservices.flow.door import Option, options, prepare
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.making import form_for, made_already, make_once, option_of, papers_of, sign_and_make

from .base import WAY, Operation, sent, told

POSITION = OpenApiExample("A written position", value={"facts": {"position": "…"}, "seen": 7}, request_only=True)


class MoveOperation(Operation):
    tag = "moves"
    scopes = {"GET": Scope.READ, "POST": Scope.MOVE}

    def option(self, ref, move) -> tuple:
        """The case and the move as this person has it. Raises PermissionDenied, whatever the state."""
        case = case_to_move(self.request, ref)
        option = option_of(case, move, self.request.user)
        if option is None:
            raise PermissionDenied(move)
        return case, option

    def done(self, case, made: bool):
        told_case = telling.case(case_of(self.request, case.ref), self.request.user)
        return told(MoveDone, {"made": made, "case": told_case})


class Moves(MoveOperation):
    @extend_schema(
        summary="The moves of my part, each open or with the reason why not yet", responses=MoveShape(many=True)
    )
    def get(self, request, ref):
        case = case_of(request, ref)
        note_reading(case, request.user, part=WAY)
        found = options(case, request.user) if _own_office(request, case) else []
        shown = [_shown(case, option, request.user) for option in found if not option.move.page]
        return told(MoveShape, shown, many=True)


class OneMove(MoveOperation):
    problems = {"POST": (409, 422)}

    @extend_schema(
        summary="Make a move that issues no paper", request=MoveMade, responses=MoveDone, examples=[POSITION]
    )
    def post(self, request, ref, move):
        """With ``seen`` a repeated request makes nothing twice: it answers ``made: false``."""
        case, option = self.option(ref, move)
        wanted = sent(request, MoveMade)
        if option.move.paper:
            raise Conflict(_("This move issues a document: prepare it, read it and sign it first."), "paper_missing")
        seen = wanted.get("seen", case.journal_count)
        if made_already(case, move, request.user, seen):
            return self.done(case, False)
        given = _facts(case, option, request.user, wanted["facts"])
        made = _at_their_fields(
            case, option, request.user, lambda: make_once(case, move, by=request.user, seen=seen, facts=given)
        )
        return self.done(case, made)


class MovePaper(MoveOperation):
    problems = {"POST": (409, 422)}

    @extend_schema(
        summary="Prepare the paper of a move from its facts", request=FactsGiven, responses={201: PaperShape}
    )
    def post(self, request, ref, move):
        """The paper is drawn at once or within seconds; read its bytes, then sign them."""
        case, option = self.option(ref, move)
        wanted = sent(request, FactsGiven)
        if not option.move.paper:
            raise Conflict(_("This move issues no document."), "no_paper")
        given = _facts(case, option, request.user, wanted["facts"])
        paper = _at_their_fields(case, option, request.user, lambda: prepare(case, move, by=request.user, **given))
        return told(PaperShape, telling.paper(paper), status=201)


class MoveSignature(MoveOperation):
    problems = {"POST": (409, 422)}

    @extend_schema(
        summary="Sign exactly the bytes that were read; the last signature makes the move",
        request=BytesRead,
        responses=MoveDone,
    )
    def post(self, request, ref, move, paper_id):
        """``made: false`` while a second signature is awaited, or when the move is made already."""
        case, option = self.option(ref, move)
        if not option.move.paper:
            raise Conflict(_("This move issues no document."), "no_paper")
        paper = get_object_or_404(papers_of(case, option.move), pk=paper_id)
        sha256 = sent(request, BytesRead)["sha256"]
        if paper.state in GIVEN and paper.sha256 == sha256:
            return self.done(case, False)
        if option.reason:
            raise MoveNotAllowed(move, option.reason)
        return self.done(case, sign_and_make(case, move, paper, by=request.user, sha256=sha256))


def _own_office(request, case) -> bool:
    return request.auth.office is None or request.auth.office.pk == case.office_id


def _shown(case, option: Option, by) -> dict:
    move = option.move
    told = {name: str(getattr(move, name)) for name in ("name", "label", "norm", "weight", "paper")}
    described = facts.schema_of(form_for(case, move, by)) if option.is_open else None
    return {**told, "open": option.is_open, "reason": str(option.reason), "facts": described}


def _facts(case, option: Option, by, given: dict) -> dict:
    """The facts as the move's own form takes them. Raises MoveNotAllowed, Refused at ``facts.<name>``."""
    if option.reason:
        raise MoveNotAllowed(option.move.name, option.reason)
    wrong = facts.wrong_kinds(form_for(case, option.move, by), given)
    form = form_for(case, option.move, by, data={name: value for name, value in given.items() if value is not None})
    if form is not None and not wrong and not form.is_valid():
        wrong = form.errors
    if wrong:
        raise Refused(_under_facts(wrong))
    return form.facts() if form else {}


def _at_their_fields(case, option, by, make):
    """What the law objects to in the facts stands under the names by which the form asks them."""
    try:
        return make()
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        form = form_for(case, option.move, by, data={})
        names = {name: (form and form.field_of(name)) or name for name in error.message_dict}
        raise Refused(_under_facts({names[name]: words for name, words in error.message_dict.items()})) from error


def _under_facts(errors) -> dict:
    return {("" if name == "__all__" else f"facts.{name}"): list(map(str, words)) for name, words in errors.items()}
