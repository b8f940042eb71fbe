"""Servers of a run alone, so that they may be struck: a PostgreSQL, a Redis, and a disk that is soon full."""

import os
import shutil
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from kazservices.supervisor.servers import NoServer, free_port, pongs, postgres_tools

DISK = 400  # megabytes: for a PostgreSQL and a folder of data
BALLAST = 4 << 20  # bytes written at a time until the disk is full


class Postgres:
    """In a folder of its own; started again by whoever has struck it."""

    def __init__(self, folder: Path):
        if postgres_tools() is None:
            raise NoServer("There is no PostgreSQL on this machine: bin/test-services installs one.")
        self.folder, self.port = folder, free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        options += " -c max_wal_size=64MB -c wal_recycle=off"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """As if the power went: what was not committed is undone when it comes back."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop", check=False)

    @property
    def is_up(self) -> bool:
        return self._run("pg_ctl", "status", check=False) == 0

    def _run(self, tool, *words, check=True) -> int:
        as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_owner, str(postgres_tools() / tool), "-D", str(self.folder / "data"), *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.run(command, cwd=self.folder, check=check, **quiet).returncode


class Redis:
    """It writes down what it holds, as that of the composition does: stopped and started, it knows its messages."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True)
        self.folder, self.port, self.server = folder, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--appendonly", "yes"]
        self.server = subprocess.Popen(["redis-server", *words, "--save", ""], stdout=subprocess.DEVNULL)
        while not pongs(self.url):
            time.sleep(0.05)

    def stop(self) -> None:
        self.server.kill()
        self.server.wait(10)

    def flush(self) -> None:
        """All that it holds is gone."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


@dataclass
class Servers:
    """What one run has for itself."""

    postgres: Postgres
    redis: Redis

    def revive(self) -> None:
        if not self.postgres.is_up:
            self.postgres.start()
        if self.redis.server.poll() is not None:
            self.redis.start()

    def __enter__(self):
        self.postgres.start()
        self.redis.start()
        return self

    def __exit__(self, *exception):
        self.redis.stop()
        self.postgres.stop()


def servers(folder: Path) -> Servers:
    return Servers(Postgres(folder / "postgres"), Redis(folder / "redis"))


# --- a disk ---


@contextmanager
def small_disk(folder: Path):
    """A file system of its own on this folder; false where we may not make one (it takes root)."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=755", "kazservices-faults", str(folder)]
    made = os.geteuid() == 0 and subprocess.run(words, check=False, stderr=subprocess.DEVNULL).returncode == 0
    with ExitStack() as stack:
        if made:
            stack.callback(subprocess.run, ["umount", "--lazy", str(folder)], check=False)
        yield made


def fill(folder: Path) -> None:
    """Write until nothing more can be written, to the last byte."""
    block = BALLAST
    with (folder / "ballast").open("ab", buffering=0) as ballast:
        while block:
            try:
                ballast.write(b"\0" * block)
            except OSError:
                block //= 2


def make_room(folder: Path) -> None:
    (folder / "ballast").unlink(missing_ok=True)
