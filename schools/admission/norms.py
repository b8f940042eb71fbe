"""Which norms the parts of an application for a place carry beside the one that each names itself."""

from schools.norms import HOURS

CARRIES = {
    # The clocks, by their rows in the table of clocks.
    "rule.answer": ("CLK-ADM", "ADM-9-4", "ADM-9-6a"),
    "rule.order": ("DATE-ADM-ALL",),
    # Windows and hours.
    "window": ("WIN-ADM1",),
    **HOURS,
    # The standard, row by row.
    "standard.name": ("ADM-1", "LAW-14-3-1"),
    "standard.provider": ("ADM-S1", "LAW-14-3-1"),
    "standard.channels": ("ADM-S2", "ADM-9-1", "LAW-14-3-1"),
    "standard.term": ("ADM-S3-1", "ADM-S3-2", "LAW-14-3-1"),
    "standard.form": ("ADM-S4", "LAW-14-3-1"),
    "standard.result": ("ADM-S5-1", "LAW-14-3-1"),
    "standard.result_form": ("ADM-S5-2", "ADM-S5-3", "ADM-S5-5"),
    "standard.price": ("ADM-S6", "LAW-24", "LAW-14-3-1"),
    "standard.schedule": ("ADM-S7-1", "ADM-S7-2", "LAW-14-3-1"),
    "standard.application": ("ADM-S8-E1",),
    "standard.gateway": ("ADM-S8-G",),
    "standard.acknowledgement": ("ADM-S8-N",),
    "standard.other": ("ADM-S10-3", "LAW-14-3-1"),
    "ground.basis": ("LAW-19-1-5",),
    "edition.valid_from": ("LAW-5-2-1",),
    # What papers say.
    "paper.receipt.result_at": ("ADM-9-3", "ADM-S8-N"),
    "paper.not_taken_receipt.missing": ("ADM-S8-R",),
    "paper.admission_notice.begins_on": ("ADM-9-4", "ADM-9-6a"),
    "paper.admission_notice.on_paper": ("ADM-S5-5",),
    "paper.admission_notice.charter": ("ADM-2",),
    "paper.admission_refusal.grounds": ("ADM-S5-4",),
    "paper.admission_refusal.motive": ("ADM-S5-4",),
    "paper.admission_refusal.education_body": ("ADM-8",),
    "paper.school_contract.child": ("ADM-5",),
    # What letters say.
    "letter.result_at": ("ADM-9-3",),
    "letter.missing": ("ADM-S8-R",),
}
#: The other classes rest on the standard alone: the same rows, another window. Norm: GAP-04.
CLASSES = {key: rows for key, rows in CARRIES.items() if key != "window"} | {"window": ("DATE-ADM-ALL",)}
ORDER = {"paper.enrolment_order.order": ("ADM-3",), "paper.enrolment_order.children": ("ADM-S5-1",)}
