"""A complaint on its way to a body that works with this program, and the answer on its way back."""

from django.apps import apps

from kazservices.cases import representation
from kazservices.cases.models import CaseParty
from kazservices.flow.door import advance, begin
from kazservices.offices.actors import SYSTEM

from . import bodies, rules

PARTS = {
    bodies.Kind.QUALITY_AUTHORITY: CaseParty.Part.QUALITY_AUTHORITY,
    bodies.Kind.STATE_CORPORATION: CaseParty.Part.STATE_CORPORATION,
}
#: What goes over as it is: the complaint is the same one.
SAME = (
    "edition", "applicant", "channel", "language", "category", "variant", "answers", "particulars", "handed_in",
    "profile", "about", "against", "person", "considered_by",
)  # fmt: skip


def open_to_the_body(case) -> None:
    """The body sees the complaint with its files, and the case it is about. Norm: CONS-14-2."""
    part = PARTS.get(case.considered_by.kind, CaseParty.Part.SUPERIOR_BODY)
    for seen in (case.case_ptr, case.about):
        if seen is not None and seen.office_id != case.considered_by_id:
            CaseParty.objects.get_or_create(
                case=seen, office=case.considered_by, part=part, until=None,
                defaults={"since": case.moment, "norm": "CONS-14-2"},
            )  # fmt: skip


def begin_at_the_body(case):
    """A case of the body's own, received now; it registers it itself. Norm: GAP-34."""
    body, at = case.considered_by, case.moment
    new = apps.get_model("complaints", "Complaint")(
        service=case.service, office=body, submitted_at=at, accepted_on=body.time_for(case.service).accepts(at),
        capacity=rules.BODY, forwarded_from=case, granted=case.granted, **{name: getattr(case, name) for name in SAME},
    )  # fmt: skip
    return begin(new, by=SYSTEM, at=at, power=representation.of(case), facts={"forwarded_from": case.number})


def tell_the_provider(case) -> None:
    """What the body has decided stands in the provider's own case too. Norm: LAW-5-2-7."""
    if case.forwarded_from_id is None:
        return
    advance(
        case.forwarded_from, "note_answer", by=SYSTEM, outcome=str(case.outcome), motive=case.motive,
        decision=case.decision, ordered=case.ordered, within=case.execute_within,
    )  # fmt: skip
