"""A run under fire: processes as the supervisor starts them, a clock that goes on while they lie dead, and the count.

What was owed is read from the marks in the database, what happened from the stand-in gateway's own log and from the
folder of sent e-mails. The gateway writes down everything it receives and, as a real one does, delivers a message
whose idempotency key it knows no second time: *received* and *accepted* are counted apart.

* **lost**: owed, and never accepted (a letter), or due and not in the register of breaches (a clock);
* **doubled**: received twice, or sent twice under different keys (two letters of one kind about one clock), or noted
  twice in a journal. A worker that dies between claim and effect has sent nothing, so nothing may come twice;
* **repeated**: received twice under one key, because the process that was not struck stood between the effect and its
  mark when the whole worker died. Counted apart: a known limit, not a fault of the claim.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default as policy
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
import redis

from kazservices.supervisor.place import ROOT, Place, commands
from kazservices.supervisor.servers import free_port
from tests.faults.points import AFTER, BEFORE, FILED_WHOLE, HANDS, UNDER_A_REVISION, Point, draw

WARNED, RISEN, SETTLED = "2026-03-20T16:40", "2026-03-30T16:40", "2026-03-30T17:00"
LEASES_OVER = ("2026-03-30T16:45", "2026-03-30T16:50")  # no clock is judged before it is recounted: not to wait for it
PATIENCE = 240.0  # seconds until a run has come to rest


@dataclass
class Ground:
    """Where a run takes place: a data folder, a database and a broker that nobody else uses."""

    data: Path
    database: str
    broker: str = "filesystem://"
    gateway: int = field(default_factory=free_port)

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    def environment(self, **more) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("KAZ_", "CELERY_"))},
            "KAZ_DATA": str(self.data), "DATABASE_URL": self.database, "CELERY_BROKER_URL": self.broker,
            "KAZ_CLOCK": "demo", "KAZ_GATEWAY_URL": f"http://127.0.0.1:{self.gateway}",
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "FAULTS_RECORD": str(self.data / "deaths.jsonl"),
            "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore", **more,
        }  # fmt: skip

    def run(self, *words) -> None:
        """A command of the product, to its end."""
        subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.DEVNULL
        )

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
    if broker.startswith("redis"):
        with redis.Redis.from_url(broker) as queue:
            queue.delete("celery", "unacked", "unacked_index")
    if not ground.is_sqlite:
        make_database(database)
    ground.run("-m", "tests.faults.stage", str(clocks), str(filed), WARNED)
    return ground


def copied(ground: Ground, data: Path, database: str = "") -> Ground:
    """The same product once more, as it was prepared; what lay in a Redis stays there."""
    shutil.copytree(ground.data, data)
    if not ground.is_sqlite:
        make_database(database, template=urlsplit(ground.database).path.lstrip("/"))
    return Ground(data, database or f"sqlite:///{data / 'kazservices.sqlite3'}", ground.broker)


def make_database(url: str, template: str = "template1") -> None:
    """A fresh one; an older one of the same name goes."""
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


class Tree:
    """The gateway, the beat and one worker at a time, each in a group of its own, so that it can be killed whole."""

    def __init__(self, ground: Ground, *, lease: bool):
        self.ground, self.lease = ground, lease
        self.commands = commands(Place("127.0.0.1", free_port(), ground.gateway, ground.data))
        at = self.commands["worker"].index("--pool")  # where one works alone no lease is tried; sweeps keep two busy
        self.commands["worker"][at : at + 2] = ["--concurrency", "4"]
        self.gateway = self.beat = self.worker = None

    def open(self) -> None:
        self.gateway = self.start("gateway")

    def start(self, name, *more, **told):
        with (self.ground.data / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *self.commands[name], *more], cwd=ROOT, env=self.ground.environment(**told),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def work(self, point: Point | None = None) -> None:
        """A worker, to die at the point; and the beat, if it does not beat yet."""
        lease = "on" if self.lease else "off"
        trap = ("-I", "tests.faults.trap")
        self.worker = self.start("worker", *trap, FAULTS_TRAP=str(point or ""), FAULTS_LEASE=lease)
        if self.beat is None:
            self.beat = self.start("beat")

    def is_dead(self) -> bool:
        return self.worker.poll() is not None

    def kill_all(self) -> None:
        """Power off: worker and beat, without a word."""
        for process in filter(None, (self.worker, self.beat)):
            with_children(process, signal.SIGKILL)
        self.beat = None

    def end(self) -> None:
        self.kill_all()
        if self.gateway:
            with_children(self.gateway, signal.SIGTERM)


def with_children(process, number) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    process.wait(20)


@dataclass(frozen=True)
class Death:
    """One kill: where it was meant, what the worker had claimed by then; ``claims`` 0 when it was not reached."""

    point: Point
    claims: int


@dataclass
class Result:
    """What was counted when all had come to rest."""

    deaths: list[Death]
    clocks: int
    seconds: float = 0.0
    noted: int = 0
    letters: int = 0
    received: int = 0
    accepted: int = 0
    repeated: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def burn(
    ground: Ground, *, clocks: int, seed: int, before=BEFORE, under=UNDER_A_REVISION, after=AFTER, lease: bool = True
) -> Result:
    """The run: kills while the clocks still run, three working days of silence, a day off, kills again, rest."""
    started = time.monotonic()
    before, under, after = (draw(seed, clocks, kinds) for kinds in (before, under, after))
    tree = Tree(ground, lease=lease)
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
        rest(tree)
    finally:
        tree.end()
    result = count(ground, Result(deaths, clocks), recounted=bool(under))
    result.seconds = time.monotonic() - started
    return result


def strike(tree: Tree, point: Point) -> Death:
    """Let a worker work until it dies at the point."""
    tree.work(point)
    until = time.monotonic() + PATIENCE / 2
    while not tree.is_dead() and time.monotonic() < until:
        time.sleep(0.02)
    with_children(tree.worker, signal.SIGKILL)
    record = tree.ground.data / "deaths.jsonl"
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


#: Each counts what is left to do; the last, the sweeps that owe letters and have not come round since all was settled.
UNDONE = (
    "SELECT count(*) FROM notices_notice WHERE channel <> 'cabinet' AND sent_at IS NULL",
    "SELECT count(*) FROM documents_paper WHERE state = 'waiting'",
    "SELECT count(*) FROM gateways_registerrequest WHERE answered_at IS NULL",
    "SELECT count(*) FROM deadlines_deadline WHERE breach_noted_at IS NOT NULL AND escalated_at IS NULL",
    "SELECT count(*) FROM deadlines_deadline WHERE rule = 'deferral.decide' AND breach_noted_at IS NULL "
    "AND due_at < '2026-03-21'",
    "SELECT count(*) FROM roots_rootcopy WHERE copied_at IS NULL",
    "SELECT count(*) FROM deadlines_recount WHERE state <> 'done'",
    "SELECT 3 - count(DISTINCT name) FROM deadlines_sweeprun WHERE name IN ('moves', 'breaches', 'warnings') "
    "AND finished_at IS NOT NULL AND started_at > '2026-03-30 12:00:00+00'",
)


def rest(tree: Tree) -> None:
    """Wait until nothing is left to do; what then still comes (a message a second time) is let come."""
    until = time.monotonic() + PATIENCE
    while any(tree.ground.number(statement) for statement in UNDONE) and time.monotonic() < until:
        time.sleep(0.3)
    time.sleep(3.0)


# --- the count ---


def count(ground: Ground, result: Result, *, recounted: bool) -> Result:
    gateway = [json.loads(line) for line in (ground.data / "gateway.jsonl").read_text().splitlines()]
    received = Counter(message["key"] for message in gateway)
    accepted = Counter(message["key"] for message in gateway if not message["duplicate"])
    mailed = Counter(sent_mail(ground))
    copies = ground.rows("SELECT id, key, channel, letter FROM notices_notice WHERE channel <> 'cabinet'")
    unmarked = sent_and_not_marked(ground)
    for pk, kept, channel, letter in copies:
        key = str(UUID(str(kept)))
        arrived, counted = (accepted, received) if channel == "sms" else (mailed, mailed)
        if arrived[key] == 0:
            result.lost.append(f"{letter} by {channel}")
        if counted[key] == 2 and pk in unmarked:
            result.repeated += 1
        elif counted[key] > 1:
            result.doubled.append(f"{letter} by {channel} x{counted[key]}")
        result.letters += 1
    result.received = sum(received.values()) + sum(mailed.values())
    result.accepted = sum(accepted.values()) + sum(mailed.values())
    count_clocks(ground, result)
    if recounted:
        count_recount(ground, result)
    count_words(gateway, ground, result)
    return result


def sent_and_not_marked(ground: Ground) -> set[int]:
    """The copies that a process had gone on to send and had not marked when its worker died."""
    told = Path(ground.environment()["FAULTS_RECORD"] + HANDS)
    last = {}
    for line in told.read_text().splitlines() if told.exists() else ():
        known = json.loads(line)
        last[known["process"]] = known["row"] if known["does"] == "sends" else None
    return {row for row in last.values() if row is not None}


def count_clocks(ground: Ground, result: Result) -> None:
    """The register of breaches, the journals and the heads' letters: one of each for every clock that fell due."""
    due = "deadlines_deadline WHERE rule = 'deferral.decide' AND due_at < '2026-03-21'"
    noted = dict(ground.rows(f"SELECT case_id, breach_noted_at FROM {due}"))
    lines = Counter(row[0] for row in ground.rows("SELECT case_id FROM cases_journalentry WHERE move = 'breach_noted'"))
    told = Counter(ground.rows("SELECT case_id, channel FROM notices_notice WHERE letter = 'breach'"))
    result.noted = sum(at is not None for at in noted.values())
    result.lost += ["a clock that nobody noted"] * (result.clocks - result.noted)
    for case in noted:
        for what, times in (("line", lines[case]), *((c, told[case, c]) for c in ("cabinet", "sms", "email"))):
            count_times(result, f"the breach of a clock: {what}", times)


