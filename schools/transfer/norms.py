"""Norms that the parts of a transfer carry beside those they name themselves; the keys of ``Manifest.carries``."""

from schools.norms import HOURS

CARRIES = {
    **HOURS,
    "rule.decide": ("CLK-TRN", "TRN-S10-2"),
    "standard.provider": ("TRN-S1",),
    "standard.channels": ("TRN-S2",),
    "standard.term": ("TRN-S3",),
    "standard.form": ("TRN-S4",),
    "standard.result": ("TRN-S5-1", "TRN-S5-2"),
    "standard.result_form": ("TRN-S5-3", "TRN-S5-4"),
    "standard.price": ("TRN-S6",),
    "standard.schedule": ("TRN-S7-1", "TRN-S7-2"),
    "standard.application": ("TRN-S8-E",),
    "standard.other": ("TRN-S10-1", "TRN-S10-2", "TRN-S10-3"),
    "ground.basis": ("LAW-19-1-5",),
    "paper.transfer_receipt.child": ("TRN-S5-1",),
    "paper.transfer_receipt.school_class": ("TRN-S5-1",),
    "paper.transfer_receipt.signer": ("TRN-S5-2",),
    "paper.transfer_refusal.grounds": ("TRN-S5-2", "LAW-19-1-1"),
    "paper.transfer_refusal.motive": ("TRN-S5-2", "LAW-19-1-1"),
}
