"""advance(): the only door through which a case changes state; enter(): what follows, always in the same order."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import permutations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from calendars import service as calendars
from kazservices import clock
from kazservices.cases import journal, permission, register, representation
from kazservices.cases.models import Case, CaseParty, Stage
from kazservices.cases.permission import forget_standings
from kazservices.deadlines import service as deadlines
from kazservices.documents import papers
from kazservices.looking import looking
from kazservices.notices.outbox import owe
from kazservices.offices.actors import SYSTEM
from kazservices.offices.opening import demand_provider
from kazservices.offices.service import in_place_of

from . import recounts
from .audience import recipients
from .conditions import ELSEWHERE
from .errors import HandMissing, MoveNotAllowed, PaperMissing, PaperOutdated
from .manifest import Move, manifest_of, specific
from .mending import paper_of, settle_papers

_way: ContextVar[str] = ContextVar("way", default="")


@contextmanager
def through(way: str):
    """What people do in this block came by another way than the pages: the lines of the journal say by which."""
    token = _way.set(way)
    try:
        yield
    finally:
        _way.reset(token)


@dataclass(frozen=True)
class Option:
    """A move that a person may make by his role; ``reason`` says why the law does not allow it yet."""

    move: Move
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return not self.reason


@transaction.atomic
def advance(case, move: str, *, by, document=None, **facts):
    """Make a lawful move: lock, permission, law, transition, then ``enter``. Returns the service's case.

    A move that issues a document takes its facts from the signed document: what was signed is what happens.

    Raises: PermissionDenied (whatever the state), MoveNotAllowed, PaperMissing, PaperOutdated, ValidationError.
    """
    case = locked(case)
    manifest = manifest_of(case.service)
    transition = _permitted(case, move, by)
    case.moment = clock.now()
    if reason := _obstacle(case, transition):
        raise MoveNotAllowed(move, reason)
    if manifest.move(move).paper:
        facts = _facts_of(document, case, manifest.move(move), by)
    getattr(case, move)(by=by, at=case.moment, **facts)
    if document is not None:
        papers.issue(document, at=case.moment)
        facts = {**facts, "document": document.sha256}
    facts = {**facts, **settle_papers(case, manifest.move(move), document)}
    facts |= in_whose_place(case, by, *_permission(case, move).roles_for(case.service))
    return enter(case, move, by=by, at=case.moment, facts=facts, norm=manifest.move(move).norm)


def enter(case, verb: str, *, by, at, facts, norm=""):
    """What every move brings with it: stage, clocks, journal, letters, always in this order."""
    manifest = manifest_of(case.service)
    case.stage, case.status = case.stages[case.state], case.state
    case.decided_at = (case.decided_at or at) if case.stage == Stage.DECIDED else None  # what follows decides nothing
    case.save()
    deadlines.settle(case, verb, at=at, by=by, happened_at=case.happened_at)
    journal.write(case, verb, by=by, at=at, facts=_with_way(facts, by), norm=norm)
    for letter in manifest.letters.get(verb, ()):
        for person in recipients(case, letter.to):
            owe(letter.name, to=person, at=at, case=case, context=manifest.letter_context(case, verb, facts))
    follows = manifest.follows(case, verb)
    return advance(case, follows, by=SYSTEM) if follows else case


@transaction.atomic
def rehearse(case, move: str, *, by, **facts) -> None:
    """Raise what the law would object to in a move with these facts, the signed document apart; nothing is kept."""
    case = locked(case)
    transition = _permitted(case, move, by)
    case.moment = clock.now()
    if reason := _obstacle(case, transition):
        raise MoveNotAllowed(move, reason)
    getattr(case, move)(by=by, at=case.moment, **facts)
    transaction.set_rollback(True)


def prepare(case, move: str, *, by, **facts):
    """Prepare the document of a move from its facts, after a rehearsal: to be read, signed, handed to ``advance``."""
    rehearse(case, move, by=by, **facts)
    case = specific(case)
    case.moment = clock.now()
    kind, said, corrects = paper_of(case, manifest_of(case.service).move(move), facts)
    return papers.prepare(case, kind, said, by=by, corrects=corrects)


@transaction.atomic
def record(case, event: str, *, by, facts=None, norm="") -> None:
    """Write an event that changes no state (a recusal, an explained breach) into the journal, under the lock."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    journal.write(case, event, by=by, at=clock.now(), facts=_with_way(facts, by), norm=norm)


