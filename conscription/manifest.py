"""Deferral and exemption introduce themselves to the platform."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from conscription import commission, hearings, letters, lists, norms, occasions, pages, papers
from conscription.models import DeferralApplication, ExemptionApplication
from conscription.states import State
from kazservices.cases.models import Case
from kazservices.deadlines.models import Deadline
from kazservices.documents.models import Paper
from kazservices.flow import moves
from kazservices.flow.manifest import Letter, Manifest, Move
from kazservices.offices.demands import Demand
from kazservices.offices.roles import Role

FORMS = "conscription.forms"

MOVES = (
    Move(
        "hand_over", _("Hand over to the chair"), done=_("Handed over to the chair"), norm="CONS-10-1", weight="primary"
    ),
    Move(
        "send_to_members", _("Send to the members"), done=_("Sent to the members"), norm="CONS-10-2", weight="primary"
    ),
    Move(
        "give_opinion",
        _("Give an opinion"),
        done=_("A member gave an opinion"),
        norm="CONS-10-3",
        form=f"{FORMS}.OpinionForm",
        weight="primary",
    ),
    Move("close_opinions", _("Close the round of opinions"), done=_("The members' opinions are in"), norm="CONS-10-3"),
    Move(
        "grant",
        _("Issue the conclusion"),
        done=_("The conclusion was issued"),
        norm="CONS-10-4",
        form=f"{FORMS}.GrantForm",
        paper="conclusion",
        weight="primary",
    ),
    Move(
        "call_hearing",
        _("Call a hearing"),
        done=_("The preliminary decision was made, the applicant invited to a hearing"),
        norm="CONS-10-5",
        form=f"{FORMS}.HearingForm",
        paper="preliminary_decision",
    ),
    Move(
        "permit_hearing",
        _("Allow a hearing in writing"),
        done=_("The head allowed the hearing in writing"),
        norm="CONS-10-8",
        form=f"{FORMS}.PermitForm",
    ),
    Move(
        "record_hearing",
        _("Sign the hearing record"),
        done=_("The hearing was held and recorded"),
        norm="CONS-10-7",
        form=f"{FORMS}.RecordForm",
        paper="hearing_record",
        weight="primary",
    ),
    Move(
        "record_no_show",
        _("Record that the applicant did not come"),
        done=_("The applicant did not come to the hearing"),
        norm="CONS-10-7",
        form=f"{FORMS}.NoShowForm",
    ),
    Move(
        "record_position",
        _("Take the written position in place of coming"),
        done=_("The written position was taken in place of coming"),
        norm="CONS-10-7",
    ),
    Move(
        "decline_wish",
        _("Decline another time"),
        done=_("The wish for another time was declined"),
        norm="CONS-10-7",
        form=f"{FORMS}.DeclineWishForm",
    ),
    Move(
        "postpone_hearing",
        _("Set another time"),
        done=_("The hearing was set for another time"),
        norm="CONS-10-7",
        form=f"{FORMS}.PostponeForm",
    ),
    Move(
        "reappoint",
        _("Set the hearing anew"),
        done=_("The hearing was set anew: its day became a day off"),
        norm="GAP-35",
    ),
    Move(
        "revise_opinion",
        _("Change my opinion"),
        done=_("A member changed the opinion"),
        norm="CONS-10-3",
        form=f"{FORMS}.OpinionForm",
    ),
    Move(
        "refuse",
        _("Refuse the service"),
        done=_("The service was refused"),
        norm="CONS-10-4",
        form=f"{FORMS}.RefusalForm",
        paper="refusal",
        weight="grave",
    ),
    moves.refuse_acceptance(f"{FORMS}.NotTakenForm"),
    Move("recuse", _("Record a recusal"), done=_("A recusal was recorded"), norm="GAP-13", form=f"{FORMS}.RecusalForm"),
    Move(
        "lift_recusal",
        _("Lift a recusal"),
        done=_("A recusal was lifted"),
        norm="GAP-13",
        form=f"{FORMS}.LiftRecusalForm",
    ),
    moves.correct(Role.CHAIR),
    moves.withdraw_result(Role.HEAD),
    moves.REOPEN,
    Move(
        "give_position",
        _("Send my position in writing"),
        done=_("The applicant sent a written position"),
        norm="CONS-10-5",
        form=f"{FORMS}.PositionForm",
        weight="primary",
        by_applicant=True,
    ),
    Move(
        "ask_postponement",
        _("Ask for another time"),
        done=_("The applicant asked for another time"),
        norm="CONS-10-7",
        form=f"{FORMS}.WishForm",
        by_applicant=True,
    ),
    moves.WITHDRAW,
)

LETTERS = {
    "submit": (Letter("taken", norm="CONS-S8-4"),),
    "hand_over": (Letter("staff_new", Role.CHAIR, norm="CONS-10-1"),),
    "refuse_acceptance": (Letter("not_taken", norm="LAW-19"),),
    "send_to_members": (
        Letter("sent_to_members", norm="LAW-5-2-8"),
        Letter("staff_opinion_wanted", Role.MEMBER, norm="CONS-10-2"),
    ),
    "close_opinions": (Letter("staff_opinions_in", Role.CHAIR),),
    "call_hearing": (Letter("hearing_notice", norm="CONS-10-5"), Letter("staff_hearing", Role.SECRETARY)),
    "postpone_hearing": (Letter("hearing_moved", norm="CONS-10-5"), Letter("staff_hearing", Role.SECRETARY)),
    "reappoint": (Letter("hearing_moved", norm="GAP-35"), Letter("staff_hearing", Role.SECRETARY)),
    "decline_wish": (Letter("wish_declined"),),
    "permit_hearing": (Letter("staff_permitted", Role.CHAIR),),
    "ask_postponement": (Letter("staff_wish", Role.SECRETARY), Letter("staff_wish", Role.CHAIR)),
    "give_position": (
        Letter("position_received"),
        Letter("staff_position", Role.SECRETARY),
        Letter("staff_position", Role.CHAIR),
    ),
    "record_hearing": (Letter("heard"), Letter("staff_heard", Role.MEMBER), Letter("staff_heard", Role.CHAIR)),
    "record_no_show": (Letter("heard"), Letter("staff_heard", Role.MEMBER), Letter("staff_heard", Role.CHAIR)),
    "record_position": (Letter("heard"), Letter("staff_heard", Role.MEMBER), Letter("staff_heard", Role.CHAIR)),
    "grant": (Letter("granted", norm="CONS-S5"),),
    "refuse": (Letter("refused", norm="LAW-19-1-1"),),
    "withdraw": (Letter("withdrawn"), Letter("staff_withdrawn", Role.SECRETARY)),
    "reopen": (Letter("reopened"), Letter("staff_reopened", Role.CHAIR)),
    "withdraw_result": (Letter("result_withdrawn"), Letter("staff_reopened", Role.CHAIR)),
    "correct": (Letter("corrected"),),
}

#: Where a slip of the pen may stand: the spelling of the name, the motive, the record; never the decision itself.
CORRECTABLE = {
    Paper.Kind.PRELIMINARY_DECISION: ("applicant.full_name", "motive"),
    Paper.Kind.HEARING_RECORD: (
        "applicant.full_name", "place", "official", "secretary", "participant", "matter", "explanations", "questions",
        "entered",
    ),
    Paper.Kind.CONCLUSION: ("applicant.full_name", "motive"),
    Paper.Kind.REFUSAL: ("applicant.full_name", "motive"),
}  # fmt: skip

PERSONAL = {
    "restricted": ("category", "variant", "answers", "motive"),
    "identity": ("applicant.full_name", "applicant.iin", "applicant.birth_date", "applicant.phone"),
}


#: The commission: who presides, who keeps its record, and three who vote, so that one recusal leaves a quorum. GAP-13.
STAFFING = Demand({Role.CHAIR: 1, Role.SECRETARY: 1, Role.MEMBER: 3})


def follows(case, move: str) -> str:
    """What the system does at once: hand over in office hours, close a round that is complete."""
    if move == "submit" and case.moment >= case.time.opening(case.accepted_on):
        return "hand_over"
    if move in ("give_opinion", "recuse") and case.state == State.WITH_MEMBERS and not commission.silent_members(case):
        return "close_opinions"
    return ""


def due_moves(service, at):
    """Applications of after hours are handed over at the opening of their acceptance date. Norm: CONS-10-1."""
    waiting = Case.objects.filter(service=service, status=State.SUBMITTED)
    for case in waiting.select_related("office").order_by("submitted_at"):
        if at >= case.time.opening(case.accepted_on):
            yield case.pk, "hand_over"


def awaited(case, clock: Deadline):
    """Only the members who have not spoken are warned of the end of their round."""
    return commission.silent_members(case) if clock.rule.endswith(".members") else None


def _manifest(model, prefix):
    return Manifest(
        code=model.service_code,
        model_label=model._meta.label,
        number_prefix=prefix,
        not_taken_prefix=f"{prefix}-Б",
        moves=MOVES,
        letters=LETTERS,
        office_hint=_("The conscription office of the place where you are registered."),
        paper_facts=papers.facts,
        letter_context=letters.context,
        follows=follows,
        due_moves=partial(due_moves, model.service_code),
        awaited=awaited,
        awaited_from=("opinions", "deadlines"),
        bundle=pages.bundle,
        reopen="reopen",
        results=(Paper.Kind.CONCLUSION, Paper.Kind.REFUSAL),
        correctable=CORRECTABLE,
        again_from=frozenset({State.REFUSED, State.NOT_TAKEN, State.WITHDRAWN}),
        occasions=occasions.occasions,
        reappoint="reappoint",
        reappoint_days=hearings.days_anew,
        reappointed_clock=f"{model.service_code}.hearing",
        staffing=STAFFING,
        personal=PERSONAL,
        page=pages.page,
        glance=lists.glance,
        appointments=lists.appointments,
        appointed=lists.appointed,
        to_set_anew=lists.to_set_anew,
        carries=norms.CARRIES | (norms.DEFERRAL if model is DeferralApplication else norms.EXEMPTION),
        pages={"staff": "conscription/staff_case.html", "applicant": "conscription/applicant_case.html"},
    )


DEFERRAL = _manifest(DeferralApplication, "КҚ")
EXEMPTION = _manifest(ExemptionApplication, "БОС")
