"""A service that runs from its file introduces itself to the platform like any other."""

from functools import cache, partial

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case
from kazservices.flow import moves
from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.demands import Demand
from kazservices.offices.roles import Role

from . import letters, lists, pages, papers
from .flows import Flow
from .states import State

FORMS = "kazservices.simple.forms"

MOVES = (
    Move("put_to_work", _("Put to work"), done=_("Registered and put to work"), norm="CLK-0", weight="primary"),
    Move(
        "grant",
        _("Grant the service"),
        done=_("The service was granted, the result is ready"),
        form=f"{FORMS}.GrantForm",
        paper=papers.RESULT,
        weight="primary",
    ),
    Move(
        "refuse",
        _("Refuse the service"),
        done=_("The service was refused"),
        norm="LAW-19-1-1",
        form=f"{FORMS}.RefusalForm",
        paper=papers.REFUSAL,
        weight="grave",
    ),
    Move(
        "hand_over",
        _("Hand over the paper"),
        done=_("The paper was handed over"),
        form=f"{FORMS}.HandOverForm",
    ),
    moves.refuse_acceptance(f"{FORMS}.NotTakenForm"),
)
ENDING = (moves.REOPEN, moves.WITHDRAW)

CORRECTABLE = dict.fromkeys(papers.RESULTS, ("applicant.full_name", "motive"))

PERSONAL = {
    "restricted": ("category", "variant", "answers", "particulars", "motive"),
    "identity": ("applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone", "handed_over_to"),
}

#: What every such service carries beside the norms that its own rows name.
CARRIES = {
    "paper.not_taken_receipt.missing": ("LAW-19",),
    f"paper.{papers.REFUSAL}.grounds": ("LAW-19-1-1",),
    f"paper.{papers.REFUSAL}.motive": ("LAW-19-1-1",),
    "letter.missing": ("LAW-19",),
}


def manifest(flow: Flow) -> Manifest:
    """The manifest of a service by the flow of its newest edition."""
    return Manifest(
        code=flow.service,
        model_label="simple.SimpleCase",
        number_prefix=flow.number_prefix,
        not_taken_prefix=flow.not_taken_prefix,
        moves=_moves(flow),
        letters=_letters(flow.decider, handed_over=flow.handed_over),
        office_hint=_("The organisation that is to provide the service."),
        paper_facts=papers.facts,
        letter_context=letters.context,
        follows=follows,
        due_moves=partial(due_moves, flow.service),
        bundle=pages.bundle,
        reopen="reopen",
        results=papers.RESULTS,
        correctable=CORRECTABLE,
        again_from=frozenset({State.REFUSED, State.NOT_TAKEN, State.WITHDRAWN}),
        staffing=Demand(dict.fromkeys((*flow.correctors, Role.CLERK), 1)),
        personal=PERSONAL,
        page=pages.page,
        glance=lists.glance,
        carries=CARRIES,
        pages={"staff": "simple/staff_case.html", "applicant": "simple/applicant_case.html"},
    )


def _moves(flow: Flow) -> tuple[Move, ...]:
    """The moves of every such service, with the two people whom its file wants for putting things right."""
    return (*MOVES, moves.correct(*flow.correctors), moves.withdraw_result(*flow.withdrawers), *ENDING)


@cache
def _letters(decider: str, *, handed_over: bool) -> dict[str, tuple[Letter, ...]]:
    """Who is written to at each move; of a paper to be collected its clerk is told too."""
    clerk = (Letter("simple_ready", Role.CLERK),) if handed_over else ()
    return {
        "submit": (Letter("simple_taken"),),
        "put_to_work": (Letter("simple_new", decider),),
        "refuse_acceptance": (Letter("not_taken", norm="LAW-19"),),
        "grant": (Letter("simple_granted"), *clerk),
        "refuse": (Letter("simple_refused", norm="LAW-19-1-1"),),
        "hand_over": (Letter("simple_handed_over"),),
        "withdraw": (Letter("withdrawn"), Letter("staff_withdrawn", decider)),
        "reopen": (Letter("reopened"), Letter("staff_reopened", decider)),
        "withdraw_result": (Letter("result_withdrawn"), Letter("staff_reopened", decider)),
        "correct": (Letter("corrected"),),
    }


def follows(case, move: str) -> str:
    """Registered in office hours, an application goes to work at once."""
    if move == "submit" and case.moment >= case.time.opening(case.accepted_on):
        return "put_to_work"
    return ""


def due_moves(service, at):
    """Applications of after hours go to work at the opening of their acceptance date, as the law of the move has it."""
    waiting = Case.objects.filter(service=service, status=State.SUBMITTED)
    for case in waiting.select_related("office").order_by("submitted_at"):
        if at >= case.time.opening(case.accepted_on):
            yield case.pk, "put_to_work"
