"""One product under one fault, from Friday to the day when all is due, and the count."""

import json
import random
import time

from tests.faults.counting import Result, count
from tests.faults.ground import Ground
from tests.faults.perils import RISEN, SETTLED, Fault, nothing
from tests.faults.resting import quiet, rest
from tests.faults.tree import Tree

AHEAD = 8  # so many new breaches may be noted before the last old one: what two runs of the sweep note


def suffer(ground: Ground, fault: Fault, *, clocks: int, seed: int, off: tuple[str, ...] = ()) -> Result:
    started, chance = time.monotonic(), random.Random(f"{seed} {fault.name}")
    tree = Tree(ground, off=off, hands=fault.hands, **fault.told)
    result = Result([], clocks)
    try:
        tree.open()
        if fault.first is not nothing:
            tree.work()
            fault.strike(tree, chance, late=False)
        _on_to(tree, RISEN, fault, result, between=fault.between)
        fault.strike(tree, chance, late=True)
        _on_to(tree, SETTLED, fault, result)
        rest(ground, tree.work)
    finally:
        tree.end()
    result.times = tree.strikes
    count(ground, result, strictly=False)
    _look_into(ground, fault, result)
    result.seconds = time.monotonic() - started
    return result


def _on_to(tree: Tree, moment: str, fault: Fault, result: Result, between: tuple[str, ...] = ()) -> None:
    """The clock goes on, beyond the leases of the dead, while nobody holds one."""
    if fault.lives_on:
        quiet(tree.ground)
    elif tree.workers:
        tree.last(fault.afterwards)
        tree.kill_all()
    if between:
        tree.ground.run(*between)
    tree.ground.run("manage.py", "clock", "--to", moment)
    if fault.lives_on and not tree.beats:
        _alarmed(tree.ground, result)
    elif not fault.lives_on:
        tree.work()


def _alarmed(ground: Ground, result: Result) -> None:
    """The sweeps have not come round for three working days: the health check must say so by then."""
    told = json.loads(ground.ask("-m", "tests.faults.audit"))
    if told["health"] != "red" or "breaches" not in told["late sweeps"]:
        result.broken.append("no sweep for three days, and no alarm")


def _look_into(ground: Ground, fault: Fault, result: Result) -> None:
    result.broken += json.loads(ground.ask("-m", "tests.faults.audit"))["broken"]
    if fault.in_turn:
        result.overtaken = ground.number(
            "SELECT count(*) FROM deadlines_deadline WHERE rule = 'deferral.decide' AND due_at < '2026-03-21' AND "
            "breach_noted_at > (SELECT breach_noted_at FROM deadlines_deadline WHERE rule LIKE 'flood-%' AND "
            f"breach_noted_at IS NOT NULL ORDER BY breach_noted_at LIMIT 1 OFFSET {AHEAD})"
        )