def count_recount(ground: Ground, result: Result) -> None:
    """The twelve applications just filed: the end of each on the day after the day off, told once to each person."""
    filed = dict(ground.rows("SELECT case_id, due_on FROM deadlines_deadline WHERE rule = 'deferral.decide' "
                             "AND due_at > '2026-03-31'"))  # fmt: skip
    lines = Counter(row[0] for row in ground.rows("SELECT case_id FROM cases_journalentry WHERE move = 'recount'"))
    told = Counter(ground.rows("SELECT case_id, letter, channel FROM notices_notice WHERE letter LIKE '%due_moved'"))
    result.lost += ["an application just filed"] * (FILED_WHOLE - len(filed))
    for case, due_on in filed.items():
        if str(due_on) != "2026-04-03":
            result.lost.append("a clock that was not moved")
        count_times(result, "a moved clock: line", lines[case])
        for letter, channel in MOVED_LETTERS:
            count_times(result, f"a moved clock: {letter} by {channel}", told[case, letter, channel])


#: To the applicant, who has a telephone, and to the chair, who has an address too.
MOVED_LETTERS = (
    ("due_moved", "cabinet"), ("due_moved", "sms"),
    ("staff_due_moved", "cabinet"), ("staff_due_moved", "sms"), ("staff_due_moved", "email"),
)  # fmt: skip


def count_times(result: Result, what: str, times: int) -> None:
    if times < 1:
        result.lost.append(what)
    if times > 1:
        result.doubled.append(f"{what} x{times}")


def count_words(gateway, ground: Ground, result: Result) -> None:
    """The same words to the same number under two keys: a letter that was written twice."""
    own = {number for (number,) in ground.rows("SELECT number FROM cases_case WHERE applicant_id IS NULL")}
    words = Counter((message["phone"], message["text"]) for message in gateway if not message["duplicate"])
    for (_, text), times in words.items():
        if times > 1 and any(number in text for number in own):
            result.doubled.append(f"the same words x{times}")


def sent_mail(ground: Ground):
    """The keys of all e-mails that left, as often as they left."""
    for path in (ground.data / "mail").glob("*.log"):
        for text in path.read_bytes().split(b"-" * 79 + b"\n"):
            if text.strip():
                yield message_from_bytes(text, policy=policy)["Message-ID"].strip("<>").partition("@")[0]
