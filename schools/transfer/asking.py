"""What an application for transfer says in its form: judged before it is taken in, and put into its columns."""

from datetime import date

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from kazservices.flow.objections import fault
from kazservices.offices.models import Office
from schools.transfer.states import State

SPENT = (State.SUBMITTED, State.ADMITTED)


def check(filing, accepted_on) -> None:
    """What cannot be true is told at its field, before anything is written. Raises ValidationError."""
    said = filing.particulars
    demand_leaving_school(said, filing.draft.office)
    demand_coupon_of_this_child(said, accepted_on)
    demand_no_other_application(said)
    demand_unspent_coupon(said)


def columns(filing, accepted_on) -> dict:
    """The typed columns of a new case."""
    said = filing.particulars
    return {
        "child_name": said["child_name"],
        "child_iin": said.get("child_iin", ""),
        "child_birth": date.fromisoformat(said["child_birth"]),
        "grade": int(said["grade"]),
        "study_language": said["language"],
        "leaving_school": leaving_office(said),
        "leaving_other": said.get("leaving_other", ""),
        "coupon_number": coupon_number(said),
        "coupon_date": date.fromisoformat(said["coupon_date"]),
    }


def leaving_office(said) -> Office | None:
    code = said.get("leaving_school", "")
    return Office.objects.filter(code=code).first() if code else None


def demand_leaving_school(said, receiving) -> None:
    """One leaving school, from the list or in words, and not the one into which the child goes. Norm: TRN-S8-P."""
    if bool(said.get("leaving_school")) == bool(said.get("leaving_other")):
        message = _("Choose the school that the child leaves, or write its name if it is not in the list: one of both.")
        raise fault("leaving_school", message, "leaving_school")
    if said.get("leaving_school") == receiving.code:
        raise fault("leaving_school", _("The child cannot leave and enter the same school."), "same_school")


def demand_coupon_of_this_child(said, accepted_on) -> None:
    """The coupon was given to this child, by the acceptance date. Norms: TRN-S8-E, TRN-S8-P."""
    if said.get("coupon_iin", "") != said.get("child_iin", ""):
        message = _("This coupon is of another child: the IIN in it is not that of the child in the application.")
        raise fault("coupon_iin", message, "other_child")
    if date.fromisoformat(said["coupon_date"]) > accepted_on:
        raise fault("coupon_date", _("This day has not come yet. Check the date on the coupon."), "future")
    if date.fromisoformat(said["child_birth"]) >= accepted_on:
        raise fault("child_birth", _("This day has not come yet. Check the date of birth."), "future")


def demand_no_other_application(said) -> None:
    """One open application a child: two schools would take it in at once. Norm: TRN-S8-P."""
    other = next((case for case in _open_of(said) if _is_child(case, said)), None)
    if other is not None:
        message = _(
            "Application № %(number)s for this child is being considered. Withdraw it first, or wait for its end."
        )
        raise fault("child_iin" if said.get("child_iin") else "child_name", message, "open", number=other.number)


def demand_unspent_coupon(said) -> None:
    """A coupon with which another child was transferred is not this child's. Norms: TRN-S8-E, TRN-S8-P."""
    same = _applications().filter(
        coupon_number=coupon_number(said), state__in=SPENT, leaving_school=leaving_office(said)
    )  # fmt: skip
    elsewhere = said.get("leaving_other", "").casefold()
    if any(case.leaving_other.casefold() == elsewhere and not _is_child(case, said) for case in same):
        message = _("This coupon is of another child: it was given with another application already.")
        raise fault("coupon_number", message, "other_child")


def coupon_number(said) -> str:
    """As the coupon has it, whatever the size of its letters and the blanks around."""
    return " ".join(said["coupon_number"].upper().split())


def _is_child(case, said) -> bool:
    """By the IIN; a child without one by its name and birthday."""
    if case.child_iin or said.get("child_iin"):
        return case.child_iin == said.get("child_iin", "")
    named = case.child_name.casefold() == said["child_name"].casefold()
    return named and case.child_birth.isoformat() == said["child_birth"]


def _open_of(said):
    """The open applications that may be of this child: found by an index, not by reading all."""
    known = _applications().filter(state=State.SUBMITTED, child_iin=said.get("child_iin", ""))
    return known if said.get("child_iin") else known.filter(child_birth=date.fromisoformat(said["child_birth"]))


def _applications():
    return apps.get_model("transfer", "TransferApplication").objects
