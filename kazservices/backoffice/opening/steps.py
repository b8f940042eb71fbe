"""The steps of an opening, and how far an office has come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kazservices.design.pieces import ChipPiece, StepPiece
from kazservices.offices.opening import Check, checklist

#: Step, its name, the checks that it answers for.
STEPS = (
    ("office", _("Office"), ("name", "contact")),
    ("hours", _("Working hours"), ("hours",)),
    ("superior", _("Superior body"), ("superior",)),
    ("commission", _("Commission"), ("commission", "seats")),
    ("staff", _("Staff"), ("head", "clerk", "operator")),
    ("letter", _("Test letter"), ("letter",)),
    ("check", _("Check list"), ()),
)
NAMES = {code: name for code, name, _checks in STEPS}


@dataclass(frozen=True)
class Progress:
    """The check list of one office, and the steps with what is done in them."""

    office: object
    checks: tuple[Check, ...]

    @classmethod
    def of(cls, office) -> "Progress":
        return cls(office, checklist(office))

    @property
    def is_ready(self) -> bool:
        return all(check.ok for check in self.checks)

    @property
    def done(self) -> int:
        return sum(check.ok for check in self.checks)

    @property
    def chip(self) -> ChipPiece:
        """Open, open and lacking something, closed, only standing above others, or being prepared."""
        if self.office.is_active:
            return ChipPiece("ok", _("takes applications")) if self.is_ready else ChipPiece("bad", _("lacks something"))
        if self.office.openings.all():
            return ChipPiece("wait", _("closed"))
        if not self.office.hours.all() and self.office.subordinates.all():
            return ChipPiece("info", _("provides no services"))
        return ChipPiece("info", _("being prepared"))

    @property
    def rows(self) -> list[tuple[Check, str]]:
        """Each check with the address of its step."""
        step_of = {check: step for step, _name, checks in STEPS for check in checks}
        return [(check, address(self.office, step_of[check.code])) for check in self.checks]

    @property
    def next_step(self) -> str:
        """The first step in which something is missing; the check list when nothing is."""
        return next((step for step, _name, _checks in STEPS if not self.is_done(step)), "check")

    def is_done(self, step: str) -> bool:
        wanted = next(checks for code, _name, checks in STEPS if code == step)
        answered = [check.ok for check in self.checks if check.code in wanted]
        if step == "commission" and not answered:  # no service is chosen yet, or none needs a commission
            return self.is_done("hours")
        return all(answered) if wanted else self.office.is_active

    def pieces(self, here: str) -> list[StepPiece]:
        return [
            StepPiece(str(name), "here" if code == here else "done" if self.is_done(code) else "ahead",
                      address(self.office, code))
            for code, name, _checks in STEPS
        ]  # fmt: skip


def address(office, step: str) -> str:
    return reverse("admin:opening", args=[office.pk, step])


def after(step: str) -> str:
    """The step that follows."""
    codes = [code for code, _name, _checks in STEPS]
    return codes[codes.index(step) + 1]
