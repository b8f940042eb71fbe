"""A run under fire: the worker killed with a claim, a clock that goes on while all lies dead, and the count."""

import json
import time
from collections.abc import Iterator

from tests.faults.counting import Death, Result, count
from tests.faults.ground import Ground
from tests.faults.points import AFTER, BEFORE, UNDER_A_REVISION, Point, draw
from tests.faults.resting import PATIENCE, rest
from tests.faults.tree import Tree

RISEN, SETTLED = "2026-03-30T16:40", "2026-03-30T17:00"
LEASES_OVER = ("2026-03-30T16:45", "2026-03-30T16:50")  # no clock is judged before it is recounted: not to wait for it


def burn(
    ground: Ground,
    *,
    clocks: int,
    seed: int,
    before=BEFORE,
    under=UNDER_A_REVISION,
    after=AFTER,
    off: tuple[str, ...] = (),
) -> Result:
    """The run: kills while the clocks still run, three working days of silence, a day off, kills again, rest."""
    started = time.monotonic()
    before, under, after = (draw(seed, clocks, kinds) for kinds in (before, under, after))
    tree = Tree(ground, off=off)
    try:
        tree.open()
        deaths = [strike(tree, point) for point in before]
        tree.kill_all()
        ground.run("manage.py", "clock", "--to", RISEN if under or after else SETTLED)
        deaths += recounted(tree, under)
        deaths += [strike(tree, point) for point in after]
        if under or after:
            ground.run("manage.py", "clock", "--to", SETTLED)  # beyond the leases of the dead, while nobody holds one
        tree.work()
        rest(ground)
    finally:
        tree.end()
    result = count(ground, Result(deaths, clocks), recounted=bool(under))
    result.seconds = time.monotonic() - started
    return result


def shows_a_double(ground: Ground, *, off: tuple[str, ...]) -> bool:
    """All is due, and a guard is off: true as soon as anything came twice."""
    tree = Tree(ground, off=off)
    ground.run("manage.py", "clock", "--to", SETTLED)
    try:
        tree.open()
        tree.work()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(0.5)
            if (ground.outside / "gateway.jsonl").exists() and count(ground, Result([], 0)).doubled:
                return True
    finally:
        tree.end()
    return False


def strike(tree: Tree, point: Point) -> Death:
    """Let a worker work until it dies at the point."""
    tree.work(point)
    until = time.monotonic() + PATIENCE
    while not tree.is_dead() and time.monotonic() < until:
        time.sleep(0.02)
    tree.kill_workers()
    record = tree.ground.outside / "deaths.jsonl"
    told = [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []
    # Of a worker's processes several may have come to the point: they died together.
    claims = [line["claims"] for line in told if line["worker"] == tree.worker.pid]
    return Death(point, claims[0] if claims else 0)


def recounted(tree: Tree, points: list[Point]) -> Iterator[Death]:
    """A day off is published while all lies dead; the worker dies over its recount, each time until the lease ends."""
    if points:
        tree.ground.run("-m", "tests.faults.publish")
    for point, later in zip(points, LEASES_OVER, strict=False):
        yield strike(tree, point)
        tree.kill_all()
        tree.ground.run("manage.py", "clock", "--to", later)
