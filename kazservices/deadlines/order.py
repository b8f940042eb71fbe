"""The clocks of a case in the order in which they are read."""

from .models import Deadline, Outcome
from .service import rules_of


def clocks_of(case) -> list[Deadline]:
    """The clocks of a case in legal order; those that a decision made needless are left out."""
    order = {rule.code: place for place, rule in enumerate(rules_of(case.service, case.accepted_on))}
    clocks = case.deadlines.select_related("office")
    shown = [clock for clock in clocks if not (clock.conditional and clock.outcome == Outcome.CANCELLED)]
    return sorted(shown, key=lambda clock: (clock.due_at, order.get(clock.rule, 99)))


def main_clock(clocks: list[Deadline]) -> Deadline | None:
    """The clock of the answer itself: the longest of those started last; that of a body outside, once it answers."""
    if theirs := [clock for clock in clocks if clock.external]:
        return theirs[-1]
    whole = [clock for clock in clocks if clock.ours and not clock.conditional]
    return max(whole, key=lambda clock: (clock.length, clock.started_at), default=None)
