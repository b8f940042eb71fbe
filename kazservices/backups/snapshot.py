"""What a database says of itself at one instant, asked in plain SQL: the same questions of a snapshot and of the live.

Asked of the very snapshot that is kept, so that the list of a backup never tells of another moment than its database.
"""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import FileField

from kazservices.cases.models import Case, JournalEntry
from kazservices.cases.roots.models import JournalRoot

from .errors import BackupRefused


@dataclass(frozen=True)
class Snapshot:
    """What stood in it: applied migrations, rows of each table, the journal, {name of a file: its SHA-256}, roots."""

    migrations: dict
    rows: dict
    journal: dict
    files: dict
    roots: list


def looked_at(cursor) -> Snapshot:
    """``cursor``: of the database API, of whichever engine."""
    tables = {name for (name,) in _all(cursor, _TABLES[connection.vendor])}
    if "django_migrations" not in tables:
        raise BackupRefused("The database has no tables of the product.")
    return Snapshot(
        migrations=migrations(cursor),
        rows=counted(cursor, tables),
        journal=_journal(cursor),
        files=_files(cursor, tables),
        roots=[number for (number,) in _all(cursor, f"SELECT number FROM {_table(JournalRoot)} ORDER BY number")],
    )


def migrations(cursor) -> dict:
    """{app: the names of its applied migrations}."""
    found: dict = {}
    for app, name in _all(cursor, "SELECT app, name FROM django_migrations ORDER BY app, name"):
        found.setdefault(app, []).append(name)
    return found


def counted(cursor, tables=None) -> dict:
    """{table: its rows}, of the product's own tables."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    wanted = sorted(ours if tables is None else ours & tables)
    return {table: _all(cursor, f"SELECT COUNT(*) FROM {_quoted(table)}")[0][0] for table in wanted}


def kept_files() -> list[tuple]:
    """(table, column) of every file of the product; beside each stands the SHA-256 that was recorded of it."""
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    return [(field.model._meta.db_table, field.column) for field in fields if isinstance(field, FileField)]


def _files(cursor, tables) -> dict:
    found: dict = {}
    for table, column in kept_files():
        if table in tables:
            asked = f'SELECT DISTINCT "{column}", sha256 FROM {_quoted(table)} WHERE "{column}" <> \'\''
            found |= dict(_all(cursor, asked))
    return found


def _journal(cursor) -> dict:
    """How far it had come: cases, entries, the digest of all heads, the last root with its hash."""
    heads, cases = hashlib.sha256(), 0
    cursor.execute(f"SELECT id, journal_count, journal_head FROM {_table(Case)} ORDER BY id")
    while rows := cursor.fetchmany(2000):
        cases += len(rows)
        for row in rows:
            heads.update("{}:{}:{}\n".format(*row).encode())
    entries = _all(cursor, f"SELECT COUNT(*) FROM {_table(JournalEntry)}")[0][0]
    last = _all(cursor, f"SELECT number, hash FROM {_table(JournalRoot)} ORDER BY number DESC LIMIT 1")
    number, root = last[0] if last else (0, "")
    return {"cases": cases, "entries": entries, "heads": heads.hexdigest(), "root": number, "root_hash": root}


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def _all(cursor, statement) -> list:
    cursor.execute(statement)
    return cursor.fetchall()


def _table(model) -> str:
    return _quoted(model._meta.db_table)


def _quoted(table: str) -> str:
    return f'"{table}"'
