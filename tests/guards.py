"""Take the database's own guards away for a moment, as one with the keys of the server could."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def unguarded(table: str):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for_now = "SET CONSTRAINTS ALL IMMEDIATE"  # a table with checks pending is not altered
            cursor.execute(f"{for_now}; ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"{for_now}; ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in guards:
            cursor.execute(sql)
