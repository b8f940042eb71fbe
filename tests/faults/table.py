"""The table of docs/faults.md: fault | times | clocks due | noted | letters | ... | seconds."""

import sys
from dataclasses import dataclass

from tests.faults.counting import Result

COLUMNS = ("fault", "times", "clocks due", "noted", "overtaken", "letters", "received", "delivered", "repeated", "lost",
           "doubled", "broken", "seconds")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One run: what happened, what was counted, and which guards were switched off."""

    name: str
    result: Result
    off: tuple[str, ...] = ()


def heading(title: str) -> None:
    print(f"\n### {title}\n\n| {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * (len(COLUMNS) - 1)}", flush=True)


def show(line: Line) -> bool:
    """Print it; always true. Examples of what was found follow on standard error, and the points that were struck."""
    result = line.result
    name = f"{line.name}, **{' and '.join(line.off)} off**" if line.off else line.name
    times = result.times or len(result.deaths) or 1
    sums = (
        times, result.clocks, result.noted, result.overtaken, result.letters, result.received, result.accepted,
        result.repeated, len(result.lost), len(result.doubled), len(result.broken), round(result.seconds),
    )  # fmt: skip
    print(f"| {name} | {' | '.join(map(str, sums))} |", flush=True)
    for death in result.deaths:
        print(f"  {death.point.kind}: {death.claims or 'not reached'}", file=sys.stderr)
    for what in ("lost", "doubled", "broken"):
        if found := getattr(result, what):
            print(f"  {what}, among others: {', '.join(sorted(set(found))[:6])}", file=sys.stderr)
    return True


def is_clean(line: Line) -> bool:
    """Each kill was made; nothing lost, doubled, overtaken or half-written."""
    result = line.result
    reached = all(death.claims for death in result.deaths)
    return reached and not (result.lost or result.doubled or result.overtaken or result.broken)


def sees(line: Line) -> bool:
    """The same without a guard must show it; a run that shows nothing proves nothing."""
    result = line.result
    if result.lost or result.doubled or result.overtaken:
        return True
    print(f"\nWithout {' and '.join(line.off)} this run shows nothing: it proves nothing.")
    return False
