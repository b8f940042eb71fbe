"""The runs under fire with their table: bin/test-faults [--long] [--seed N]."""

import argparse
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from kazservices.supervisor.servers import NoServer, broker, database
from tests.faults.fire import Ground, Result, burn, copied, prepare
from tests.faults.points import AFTER, BEFORE, UNDER_A_REVISION

SHORT = {"clocks": 40, "before": ("warning", "copy"), "under": UNDER_A_REVISION, "after": ("breach", "copy")}
LONG = {"clocks": 200, "before": BEFORE, "under": UNDER_A_REVISION, "after": AFTER}
EMBEDDED, FOR_MANY = "SQLite, folder as transport", "PostgreSQL, Redis"


def report(title: str, result: Result) -> None:
    """A table as docs/faults.md keeps it."""
    print(f"\n### {title}\n\n| point | kind | claims | killed |\n| ---: | --- | ---: | --- |")
    for n, death in enumerate(result.deaths, start=1):
        print(f"| {n} | {death.point.kind} | {death.claims} | {'yes' if death.claims else 'not reached'} |")
    print("\n| clocks due | noted | letters | received | accepted | repeated | lost | doubled | seconds |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    sums = (result.clocks, result.noted, result.letters, result.received, result.accepted, result.repeated)
    print(f"| {' | '.join(map(str, sums))} | {len(result.lost)} | {len(result.doubled)} | {result.seconds:.0f} |")
    for name, found in (("lost", result.lost), ("doubled", result.doubled)):
        if found:
            print(f"\n{name}, among others: {', '.join(sorted(set(found))[:4])}")
    sys.stdout.flush()


def is_clean(result: Result) -> bool:
    """Each kill was made, nothing was lost, nothing doubled."""
    return all(death.claims for death in result.deaths) and not result.lost and not result.doubled


def fire(title: str, ground: Ground, again: Ground, seed: int, size: dict) -> bool:
    """The run, and the same run with the lease check off, which must show a double."""
    with_lease = burn(ground, seed=seed, **size)
    report(f"{title}: seed {seed}", with_lease)
    without = burn(again, seed=seed, lease=False, **size)
    report(f"{title}: the same with the lease check off", without)
    if not without.doubled:
        print("\nThe run without the lease check shows no double: it proves nothing.")
    return is_clean(with_lease) and bool(without.doubled)


def grounds(stack: ExitStack, folder: Path, wanted: str, clocks: int):
    """(title, ground, its copy) of each set-up that is wanted."""
    if wanted != "many":
        ground = prepare(folder / "embedded", clocks=clocks)
        yield EMBEDDED, ground, copied(ground, folder / "embedded-again")
    if wanted != "embedded":
        url, name = stack.enter_context(database(stack))
        queue = stack.enter_context(broker(stack))
        first, second = (urlunsplit(urlsplit(url)._replace(path=f"/{name}_{n}")) for n in (1, 2))
        ground = prepare(folder / "many", first, queue, clocks=clocks)
        yield FOR_MANY, ground, copied(ground, folder / "many-again", second)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test-faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="twelve kills and 200 clocks instead of six and 40")
    parser.add_argument("--seed", type=int, default=20260320, help="draws where the worker is struck")
    parser.add_argument("--only", choices=("embedded", "many"), default="", help="one of the two set-ups")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    size = LONG if chosen.long else SHORT
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="kazservices-faults-") as folder:
        try:
            runs = grounds(stack, Path(folder), chosen.only, size["clocks"])
            held = [fire(title, ground, again, chosen.seed, size) for title, ground, again in runs]
        except NoServer as missing:
            return print(f"bin/test-faults: {missing}", file=sys.stderr) or 1
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
