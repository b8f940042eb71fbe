"""The processes under fire, as the supervisor starts them: each in a group of its own, so that it is killed whole."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from kazservices.supervisor.place import ROOT, Place, commands
from kazservices.supervisor.servers import free_port
from tests.faults.ground import Ground
from tests.faults.points import Point

TRAP = ("-I", "tests.faults.trap")


class Tree:
    """The gateway, and so many beats and workers at a time.

    A worker serves all queues with four processes: where one works alone, no lease is ever tried. ``off``: the guards
    that are switched off (``tests.faults.trap``).
    """

    def __init__(self, ground: Ground, *, off: tuple[str, ...] = (), hands: int = 1, **told: str):
        self.ground, self.hands = ground, hands
        self.told = {"FAULTS_OFF": ",".join(off), **told}
        started = commands(Place("127.0.0.1", free_port(), ground.gateway, ground.data))
        words = started["worker-clocks"]
        at = words.index("--queues")
        self.commands = {
            "gateway": ["-m", "tests.faults.gate", str(ground.gateway), str(ground.outside)],
            "worker": [*words[:at], *words[at + 2 :], "--concurrency", "4", *TRAP],
            "beat": [*started["beat"], "--schedule"],
        }
        self.gateway = None
        self.workers, self.beats = [], []
        self.strikes = 0

    def open(self) -> None:
        self.gateway = self.start("gateway")

    def start(self, name, *more, **told):
        with (self.ground.outside / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *self.commands[name], *more], cwd=ROOT,
                env=self.ground.environment(**{**self.told, **told}), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    @property
    def worker(self):
        return self.workers[0]

    def work(self, point: Point | None = None) -> None:
        """Workers, the first to die at the point; and beats, as many as are missing. So the supervisor does."""
        self.beat()
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < self.hands:
            number = f"worker-{len(self.workers)}-{time.monotonic_ns()}@%h"
            self.workers.append(
                self.start("worker", "--hostname", number, FAULTS_TRAP=str(point or self.told.get("FAULTS_TRAP", "")))
            )

    def beat(self) -> None:
        """Each with a schedule of its own, as on machines of their own."""
        self.beats = [beat for beat in self.beats if beat.poll() is None]
        for number in range(len(self.beats), self.hands):
            self.beats.append(self.start("beat", str(self.ground.data / f"beat-{number}")))

    def last(self, seconds: float) -> None:
        """Let so much time pass; whatever dies meanwhile is started again."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.work()
            time.sleep(0.2)

    def is_dead(self) -> bool:
        return self.worker.poll() is not None

    def kill_workers(self) -> None:
        for worker in self.workers:
            with_children(worker, signal.SIGKILL)

    def kill_beats(self) -> None:
        for beat in self.beats:
            with_children(beat, signal.SIGKILL)
        self.beats = []

    def kill_all(self) -> None:
        """Power off: workers and beats, without a word."""
        self.kill_workers()
        self.kill_beats()

    def close_gateway(self) -> None:
        with_children(self.gateway, signal.SIGKILL)

    def messages(self) -> list[str]:
        """What the gateway has received so far, a line each."""
        log = self.ground.outside / "gateway.jsonl"
        return log.read_text().splitlines() if log.exists() else []

    def mood(self, word: str = "") -> None:
        """How the gateway behaves from now on (``tests.faults.gate``)."""
        (self.ground.outside / "mood").write_text(word)

    def end(self) -> None:
        self.kill_all()
        if self.gateway:
            self.close_gateway()


def with_children(process, number) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    process.wait(20)
