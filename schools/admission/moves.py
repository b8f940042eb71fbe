"""The lawful moves of an application for a place, as people see them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kazservices.flow import moves
from kazservices.flow.manifest import Move
from kazservices.offices.roles import Role
from schools.admission.papers import CONTRACT, NOTICE, ORDER, REFUSAL

FORMS = "schools.admission.forms"

COMMON = (
    moves.refuse_acceptance(f"{FORMS}.NotTakenForm", norm="ADM-S8-R"),
    Move(
        "refuse",
        _("Refuse the service"),
        done=_("The service was refused"),
        norm="ADM-S5-4",
        form=f"{FORMS}.RefusalForm",
        paper=REFUSAL,
        weight="grave",
    ),
    Move(
        "conclude_contract",
        _("Conclude the contract"),
        done=_("The contract on education services was concluded"),
        norm="ADM-5",
        paper=CONTRACT,
    ),
    Move("enrol", _("Enrol by the order"), done=_("The child was enrolled by the order"), norm="ADM-3"),
    Move(
        "ask_health_documents",
        _("Ask for the health documents"),
        done=_("The restrictions are lifted: the health documents are due"),
        norm="ADM-S8-X",
    ),
    Move(
        "take_health_documents",
        _("The health documents were brought"),
        done=_("The health documents were brought"),
        norm="ADM-S8-X",
        weight="primary",
    ),
    replace(moves.WITHDRAW, norm="ADM-7"),
    Move(
        "record_withdrawal",
        _("The parent withdraws it at the counter"),
        done=_("The application was withdrawn at the counter"),
        norm="ADM-7",
        weight="grave",
    ),
    moves.correct(Role.HEAD),
    moves.withdraw_result(Role.HEAD),
    moves.REOPEN,
)

QUEUE = (
    Move(
        "correct_side",
        _("Correct the service area"),
        done=_("The side of the service area was corrected"),
        norm="GAP-06",
        form=f"{FORMS}.SideForm",
    ),
    Move(
        "enter_late",
        _("The paper came earlier"),
        done=_("A clerk entered when the paper came"),
        norm="GAP-06",
        form=f"{FORMS}.LateForm",
    ),
    Move(
        "confirm_late",
        _("Confirm when the paper came"),
        done=_("A second person confirmed when the paper came"),
        norm="GAP-06",
        weight="primary",
    ),
    Move("seat", _("Give a seat"), done=_("The round gave a seat"), norm="ADM-9-5"),
    Move("leave_without_seat", _("Leave without a seat"), done=_("The round left no seat"), norm="ADM-S9-3"),
    Move(
        "admit",
        _("Send the notice of admission"),
        done=_("The child was admitted"),
        norm="ADM-9-4",
        paper=NOTICE,
        weight="primary",
    ),
    Move(
        "refuse_full",
        _("Refuse for want of seats"),
        done=_("Refused for want of seats, kept on the waiting list"),
        norm="ADM-S9-3",
        paper=REFUSAL,
        weight="grave",
    ),
    Move("offer", _("Offer a seat"), done=_("A seat was offered to the waiting list"), norm="GAP-06"),
    Move(
        "accept_offer",
        _("Take the seat"),
        done=_("The parent took the offered seat"),
        norm="GAP-06",
        weight="primary",
        by_applicant=True,
    ),
    Move(
        "record_acceptance",
        _("The parent takes the seat"),
        done=_("The parent took the offered seat at the counter"),
        norm="GAP-06",
        weight="primary",
    ),
    Move(
        "decline_offer",
        _("I do not need the seat"),
        done=_("The parent declined the offered seat"),
        norm="GAP-06",
        weight="grave",
        by_applicant=True,
    ),
    Move("lapse", _("Let the offer lapse"), done=_("Nobody answered the offer in its day"), norm="GAP-06"),
    Move(
        "admit_from_list",
        _("Send the new decision"),
        done=_("The child was admitted from the waiting list"),
        norm="ADM-9-4",
        paper=NOTICE,
        weight="primary",
        withdraws=True,
    ),
)

TO_CLASS = (
    Move(
        "admit_to_class",
        _("Send the notice of admission"),
        done=_("The child was admitted"),
        norm="ADM-S5-2",
        paper=NOTICE,
        weight="primary",
    ),
)

ORDER_MOVES = (
    Move(
        "sign_order",
        _("Sign the order"),
        done=_("The order was signed"),
        norm="ADM-9-6c",
        form=f"{FORMS}.OrderForm",
        paper=ORDER,
        weight="primary",
    ),
    Move("drop", _("Drop the draft of the order"), done=_("The draft of the order was dropped"), weight="grave"),
)