def in_whose_place(case, person, *roles) -> dict:
    """For the journal: the key of the absent person for whom a substitute acts; empty for one in his own right."""
    if person is SYSTEM or not person.is_staff:
        return {}
    absent = in_place_of(permission.acting_posts(case, person), *roles)
    return {"in_place_of": absent} if absent else {}


def begin(case, *, by, at, taken: bool = True, facts=None, power=None):
    """Bring a new case into being: number, parties, clocks, journal and letters of its submission.

    Every application of every service passes here: no office that lacks something takes one (ValidationError).
    ``power``: the representation by which somebody files it for the applicant. Norms: CONS-10-1, CONS-S8-0.
    """
    demand_provider(case.office, case.service)
    manifest = manifest_of(case.service)
    series = manifest.number_prefix if taken else manifest.not_taken_prefix
    year = case.accepted_on.year
    case.number = register.written(series, case.office, year, register.next_number(series, case.office, year))
    case.registered_at = case.moment = at
    case.stage, case.status = case.stages[case.state], case.state
    case.save(force_insert=True)
    provider = (case.office, CaseParty.Part.PROVIDER, "LAW-5-2-1")
    for office, part, norm in (provider, *manifest.parties(case)):
        CaseParty.objects.create(case=case, office=office, part=part, since=at, norm=norm)
    representation.give_to_case(power, case)
    verb = "submit" if taken else "submit_incomplete"
    return enter(case, verb, by=by, at=at, facts={"number": case.number, **(facts or {})})


def options(case, person) -> list[Option]:
    """The moves a person may make by his role in this case, each open or with the reason why not yet."""
    case = specific(case)
    case.moment = clock.now()
    forget_standings(case)
    with looking(case):
        moves = [move for move in manifest_of(case.service).moves if _permission(case, move.name)(case, person)]
        return [Option(move, _obstacle(case, _transition(case, move.name))) for move in moves]


def locked(case):
    """The service's case with its cover sheet locked until the transaction ends: always case, then the rest.

    The calendar stands still before that. What a change of it has left to recount in the case is recounted first: no
    move is judged by old dates.
    """
    calendars.stand_still()
    sheet = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    recounts.catch_up(sheet)
    model = manifest_of(sheet.service).model
    return model.objects.select_related("office", "applicant__user", "edition").get(pk=sheet.pk)


def _with_way(facts, by) -> dict:
    """The facts with the way they came, if it was not a page; what the system does came by none."""
    way = "" if by is SYSTEM else _way.get()
    return {**(facts or {}), "through": way} if way else facts


def _permitted(case, move, by):
    if move not in {known.name for known in manifest_of(case.service).moves} or not _permission(case, move)(case, by):
        raise PermissionDenied(move)
    return _transition(case, move)


def _permission(case, move):
    """The permission of a move; the same whatever the state, so that the answer betrays nothing."""
    meta = getattr(case, move)._django_fsm
    return next(iter(meta.transitions.values())).permission


def _transition(case, move):
    return getattr(case, move)._django_fsm.get_transition(case.state)


def _obstacle(case, transition) -> str:
    if transition is None:
        return ELSEWHERE
    return next((check.reason for check in transition.conditions or () if not check(case)), "")


def _facts_of(document, case, move: Move, by) -> dict:
    if document is None or document.case_id != case.pk or bool(document.corrects_id) != move.corrects:
        raise PaperMissing
    if not move.corrects and document.kind != move.paper:
        raise PaperMissing
    if not papers.is_signed_by(document, by) or not papers.fully_signed(document):
        raise PaperMissing
    if missing := _hand_missing(case, move.hands, papers.people(document)):
        raise HandMissing(missing)
    inputs = document.facts["inputs"]
    kind, said, _old = paper_of(case, move, inputs)
    if kind != document.kind or papers.digest_of(said) != document.facts_digest:
        raise PaperOutdated
    return inputs


def _hand_missing(case, hands, people) -> str:
    """The role that none of these people stands for, when each role wants a person of its own."""
    held = [{role for role in hands if permission.may(role)(case, person)} for person in people]
    if any(
        all(role in roles for role, roles in zip(hands, order, strict=True)) for order in permutations(held, len(hands))
    ):
        return ""
    return next((role for role in hands if not any(role in roles for roles in held)), hands[-1])
