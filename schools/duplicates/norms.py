"""Which norms the parts of these services carry beside the one that each names itself; keys as in Manifest.carries."""

DUPLICATES = {
    # The clocks, by their rows in the table of clocks.
    "rule.issue": ("CLK-DUP-TOTAL", "DUP-31", "DUP-24", "LAW-20-1"),
    "rule.prepare": ("CLK-DUP-PREP",),
    "rule.dispatch": ("CLK-DUP-SC", "DUP-27", "LAW-5-2-5"),
    "rule.store": ("CLK-DUP-STORE",),
    "rule.resend": ("CLK-DUP-RESEND", "DUP-30"),
    # Hours.
    "hours.duplicates": ("SCHED-3", "DUP-S7-1"),
    "hours.state_corporation": ("SCHED-4", "DUP-S7-2"),
    # The standard, row by row.
    "standard.name": ("DUP-2", "DUP-16"),
    "standard.act": ("DUP-1",),
    "standard.provider": ("DUP-S1", "DUP-14"),
    "standard.channels": ("DUP-S2", "DUP-15"),
    "standard.term": ("DUP-S3-1", "DUP-S3-2", "DUP-S3-3", "CLK-DUP-SCCNT"),
    "standard.form": ("DUP-S4",),
    "standard.result": ("DUP-S5-1",),
    "standard.result_form": ("DUP-S5-3",),
    "standard.price": ("DUP-S6",),
    "standard.schedule": ("DUP-S7-3",),
    "standard.application": ("DUP-S8-3", "DUP-7-3"),
    "standard.acknowledgement": ("DUP-19",),
    "standard.other": ("DUP-S10-2", "DUP-9"),
    # What papers say.
    "paper.receipt.result_at": ("DUP-18",),
    "paper.not_taken_receipt.missing": ("DUP-S9",),
    "paper.duplicate.register_number": ("DUP-12",),
    "paper.duplicate.head": ("DUP-10",),
    "paper.duplicate.deputy": ("DUP-10",),
    "paper.duplicate_refusal.grounds": ("LAW-19-1-1",),
    # What letters say.
    "letter.place": ("DUP-26-3",),
}
ORIGINALS = {
    "rule.hand_over": ("CLK-ORIG",),
    "letter.document": ("DUP-5",),
    "standard.provider": ("DUP-3",),
    "standard.term": ("DUP-6",),
    "standard.other": ("DUP-5",),
}
