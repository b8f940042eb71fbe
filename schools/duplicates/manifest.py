"""Duplicates and originals introduce themselves to the platform."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import Case, Channel
from kazservices.flow import moves
from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.roles import Role
from schools.duplicates import board, desk, filing, letters, lists, monitoring, norms, pages, papers, port
from schools.duplicates.models.application import CORPORATION_CLERK, DuplicateApplication
from schools.duplicates.models.original import Original
from schools.duplicates.states import State

FORMS = "schools.duplicates.forms"
#: What goes by a register of the State Corporation is sent and countersigned there.
EXCHANGE = "exchange"
#: Who signs a duplicate signs also what puts it right, or takes it out of force. Norm: DUP-10.
SIGNERS = (Role.HEAD, Role.ACADEMIC_DEPUTY)

MOVES = (
    Move("deliver", _("Record that it came"), done=_("Handed in at the school"), norm="DUP-22", page=EXCHANGE),
    Move("register", _("Register"), done=_("Registered"), norm="DUP-25", weight="primary"),
    Move("route_to_corporation", _("To be handed over by the State Corporation"), norm="DUP-27"),
    Move(
        "write_out",
        _("Take a blank"),
        done=_("A blank was put aside, a number of the register taken"),
        norm="DUP-10",
        form=f"{FORMS}.WriteOutForm",
        weight="primary",
    ),
    Move(
        "issue_duplicate",
        _("Sign the duplicate"),
        done=_("The duplicate was signed by the head and the deputy"),
        norm="DUP-10",
        paper=papers.DUPLICATE,
        hands=SIGNERS,
        weight="primary",
    ),
    Move(
        "refuse",
        _("Refuse the service"),
        done=_("The service was refused"),
        norm="DUP-26-1",
        form=f"{FORMS}.RefusalForm",
        paper=papers.REFUSAL,
        weight="grave",
    ),
    Move(
        "spoil_blank",
        _("Enter the blank as spoilt"),
        done=_("The blank was spoilt, another is to be taken"),
        norm="DUP-10",
        form=f"{FORMS}.ReasonForm",
    ),
    Move("offer", _("Offer the result"), done=_("Ready: the applicant was told the place"), norm="DUP-26-3"),
    Move("dispatch", _("Send to the State Corporation"), done=_("Sent to the State Corporation"), norm="DUP-26-2",
         weight="primary", page=EXCHANGE),
    Move("arrive", _("Countersign"), done=_("Countersigned by the State Corporation"), norm="DUP-26-2", page=EXCHANGE),
    Move(
        "hand_over",
        _("Hand over"),
        done=_("Handed over"),
        norm="DUP-28",
        form=f"{FORMS}.DuplicateHandOverForm",
        weight="primary",
    ),
    Move(
        "hand_over_there",
        _("Hand over at the State Corporation"),
        done=_("Handed over at the State Corporation"),
        norm="DUP-29",
        form=f"{FORMS}.DuplicateHandOverForm",
        weight="primary",
    ),
    Move("end_storage", _("End the storage"), done=_("The month of storage has ended"), norm="DUP-30"),
    Move("give_back", _("Take back from the State Corporation"), done=_("Returned to the school"), norm="DUP-30",
         page=EXCHANGE),
    Move(
        "ask_again",
        _("Ask the school for it again"),
        done=_("The State Corporation asked for it again"),
        norm="DUP-S5-4",
        weight="primary",
    ),
    Move("send_again", _("Send again"), done=_("Sent to the State Corporation again"), norm="DUP-S5-4",
         weight="primary", page=EXCHANGE),
    moves.refuse_acceptance(f"{FORMS}.NotTakenForm", norm="DUP-20"),
    moves.correct(*SIGNERS, form=f"{FORMS}.DuplicateCorrectionForm"),
    moves.withdraw_result(*SIGNERS),
    moves.REOPEN,
    moves.WITHDRAW,
)  # fmt: skip

LETTERS = {
    "submit": (Letter("duplicate_taken", norm="DUP-19"),),
    "register": (Letter("staff_duplicate_new", Role.CLERK),),
    "refuse_acceptance": (Letter("not_taken", norm="DUP-20"),),
    "write_out": (
        Letter("staff_duplicate_to_sign", Role.HEAD),
        Letter("staff_duplicate_to_sign", Role.ACADEMIC_DEPUTY),
    ),
    "offer": (Letter("duplicate_ready", norm="DUP-26-3"),),
    "arrive": (Letter("duplicate_ready", norm="DUP-26-3"),),
    "end_storage": (
        Letter("duplicate_month_over", norm="DUP-30"),
        Letter("staff_duplicate_to_return", CORPORATION_CLERK, norm="DUP-30"),
    ),
    "ask_again": (Letter("staff_duplicate_asked", Role.CLERK, norm="DUP-S5-4"),),
    "hand_over": (Letter("duplicate_handed_over"),),
    "hand_over_there": (Letter("duplicate_handed_over"),),
    "withdraw": (Letter("duplicate_withdrawn"), Letter("staff_duplicate_withdrawn", Role.CLERK)),
    "reopen": (Letter("reopened"),),
    "withdraw_result": (
        Letter("result_withdrawn"),
        Letter("staff_reopened", Role.CLERK),
        Letter("staff_duplicate_annulled", CORPORATION_CLERK),
    ),
    "correct": (Letter("corrected"),),
}

#: Where a slip of the pen may stand: the spelling of a name, the motive; never the document, never a ground.
CORRECTABLE = {
    papers.DUPLICATE: ("applicant.full_name", "name_in_document"),
    papers.REFUSAL: ("applicant.full_name", "motive"),
}

PERSONAL = {
    "restricted": ("particulars", "motive", "receiver_name", "identity_shown"),
    "identity": ("applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone"),
}


def follows(case, move: str) -> str:
    """What the system does at once: register in office hours, route to the State Corporation, offer what is ready."""
    if move in ("submit", "deliver") and _may_be_registered(case):
        return "register"
    if move in ("register", "reopen", "withdraw_result") and case.goes_to_corporation:
        return "route_to_corporation"
    if move in ("issue_duplicate", "refuse") and not case.goes_to_corporation:
        return "offer"
    return ""


def _may_be_registered(case) -> bool:
    """It lies at the school, and the school has opened on its day. Norms: DUP-21, DUP-25."""
    if case.came_by_corporation and case.state != State.DELIVERED:
        return False
    return case.moment >= case.time.opening(case.time.accepts(case.arrived_at or case.submitted_at))


def due_moves(at):
    """What came after hours is registered at the opening of the next working day. Norm: DUP-21."""
    to_school = Case.objects.filter(service="duplicates", status=State.SUBMITTED).exclude(
        channel=Channel.STATE_CORPORATION
    )
    delivered = Case.objects.filter(service="duplicates", status=State.DELIVERED)
    for case in (to_school | delivered).select_related("office", "duplicateapplication").order_by("submitted_at"):
        arrived = case.duplicateapplication.arrived_at or case.submitted_at
        if at >= case.time.opening(case.time.accepts(arrived)):
            yield case.pk, "register"


def errands(at):
    """The exchange with the State Corporation, then the stages for the monitoring system. Norms: DUP-22, DUP-32."""
    exchanged, reported = port.errands(at), monitoring.report_stages(at)
    return exchanged[0] + reported[0], exchanged[1] + reported[1]


def expects(case, rule) -> bool:
    """The terms of the State Corporation where it has a part; a second trip only when it is asked for."""
    return rule.code != "duplicates.resend" and (rule.code != "duplicates.dispatch" or case.goes_to_corporation)


DUPLICATES = Manifest(
    code="duplicates",
    model_label=DuplicateApplication._meta.label,
    number_prefix="ТН",
    not_taken_prefix="ТН-Б",
    moves=MOVES,
    letters=LETTERS,
    check=filing.check,
    columns=filing.columns,
    parties=filing.parties,
    takes_for=filing.takes_for,
    offices_of_field=filing.offices_of_field,
    office_hint=_("The school from which you graduated. If it is closed, its papers are in the archive."),
    paper_facts=papers.facts,
    letter_context=letters.context,
    follows=follows,
    due_moves=due_moves,
    errands=errands,
    expects=expects,
    bundle=pages.bundle,
    reopen="reopen",
    results=(papers.DUPLICATE, papers.REFUSAL),
    correctable=CORRECTABLE,
    renewed=papers.renewed,
    again_from=frozenset({State.REFUSED, State.NOT_TAKEN, State.WITHDRAWN}),
    personal=PERSONAL,
    page=pages.page,
    glance=lists.glance,
    carries=norms.DUPLICATES,
    desk=desk.DUPLICATES,
    board=board.board,
    board_label=_("Closed schools and archives"),
    events={"corporation_objected": _("The State Corporation did what the law does not allow")},
    pages={
        "staff": "schools/duplicates/staff_case.html",
        "applicant": "schools/duplicates/applicant_case.html",
        "board": "schools/duplicates/board.html",
    },
)

ORIGINAL_MOVES = (
    Move(
        "hand_over",
        _("Hand over"),
        done=_("Handed over to the graduate"),
        norm="DUP-6",
        form=f"{FORMS}.OriginalHandOverForm",
        weight="primary",
    ),
    Move(
        "cancel",
        _("Strike off the register"),
        done=_("Struck off the register"),
        norm="DUP-4",
        form=f"{FORMS}.BecauseForm",
        weight="grave",
    ),
)

ORIGINALS = Manifest(
    code="original",
    model_label=Original._meta.label,
    number_prefix="ТҚ",
    not_taken_prefix="ТҚ-Б",
    moves=ORIGINAL_MOVES,
    letters={
        "submit": (Letter("original_ready", norm="DUP-6"),),
        "hand_over": (Letter("original_handed_over"),),
    },
    paper_facts=papers.facts,
    letter_context=letters.original_context,
    bundle=pages.original_bundle,
    personal={"identity": ("graduate", "graduate_iin")},
    page=pages.original_page,
    glance=lists.original_glance,
    carries=norms.ORIGINALS,
    desk=desk.ORIGINALS,
    pages={
        "staff": "schools/duplicates/staff_original.html",
        "applicant": "schools/duplicates/applicant_original.html",
    },
)
