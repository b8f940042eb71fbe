"""Transfer introduces itself to the platform."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import CaseParty
from kazservices.cases.permission import at
from kazservices.flow import moves
from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.demands import Demand
from kazservices.offices.roles import Role
from schools.counter import TRANSFER as COUNTER
from schools.transfer import asking, letters, lists, norms, pages, papers
from schools.transfer.models import TransferApplication
from schools.transfer.states import State

FORMS = "schools.transfer.forms"
LEAVING_CLERK = at(CaseParty.Part.LEAVING_SCHOOL, Role.CLERK)

MOVES = (
    Move(
        "admit",
        _("Take the documents and give a seat"),
        done=_("The documents were taken, the child was given a seat"),
        norm="TRN-S5-1",
        form=f"{FORMS}.AdmitForm",
        paper=papers.RECEIPT,
        weight="primary",
    ),
    Move(
        "refuse",
        _("Refuse the transfer"),
        done=_("The transfer was refused"),
        norm="TRN-S5-2",
        form=f"{FORMS}.RefusalForm",
        paper=papers.REFUSAL,
        weight="grave",
    ),
    moves.refuse_acceptance(f"{FORMS}.NotTakenForm"),
    Move(
        "confirm_coupon",
        _("Confirm the coupon and the de-registration"),
        done=_("The leaving school confirmed the coupon"),
        norm="TRN-S8-P",
        weight="primary",
    ),
    Move(
        "deny_coupon",
        _("This coupon is not ours"),
        done=_("The leaving school denied the coupon"),
        norm="TRN-S9-1",
        form=f"{FORMS}.DenyForm",
    ),
    moves.correct(Role.HEAD),
    moves.withdraw_result(Role.HEAD),
    moves.REOPEN,
    moves.WITHDRAW,
)

LETTERS = {
    "submit": (
        Letter("transfer_taken", norm="TRN-S3"),
        Letter("transfer_new", Role.CLERK),
        Letter("transfer_coupon_asked", LEAVING_CLERK),
    ),
    "refuse_acceptance": (Letter("not_taken", norm="LAW-19"),),
    "admit": (Letter("transfer_admitted", norm="TRN-S5-2"), Letter("transfer_child_left", LEAVING_CLERK)),
    "refuse": (Letter("transfer_refused", norm="TRN-S5-2"),),
    "deny_coupon": (Letter("transfer_coupon_denied", Role.CLERK), Letter("transfer_coupon_denied", Role.HEAD)),
    "withdraw": (Letter("withdrawn"), Letter("staff_withdrawn", Role.CLERK)),
    "reopen": (Letter("reopened"), Letter("staff_reopened", Role.CLERK)),
    "withdraw_result": (Letter("result_withdrawn"), Letter("staff_reopened", Role.CLERK)),
    "correct": (Letter("corrected"),),
}

#: Where a slip of the pen may stand: the spelling of a name, the motive; never the class, never a ground.
CORRECTABLE = {
    papers.RECEIPT: ("applicant.full_name", "child.full_name"),
    papers.REFUSAL: ("applicant.full_name", "child.full_name", "motive"),
}

PERSONAL = {
    "restricted": ("category", "particulars", "motive", "coupon_note"),
    "identity": (
        "applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone",
        "child_name", "child_iin", "child_birth",
    ),
}  # fmt: skip

TRANSFER = Manifest(
    code="transfer",
    model_label=TransferApplication._meta.label,
    number_prefix="АУ",
    not_taken_prefix="АУ-Б",
    moves=MOVES,
    letters=LETTERS,
    check=asking.check,
    columns=asking.columns,
    office_hint=_("The school to which the child goes."),
    paper_facts=papers.facts,
    letter_context=letters.context,
    parties=pages.parties,
    bundle=pages.bundle,
    reopen="reopen",
    results=papers.RESULTS,
    correctable=CORRECTABLE,
    again_from=frozenset({State.REFUSED, State.NOT_TAKEN, State.WITHDRAWN}),
    staffing=Demand(),
    counter=COUNTER,
    personal=PERSONAL,
    page=pages.page,
    part=pages.part,
    glance=lists.glance,
    carries=norms.CARRIES,
    pages={
        "staff": "schools/transfer/staff_case.html",
        "applicant": "schools/transfer/applicant_case.html",
        "leaving_school": "schools/transfer/leaving_case.html",
    },
)
