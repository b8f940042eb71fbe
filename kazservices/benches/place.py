"""A database for one bench: made for it, filled by it, dropped after it; never the product's own."""

import json
import os
import secrets
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from io import StringIO
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from kazservices.supervisor.servers import ROOT, NoServer, folder, server_for_databases

PREFIX = "bench_kazservices_"
MONDAY = "2026-03-16T09:00"


def run_apart(name: str, size: str) -> dict:
    """The figures of a bench, run by a process of its own that sees nothing but the bench's database."""
    try:
        with ExitStack() as stack:
            told = stack.enter_context(_environment(stack))
            words = [sys.executable, "manage.py", "bench", name, "--size", size, "--json", "--inside"]
            done = subprocess.run(words, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True, check=False)
    except NoServer as missing:
        raise CommandError(str(missing)) from missing
    if done.returncode:
        raise CommandError(f"The bench {name} has failed.")
    return json.loads(done.stdout.splitlines()[-1])


def settle_in() -> None:
    """Make the tables of the bench's own database and start its clock. Raises CommandError in any other database."""
    if connection.vendor != "postgresql" or not connection.settings_dict["NAME"].startswith(PREFIX):
        raise CommandError("A bench runs in a PostgreSQL database of its own; leave out --inside.")
    for words in (("migrate", "--noinput"), ("clock", "--start", MONDAY), ("passports",)):
        call_command(*words, verbosity=0, stdout=StringIO())


def circumstances() -> dict:
    """What a figure is worth nothing without: the engine and the cores."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return {"engine": f"PostgreSQL {cursor.fetchone()[0].split()[0]}", "cores": len(os.sched_getaffinity(0))}


@contextmanager
def _environment(stack: ExitStack):
    url, name = server_for_databases(stack), f"{PREFIX}{secrets.token_hex(6)}"
    data = stack.enter_context(folder())
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        address = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        own = {"DATABASE_URL": address, "KAZ_DATA": str(data), "CELERY_BROKER_URL": "filesystem://"}
        yield {**os.environ, **own, "KAZ_CLOCK": "demo", "KAZ_ENV": "embedded"}
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
