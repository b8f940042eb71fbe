"""The runs under fire with their table: bin/test-faults [--long] [--seed N]."""

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from kazservices.supervisor.servers import NoServer
from tests.faults import perils
from tests.faults.fire import burn
from tests.faults.ground import Ground, copied, prepare
from tests.faults.points import AFTER, BEFORE, UNDER_A_REVISION
from tests.faults.servers import Servers, servers, small_disk
from tests.faults.suffer import suffer
from tests.faults.table import Line, heading, is_clean, sees, show

POINTS = {"before": ("warning", "copy"), "under": UNDER_A_REVISION, "after": ("breach", "copy")}
ALL_POINTS = {"before": BEFORE, "under": UNDER_A_REVISION, "after": AFTER}
CLOCKS, FILED = 40, 4  # of a run under one fault; the points take twelve whole applications
EMBEDDED, FOR_MANY = "SQLite, folder as transport", "PostgreSQL, Redis"


class SetUp:
    """One of the two set-ups: it gives a fresh product for each run."""

    def __init__(self, folder: Path, stack: ExitStack, *, many: bool):
        self.folder, self.many, self.runs = folder, many, 0
        self.servers: Servers | None = stack.enter_context(servers(folder / "servers")) if many else None
        self.prepared: dict[tuple[int, int], Ground] = {}

    def fresh(self, clocks: int, filed: int) -> Ground:
        """A product with so many clocks about to fall due; prepared once, then copied."""
        if (clocks, filed) not in self.prepared:
            self.prepared[clocks, filed] = self._prepare(self.folder, self.servers, clocks, filed)
        if self.servers:
            self.servers.redis.flush()
        url = self._database(self.servers)
        return copied(self.prepared[clocks, filed], self.folder / f"run-{self.runs}", url, servers=self.servers)

    @contextmanager
    def on_a_disk(self, clocks: int, filed: int) -> Iterator[Ground | None]:
        """The product and its servers on a small disk of their own; nothing where none can be had."""
        disk = self.folder / "disk"
        with small_disk(disk) as made, ExitStack() as stack:
            if not made:
                yield None
                return
            own = stack.enter_context(servers(disk / "servers")) if self.many else None
            ground = self._prepare(disk, own, clocks, filed)
            ground.servers, ground.disk = own, disk
            yield ground

    def _prepare(self, folder, own: Servers | None, clocks, filed) -> Ground:
        broker = {"broker": own.redis.url} if own else {}
        return prepare(folder / f"prepared-{clocks}-{filed}", self._database(own), clocks=clocks, filed=filed, **broker)

    def _database(self, own: Servers | None) -> str:
        self.runs += 1
        return urlunsplit(urlsplit(own.postgres.url)._replace(path=f"/run_{self.runs}")) if own else ""


def run(set_up: SetUp, fault: perils.Fault, seed: int, off: tuple[str, ...] = ()) -> Line | None:
    """One line of the table; None where the fault has no meaning or cannot be made."""
    if fault.many_only and not set_up.many:
        return None
    if not fault.needs_disk:
        return Line(fault.name, suffer(set_up.fresh(CLOCKS, FILED), fault, clocks=CLOCKS, seed=seed, off=off), off)
    with set_up.on_a_disk(CLOCKS, FILED) as ground:
        if ground is None:
            return print(f"| {fault.name} | not made: it takes root to have a small disk |")
        return Line(fault.name, suffer(ground, fault, clocks=CLOCKS, seed=seed, off=off), off)


def struck(set_up: SetUp, seed: int, clocks: int, points: dict, off: tuple[str, ...] = ()) -> Line:
    """The worker killed with a claim, at points that a seed has drawn."""
    result = burn(set_up.fresh(clocks, 12), clocks=clocks, seed=seed, off=off, **points)
    return Line("worker killed between claim and effect", result, off)


def lines(set_up: SetUp, chosen) -> Iterator[bool]:
    """Each line as it comes, and whether it is as it must be: clean, or not clean without its guard."""
    points, clocks = (ALL_POINTS, 200) if chosen.long else (POINTS, CLOCKS)
    if not chosen.fault:
        yield show(line := struck(set_up, chosen.seed, clocks, points)) and is_clean(line)
        yield show(line := struck(set_up, chosen.seed, clocks, points, off=("lease",))) and sees(line)
    for fault in perils.ALL:
        if chosen.fault not in fault.name:
            continue
        if line := run(set_up, fault, chosen.seed):
            yield show(line) and is_clean(line)
        if fault.guard and (line := run(set_up, fault, chosen.seed, off=(fault.guard,))):
            yield show(line) and sees(line)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test-faults", description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help="the kills at twelve points over 200 clocks, not six over 40"
    )
    parser.add_argument("--seed", type=int, default=20260320, help="draws where and when is struck")
    parser.add_argument("--only", choices=("embedded", "many"), default="", help="one of the two set-ups")
    parser.add_argument("--fault", default="", help="only the faults whose name holds these words")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    held = []
    for name, title in (("embedded", EMBEDDED), ("many", FOR_MANY)):
        if chosen.only not in ("", name):
            continue
        with tempfile.TemporaryDirectory(prefix="kazservices-faults-") as folder, ExitStack() as stack:
            Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else
            try:
                heading(f"{title}: seed {chosen.seed}")
                held += lines(SetUp(Path(folder), stack, many=name == "many"), chosen)
            except NoServer as missing:
                return print(f"bin/test-faults: {missing}", file=sys.stderr) or 1
    return 0 if held and all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
