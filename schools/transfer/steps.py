"""What the moves of a transfer write down, and what they will not accept."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from kazservices.documents.models import Paper
from kazservices.flow.mending import corrected_facts
from kazservices.flow.objections import demand_offered, demand_own_signature, demand_words, fault
from kazservices.flow.taking import acceptance_refused as given_back

UNTRUE_DOCUMENTS, OVERFULL_CLASS = "1", "3"
DENIED_COUPON = "denied_coupon"


def acceptance_refused(case, missing, motive) -> str:
    """The draft is open again with its files; what is lacking stands in the receipt. Norm: LAW-19."""
    given_back(case, missing, motive)
    return motive


def admitted(case, by, *, school_class, signed_by) -> None:
    """A seat is given under the lock of its class: nobody is taken into a full one. Norms: TRN-S9-3, TRN-S5-2."""
    demand_own_signature(by, signed_by)
    chosen = classes().select_for_update().filter(pk=school_class, office=case.office_id, is_open=True).first()
    if chosen is None or (chosen.grade, chosen.language) != (case.grade, case.study_language):
        raise fault("school_class", _("Choose a class of the grade and the language that are asked for."), "class")
    if chosen.enrolled >= chosen.capacity:
        raise fault(
            "school_class", _("This class has no free seat. Choose another one, or refuse with ground 3."), "full"
        )
    chosen.enrolled += 1
    chosen.save(update_fields=["enrolled"])
    case.school_class, case.decided_by = chosen, by
    case.refusal_grounds, case.motive = [], ""


def refused(case, by, *, grounds, motive, signed_by, rests_on) -> None:
    """Only on a ground of the standard that is true, with its reasons in words.

    Norms: LAW-5-1-2, LAW-19-1-1, TRN-S5-2, TRN-S9-1 to TRN-S9-3.
    """
    demand_own_signature(by, signed_by)
    demand_offered(case, "grounds", grounds)
    demand_words("motive", motive)
    demand_something_untrue(case, grounds, rests_on)
    demand_full_classes(case, grounds)
    case.refusal_grounds, case.motive, case.decided_by, case.school_class = list(grounds), motive, by, None


def demand_something_untrue(case, grounds, rests_on) -> None:
    """Ground 1 names what is untrue: a document, or the coupon that the leaving school has denied. Norm: TRN-S9-1."""
    if UNTRUE_DOCUMENTS in grounds and not (rests_on and set(rests_on) <= set(things_to_rest_on(case))):
        raise fault("rests_on", _("Name the document that is not true."), "rests_on")


def demand_full_classes(case, grounds) -> None:
    """Ground 3 is true only while every class of that grade and language is full. Norm: TRN-S9-3."""
    if OVERFULL_CLASS not in grounds:
        return
    found = classes().select_for_update().for_child(case.office, case.grade, case.study_language)
    free = next((one for one in found if one.free > 0), None)
    if free is not None:
        message = _("Class %(name)s has free seats: %(free)s. Ground 3 is not true.")
        raise fault("grounds", message, "free_seat", name=free.name, free=free.free)


def things_to_rest_on(case) -> list[str]:
    """What ground 1 may name."""
    given = [*case.attachments.values_list("requirement", flat=True), *case.handed_in]
    return list(dict.fromkeys(given + [DENIED_COUPON] * (case.coupon == case.Coupon.DENIED)))


def coupon_answered(case, moment, answer, note="") -> None:
    """The leaving school's word on the coupon; a denial says why. Norm: TRN-S9-1."""
    if answer == case.Coupon.DENIED:
        demand_words("note", note, _("Write what is wrong with the coupon: the receiving school reads it."))
    case.coupon, case.coupon_note, case.coupon_answered_at = answer, note, moment


def reopened(case, because) -> None:
    """The result falls, and with it the seat. Norm: LAW-5-2-9."""
    demand_words("because", because, _("Name the decision, the court act, or what is unlawful in the result."))
    if case.school_class_id:
        given = classes().select_for_update().get(pk=case.school_class_id)
        given.enrolled = max(given.enrolled - 1, 0)
        given.save(update_fields=["enrolled"])
    case.reopened_because, case.school_class, case.decided_by = because, None, None
    case.refusal_grounds, case.motive = [], ""


def corrected(case, *, paper, wrong, right, reason) -> None:
    """What the case itself shows of a text reads as the corrected paper does."""
    facts = corrected_facts(case, paper=paper, wrong=wrong, right=right, reason=reason)
    if "motive" in facts and Paper.objects.get(pk=paper).facts["motive"] == case.motive:
        case.motive = facts["motive"]


def classes():
    return apps.get_model("transfer", "SchoolClass").objects
