"""PostgreSQL and Redis for a while: those of the environment, else the standard local ones, else private ones."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent.parent
STANDARD_DATABASES = ("postgres://postgres@127.0.0.1:5432/postgres", "postgres://%2Fvar%2Frun%2Fpostgresql/postgres")
STANDARD_REDIS = "redis://127.0.0.1:6379/0"
OURS = "kazservices:test-run"  # the key that says a Redis database is taken by a run


class NoServer(Exception):
    """There is none, or it does not let us work; the words say which and why."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def install(package: str) -> None:
    """Through the same door as bin/setup."""
    subprocess.run(["sh", "-c", f". bin/_env; install_packages {package}"], cwd=ROOT, check=True)


@contextmanager
def folder(owner: str | None = None):
    """A folder of our own that ``owner`` can reach."""
    path = Path(tempfile.mkdtemp(prefix="kazservices-", dir="/tmp"))
    if owner:
        shutil.chown(path, owner, owner)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


# --- PostgreSQL ---


def makes_databases(url: str) -> bool:
    """It answers, and lets us make databases of our own."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            asked = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            return bool(connection.execute(asked).fetchone()[0])
    except psycopg.Error:
        return False


def postgres_tools() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def private_postgres():
    """A server on a free port, started as nobody's but ours; it refuses to run as root."""
    if postgres_tools() is None:
        install("postgresql")
    tools = postgres_tools()
    if tools is None:
        raise NoServer("PostgreSQL could not be installed.")
    as_owner, owner = [], None
    if os.geteuid() == 0:
        as_owner, owner = ["runuser", "-u", "postgres", "--"], pwd.getpwnam("postgres").pw_name
    with folder(owner) as path:
        port, data = free_port(), path / "data"

        def run(tool, *words):
            subprocess.run(
                [*as_owner, str(tools / tool), "-D", str(data), *words], cwd=path, check=True, stdout=subprocess.DEVNULL
            )

        run("initdb", "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={path} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(path / "log"), "-o", options, "start")
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


def server_for_databases(stack: ExitStack) -> str:
    """The address of a server that lets us make databases of our own. Raises NoServer."""
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith("postgres"):
        return next(filter(makes_databases, STANDARD_DATABASES), None) or stack.enter_context(private_postgres())
    if not makes_databases(named):
        raise NoServer("the PostgreSQL of DATABASE_URL does not answer, or lets this user make no database.")
    return named


@contextmanager
def database(stack: ExitStack):
    """The address of a server, and the name of a database that only this run uses."""
    url = server_for_databases(stack)
    name = f"test_kazservices_{os.getpid()}_{secrets.token_hex(4)}"
    try:
        yield url, name
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            left = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name])
            for (database,) in left.fetchall():
                connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


# --- Redis ---


def pongs(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@contextmanager
def private_redis():
    if not shutil.which("redis-server"):
        install("redis-server")
    with folder() as path:
        port = free_port()
        words = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(path), "--save", "", "--appendonly", "no"]
        server = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)
        url = f"redis://127.0.0.1:{port}/0"
        until = time.monotonic() + 10
        while not pongs(url) and time.monotonic() < until:
            time.sleep(0.05)
        try:
            yield url
        finally:
            server.terminate()
            server.wait(10)


@contextmanager
def broker(stack: ExitStack):
    """An empty database of the server, taken by a key of ours and emptied at the end."""
    if named := os.environ.get("CELERY_BROKER_URL"):
        if not pongs(named):
            raise NoServer("the Redis of CELERY_BROKER_URL does not answer.")
        server = named
    else:
        server = STANDARD_REDIS if pongs(STANDARD_REDIS) else stack.enter_context(private_redis())
    for number in range(15, 0, -1):
        url = urlunsplit(urlsplit(server)._replace(path=f"/{number}"))
        with redis.Redis.from_url(url) as client:
            if client.dbsize() == 0 and client.set(OURS, os.getpid(), nx=True):
                try:
                    yield url
                finally:
                    client.flushdb()
                return
    raise NoServer("no database of this Redis is empty.")
