"""What may happen to the product, each a small object: what it is called, what it does, how often.

A fault strikes twice: on Friday while the clocks run, and three working days later when all has fallen due. Between the
two everything lies dead, unless it is the point of the fault that something lives on.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.faults.resting import PATIENCE
from tests.faults.servers import fill, make_room
from tests.faults.tree import Tree


def nothing(*_) -> None:
    """The run alone is the fault, or nothing happens at this time."""


@dataclass(frozen=True)
class Fault:
    """One way to fall: ``first`` on Friday, ``then`` when all is due, each so many times."""

    name: str
    first: Callable[[Tree, random.Random], None] = nothing
    then: Callable[[Tree, random.Random], None] | None = None
    times: int = 1
    #: Workers, and as many beats, at a time.
    hands: int = 1
    #: The clock moves while they live and are at rest; else all are killed before, and started again after.
    lives_on: bool = False
    #: A command that is run before the second strike, while all lies dead or at rest.
    between: tuple[str, ...] = ()
    #: How long all goes on after a strike before it is killed for the clock's sake, in seconds.
    afterwards: float = 3.0
    #: What the processes are told.
    told: Mapping[str, str] = field(default_factory=dict)
    #: The old breaches must be noted before what has come in since.
    in_turn: bool = False
    #: What it strikes is there in the set-up for many alone; it wants a disk of its own.
    many_only: bool = False
    needs_disk: bool = False
    #: The guard without which this fault must show a loss or a double.
    guard: str = ""

    def strike(self, tree: Tree, chance: random.Random, *, late: bool) -> None:
        if late and self.then is not None:
            return self.then(tree, chance)
        for _ in range(self.times if self.first is not nothing else 0):
            self.first(tree, chance)
            tree.strikes += 1
        return None


# --- what happens ---


def at_work(tree, chance):
    """Wait until sweeps come round, then for a random while: what is struck is at work."""
    runs = "SELECT count(*) FROM deadlines_sweeprun WHERE finished_at IS NOT NULL"
    before, until = tree.ground.number(runs), time.monotonic() + 30.0
    while tree.ground.number(runs) == before and time.monotonic() < until:
        tree.last(0.2)
    tree.last(chance.uniform(0.0, 3.0))


def live(tree, chance):
    at_work(tree, chance)
    tree.last(5.0)


def kill_a_worker(tree, chance):
    at_work(tree, chance)
    tree.kill_workers()
    tree.work()


def kill_the_beats(tree, chance):
    at_work(tree, chance)
    tree.kill_beats()


def wake_the_beats(tree, chance):
    tree.beat()


def stop_redis(tree, chance):
    at_work(tree, chance)
    tree.ground.servers.redis.stop()
    tree.last(3.0)
    tree.ground.servers.redis.start()


def empty_the_broker(tree, chance):
    """While the workers are down and messages wait in it."""
    at_work(tree, chance)
    tree.kill_workers()
    time.sleep(2.0)
    tree.ground.empty_broker()
    tree.work()


def restart_postgres(tree, chance):
    at_work(tree, chance)
    tree.ground.servers.postgres.stop()
    tree.ground.servers.postgres.start()


def fill_the_disk(tree, chance):
    at_work(tree, chance)
    fill(tree.ground.disk)
    tree.last(5.0)
    make_room(tree.ground.disk)
    tree.ground.revive()


def close_the_gateway(tree, chance):
    at_work(tree, chance)
    tree.close_gateway()
    tree.last(6.0)
    tree.open()


def slow_the_gateway(tree, chance):
    """Until it has taken some messages whose senders did not wait for the answer."""
    tree.mood("slow")
    taken, until = len(tree.messages()), time.monotonic() + 60.0
    while len(tree.messages()) < taken + 4 and time.monotonic() < until:
        tree.last(0.2)
    tree.last(2.0)
    tree.mood()


def double_the_gateway(tree, chance):
    tree.mood("twice")
    live(tree, chance)


def strike_all_at_once(tree, chance):
    """Of two workers the first dies with a letter in its hands, the other with it; then the messages are gone."""
    tree.mood("twice")
    until = time.monotonic() + PATIENCE
    while not tree.is_dead() and time.monotonic() < until:
        time.sleep(0.05)
    tree.told.pop("FAULTS_TRAP")
    tree.strikes += tree.is_dead()
    tree.kill_workers()
    tree.ground.empty_broker()


def endure(tree, chance):
    tree.last(62.0)


IMPATIENT = {"KAZ_GATEWAY_TIMEOUT": "0.5"}
RISEN, SETTLED = "2026-03-30T16:40", "2026-03-30T17:00"

KILLED = Fault("worker killed at random", kill_a_worker, times=5)
BEAT_DEAD = Fault("beat dead for three working days", kill_the_beats, then=wake_the_beats, lives_on=True)
REDIS_STOPPED = Fault("Redis stopped and started", stop_redis, times=2, many_only=True)
EMPTIED = Fault("broker emptied with messages in it", empty_the_broker, times=2)
RESTARTED = Fault("PostgreSQL restarted, immediate", restart_postgres, times=2, many_only=True)
TWO_OF_EACH = Fault("two workers and two beats", live, hands=2)
STEPPED = Fault("clock stepped over a weekend", live, then=nothing, lives_on=True)
DISK_FULL = Fault("disk full", fill_the_disk, needs_disk=True)
GATEWAY_DOWN = Fault("gateway down", close_the_gateway, times=1, told=IMPATIENT)
GATEWAY_SLOW = Fault("gateway slower than its client", slow_the_gateway, told=IMPATIENT, guard="key")
GATEWAY_TWICE = Fault("gateway gets each request twice", double_the_gateway)
FLOODED = Fault(
    "new work without end", then=endure, between=("-m", "tests.faults.flood", RISEN), told={"FAULTS_BATCH": "4"},
    in_turn=True, guard="order",
)  # fmt: skip

#: Several in one short run, for the suite: two of each, killed, with the broker emptied, at a gateway that hears twice.
ALL_AT_ONCE = Fault(
    "all at once", nothing, then=strike_all_at_once, hands=2, afterwards=0, told={"FAULTS_TRAP": "copy:2"}
)

ALL = (
    KILLED, BEAT_DEAD, REDIS_STOPPED, EMPTIED, RESTARTED, TWO_OF_EACH, STEPPED, DISK_FULL, GATEWAY_DOWN, GATEWAY_SLOW,
    GATEWAY_TWICE, FLOODED,
)  # fmt: skip
