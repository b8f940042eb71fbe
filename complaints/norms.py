"""Norms that the parts of a complaint carry beside those they name themselves; the keys of ``Manifest.carries``."""

CARRIES = {
    "rule.forward": ("CLK-COMPL-FWD",),
    "rule.consider": ("CLK-COMPL-PROV", "ADM-47-2"),
    "rule.answer_5": ("LAW-25-2a", "ADM-47-2"),
    "rule.answer_15": ("CONS-14-5", "ADM-47-3", "CLK-COMPL-AUTH"),
    "rule.tell_extension": ("CLK-COMPL-EXTN",),
}
