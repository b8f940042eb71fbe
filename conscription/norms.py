"""Which norms the parts of an application carry beside the one that each names itself.

A clock has a second name in the register of norms, a text of the standard is a row of it, and a field of a paper is
what the law wants said. The keys are those of ``Manifest.carries``.
"""

CARRIES = {
    # The clocks, by their rows in the table of clocks.
    "rule.decide": ("CLK-CONS-TOTAL", "CONS-S3"),
    "rule.hand_over": ("CLK-CONS-REG",),
    "rule.send": ("CLK-CONS-CHAIR1",),
    "rule.members": ("CLK-CONS-MEMB",),
    "rule.conclude": ("CLK-CONS-CHAIR2",),
    "rule.hearing_notice": ("CLK-HEAR-NOTICE", "CONS-10-8"),
    "rule.hearing": ("CLK-HEAR-HELD",),
    # Windows and hours.
    "window": ("WIN-CONS",),
    "hours.akimat": ("SCHED-1", "CONS-S7-1"),
    # The standard, row by row.
    "standard.name": ("CONS-S0", "LAW-14-3-1", "LAW-4-1-1"),
    "standard.provider": ("CONS-S1", "LAW-14-3-1"),
    "standard.channels": ("CONS-S2", "LAW-14-3-1"),
    "standard.term": ("CONS-S3", "LAW-14-3-1"),
    "standard.form": ("CONS-S4", "LAW-14-3-1"),
    "standard.result": ("CONS-S5", "LAW-14-3-1"),
    "standard.price": ("CONS-S6", "LAW-24", "LAW-14-3-1"),
    "standard.schedule": ("CONS-S7-1", "CONS-S7-2", "LAW-14-3-1"),
    "standard.application": ("CONS-S8-0",),
    "standard.acknowledgement": ("CONS-S8-4",),
    "standard.other": ("CONS-S10-1", "CONS-S10-2", "LAW-14-3-1"),
    "ground.basis": ("LAW-19-1-5",),
    "edition.valid_from": ("LAW-5-2-1",),
    # What papers say.
    "paper.receipt.result_at": ("CONS-S8-4",),
    "paper.not_taken_receipt.missing": ("LAW-19",),
    "paper.preliminary_decision.grounds": ("CONS-10-5",),
    "paper.preliminary_decision.motive": ("CONS-10-5",),
    "paper.preliminary_decision.hearing": ("CONS-10-5",),
    "paper.preliminary_decision.objection_until": ("CONS-10-5",),
    "paper.hearing_record.explanations": ("CONS-10-7",),
    "paper.conclusion.votes": ("CONS-10-4",),
    "paper.refusal.grounds": ("LAW-19-1-1",),
    "paper.refusal.motive": ("LAW-19-1-1",),
    # What letters say.
    "letter.result_at": ("CONS-S8-4",),
    "letter.hearing_at": ("CONS-10-5",),
    "letter.objection_by": ("CONS-10-5",),
    "letter.missing": ("LAW-19",),
}
DEFERRAL = {"standard.gateway": ("CONS-S8-2",)}
EXEMPTION = {"standard.gateway": ("CONS-S8-3",)}
