"""Transfer introduces itself to the platform."""

from django.utils.translation import gettext_lazy as _

from kazservices.cases.models import CaseParty
from kazservices.cases.permission import at
from kazservices.documents.models import Paper
from kazservices.flow.manifest import OF_THE_CORRECTED, Letter, Manifest, Move
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
    Move(
        "refuse_acceptance",
        _("Refuse to accept the application"),
        done=_("Acceptance was refused"),
        norm="LAW-19",
        form=f"{FORMS}.NotTakenForm",
        weight="grave",
    ),
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
    Move(
        "correct",
        _("Correct a clerical error"),
        done=_("A clerical error in a paper was corrected"),
        form="kazservices.flow.forms.CorrectionForm",
        paper=OF_THE_CORRECTED,
        hands=(Role.HEAD,),
    ),
    Move(
        "withdraw_result",
        _("Withdraw the result"),
        done=_("The result was withdrawn, the case was reopened"),
        norm="LAW-5-2-9",
        form=f"{FORMS}.WithdrawalForm",
        paper=Paper.Kind.WITHDRAWAL,
        weight="grave",
        withdraws=True,
        hands=(Role.HEAD,),
    ),
    Move(
        "reopen",
        _("Reopen the case"),
        done=_("The case was reopened"),
        norm="LAW-5-2-9",
        weight="grave",
        withdraws=True,
    ),
    Move(
        "withdraw",
        _("Withdraw the application"),
        done=_("The applicant withdrew the application"),
        weight="grave",
        by_applicant=True,
    ),
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
