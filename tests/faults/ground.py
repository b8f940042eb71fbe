"""Where a run takes place: a data folder, a database and a broker that nobody else uses, and a world of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

from kazservices.supervisor.place import QUEUES, ROOT
from kazservices.supervisor.servers import free_port
from tests.faults.points import FILED_WHOLE
from tests.faults.servers import Servers

WARNED = "2026-03-20T16:40"  # Fri, when warnings are due and no term has ended


@dataclass
class Ground:
    """Where a run takes place: a data folder, a database and a broker that nobody else uses."""

    data: Path
    database: str
    broker: str = "filesystem://"
    gateway: int = field(default_factory=free_port)
    servers: Servers | None = None  # those of the runs under fire alone, where a fault needs them
    disk: Path | None = None  # where this run has a disk of its own

    @property
    def outside(self) -> Path:
        """What the world keeps for itself: the gateway's log, and the record of who was struck. Another disk."""
        inside = self.disk or self.data
        folder = inside.with_name(f"{inside.name}-outside")
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    def empty_broker(self) -> None:
        """All messages that wait in it are gone."""
        if self.servers:
            self.servers.redis.flush()
        elif self.broker.startswith("redis"):  # a server that others use too
            with redis.Redis.from_url(self.broker) as queue:
                queue.delete(*QUEUES, "unacked", "unacked_index")
        for message in (self.data / "queue" / "messages").glob("*.msg"):
            message.unlink(missing_ok=True)

    def revive(self) -> None:
        """What fell by itself is started again, as a service manager does."""
        if self.servers:
            self.servers.revive()

    def environment(self, **more) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("KAZ_", "CELERY_"))},
            "KAZ_DATA": str(self.data), "DATABASE_URL": self.database, "CELERY_BROKER_URL": self.broker,
            "KAZ_CLOCK": "demo", "KAZ_GATEWAY_URL": f"http://127.0.0.1:{self.gateway}",
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "FAULTS_RECORD": str(self.outside / "deaths.jsonl"),
            "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore", **more,
        }  # fmt: skip

    def run(self, *words) -> None:
        """A command of the product, to its end."""
        subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.DEVNULL
        )

    def ask(self, *words) -> str:
        """What a command of the product prints."""
        told = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.PIPE, text=True
        )
        return told.stdout

    def rows(self, statement: str) -> list[tuple]:
        with self._connection() as connection:
            return connection.execute(statement).fetchall()

    def number(self, statement: str) -> int:
        return self.rows(statement)[0][0]

    @contextmanager
    def _connection(self):
        opened = sqlite3.connect(self.data / "kazservices.sqlite3", timeout=20) if self.is_sqlite else None
        opened = opened or psycopg.connect(self.database, autocommit=True)
        try:
            yield opened
        finally:
            opened.close()


def prepare(
    data: Path, database: str = "", broker: str = "filesystem://", *, clocks: int, filed: int = FILED_WHOLE
) -> Ground:
    """A product with so many clocks about to fall due and so many whole applications, nothing running yet."""
    data.mkdir(parents=True, exist_ok=True)
    ground = Ground(data, database or f"sqlite:///{data / 'kazservices.sqlite3'}", broker)
    ground.empty_broker()
    if not ground.is_sqlite:
        make_database(database)
    ground.run("-m", "tests.faults.stage", str(clocks), str(filed), WARNED)
    return ground


def copied(ground: Ground, data: Path, database: str = "", *, servers: Servers | None = None) -> Ground:
    """The same product once more, as it was prepared; what lay in a Redis stays there."""
    shutil.copytree(ground.data, data)
    if not ground.is_sqlite:
        make_database(database, template=urlsplit(ground.database).path.lstrip("/"))
    url = database or f"sqlite:///{data / 'kazservices.sqlite3'}"
    return Ground(data, url, ground.broker, servers=servers)


def make_database(url: str, template: str = "template1") -> None:
    """A fresh one; an older one of the same name goes."""
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
