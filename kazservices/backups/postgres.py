"""PostgreSQL: pg_dump of one exported snapshot, pg_restore in one transaction; tools of the server's own major."""

import os
import re
import shutil
import subprocess
import time
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from .errors import BackupRefused
from .snapshot import Snapshot, looked_at

NAME = "database.pgdump"
INSTALLED = Path("/usr/lib/postgresql")
#: Schemas in which an earlier restore has set aside what stood there.
ASIDE = "before_"
#: What the new schema says of itself until it is filled.
UNDER_WAY = "being restored; what stood here lies in "
LEAVING = 2  # seconds: a connection that was closed, our own too, is seen for a moment; who stays longer runs
PLAIN = ("--no-owner", "--no-privileges")  # of whoever runs the product where it is brought back
WHOLE = ("--single-transaction", "--exit-on-error")


def keep(known: dict, folder: Path) -> Snapshot:
    """Dump the database as it stands at one instant, and look at that same instant. ``known``: how it is reached."""
    with closing(connection.copy()) as own, own.cursor() as cursor:
        program = tool("pg_dump", _major(cursor))
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (exported,) = cursor.fetchone()
        words = ["--format=custom", *PLAIN, f"--exclude-schema={ASIDE}*", f"--file={folder / NAME}"]
        _run(program, known, *words, f"--snapshot={exported}")
        seen = looked_at(cursor)
        cursor.execute("COMMIT")
        return seen


def is_empty(known: dict) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'")
        return not cursor.fetchone()[0]


def killed_over(known: dict) -> str:
    """The schema in which a restore that was killed outright has left what stood there; empty: none was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace('public'), 'pg_namespace')")
        said = cursor.fetchone()[0] or ""
    return said.removeprefix(UNDER_WAY) if said.startswith(UNDER_WAY) and is_empty(known) else ""


def demand_alone(known: dict) -> None:
    """Nobody else is in the database, and the tools are here. Raises BackupRefused."""
    until = time.monotonic() + LEAVING
    with connection.cursor() as cursor:
        tool("pg_restore", _major(cursor))
        while others := _others(cursor):
            if time.monotonic() > until:
                raise BackupRefused(f"The product still runs: {others} connections to its database. Stop it first.")
            time.sleep(0.05)


def bring_back(known: dict, folder: Path, aside: str) -> list[str]:
    """Fill the schema anew; what stood there is renamed, and comes back when this fails. Returns where it lies."""
    kept = re.sub(r"\W", "_", aside)
    with connection.cursor() as cursor:
        program, was_empty = tool("pg_restore", _major(cursor)), is_empty(known)
        with transaction.atomic():
            cursor.execute(f'ALTER SCHEMA public RENAME TO "{kept}"')
            cursor.execute("CREATE SCHEMA public")
            cursor.execute(f"COMMENT ON SCHEMA public IS '{UNDER_WAY}{kept}'")
        try:
            _run(program, known, *WHOLE, *PLAIN, str(folder / NAME))
        except BaseException:  # Ctrl-C, too
            _give_back(cursor, kept)
            raise
        cursor.execute("COMMENT ON SCHEMA public IS NULL")
        if was_empty:
            cursor.execute(f'DROP SCHEMA "{kept}"')
    return [] if was_empty else [f"schema {kept}"]


@transaction.atomic
def _give_back(cursor, kept: str) -> None:
    cursor.execute("DROP SCHEMA public CASCADE")
    cursor.execute(f'ALTER SCHEMA "{kept}" RENAME TO public')


def tool(name: str, major: int) -> str:
    """A client program of this major. Raises BackupRefused, naming the package that brings it."""
    own, found = INSTALLED / str(major) / "bin" / name, shutil.which(name)
    if own.exists():
        return str(own)
    version = _version(found) if found else 0
    if version == major and found:
        return found
    there = f"the one here is of {version}" if found else "there is none here"
    told = f"The server is PostgreSQL {major} and needs its own {name}; {there}."
    raise BackupRefused(f"{told} Install postgresql-client-{major}.")


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0


def _others(cursor) -> int:
    cursor.execute(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    return cursor.fetchone()[0]


def _major(cursor) -> int:
    cursor.execute("SHOW server_version_num")
    return int(cursor.fetchone()[0]) // 10000


def _run(program: str, known: dict, *words: str) -> None:
    """The password goes by the environment: a list of processes would show it."""
    secret = {"PGPASSWORD": known["PASSWORD"]} if known["PASSWORD"] else {}
    done = subprocess.run(
        [program, f"--dbname={_reached(known)}", *words],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupRefused(f"{Path(program).name} has failed: {done.stderr.strip()[-500:]}")


def _reached(known: dict) -> str:
    """Where the database is, as libpq reads it, with what the settings say of encryption."""
    where = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "dbname": known["NAME"]}
    safely = {name: value for name, value in known.get("OPTIONS", {}).items() if name.startswith("ssl")}
    return make_conninfo("", **{name: value for name, value in {**where, **safely}.items() if value})
