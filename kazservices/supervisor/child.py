"""One process, kept alive."""

import ctypes
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kazservices.supervisor.place import ROOT

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a dead process is started again, doubled at each death
STEADY_AFTER = 60.0  # a process that lived so long starts with the first pause again
LOG_LIMIT = 5_000_000
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process of the tree, started again with a growing pause whenever it dies."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen | None = None
    pause: float = FIRST_PAUSE
    started: float = 0.0
    start_at: float = 0.0

    def look(self, moment: float) -> str | None:
        """Start it when it is due; what is worth telling, if anything."""
        if self.process is None:
            if moment >= self.start_at:
                self.start(moment)
            return None
        status = self.process.poll()
        if status is None:
            return None
        if moment - self.started > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        self.process, self.start_at = None, moment + self.pause
        told = f"{self.name} ended with status {status}; it starts again in {self.pause:g} s (see {self.log})"
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return told

    def start(self, moment: float) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops them in order
                preexec_fn=_die_with_parent(os.getpid()),  # noqa: PLW1509 - there are no threads here
            )
        self.started = moment

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def be_gone(self, patience: float) -> None:
        """Wait for its end; out of patience, end it and all it has started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(patience, 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _die_with_parent(parent: int):
    """Linux ends the child when the supervisor is gone, however it went."""
    libc = ctypes.CDLL(None)

    def before_exec() -> None:
        if hasattr(libc, "prctl"):
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return before_exec
