"""What the tests of backups do with a product: back it up, lose it, bring it back, look what is there."""

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from io import StringIO
from pathlib import Path

from django.conf import settings as used
from django.core.management import call_command
from django.db import connection

from kazservices.backups import parts, sqlite
from kazservices.documents.models import Attachment, PaperBytes
from tests import world

DURING, AFTER, BACK = "2026-04-03 10:00", "2026-04-03 10:30", "2026-04-03 12:00"


def backup(folder, moment=DURING) -> parts.Contents:
    out = StringIO()
    with world.at(moment):
        call_command("backup", str(folder), stdout=out)
    return parts.read_list(folder)


def restore(folder, *words, moment=BACK) -> str:
    out = StringIO()
    with world.at(moment):
        call_command("restore", str(folder), *words, stdout=out, stderr=out)
    return out.getvalue()


def wreck():
    """The disk is lost: no database, no files, no other place."""
    shutil.rmtree(used.MEDIA_ROOT)
    shutil.rmtree(used.KAZ_ROOTS_DIR)
    for key in used.KAZ_ROOTS_KEY.parent.glob("roots-key.*"):
        key.unlink()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    connection.close()
    if connection.vendor == "sqlite":
        for ending in sqlite.BESIDE:
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


def papers() -> dict:
    return {row.paper_id: hashlib.sha256(bytes(row.content)).hexdigest() for row in PaperBytes.objects.all()}


def files() -> dict:
    """{attachment: what its file is}, and each is what its row says."""
    found = {row.pk: hashlib.sha256(row.file.open("rb").read()).hexdigest() for row in Attachment.objects.all()}
    assert found == dict(Attachment.objects.values_list("pk", "sha256"))
    return found


def received(gateway) -> Counter:
    """How often a message came under each key."""
    return Counter(message["key"] for message in gateway.world.messages)


def cases_in(aside) -> int:
    if connection.vendor == "sqlite":
        return sqlite3.connect(aside).execute("SELECT COUNT(*) FROM cases_case").fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{aside.removeprefix("schema ")}".cases_case')
        return cursor.fetchone()[0]


def forget(aside):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA "{aside.removeprefix("schema ")}" CASCADE')


def relisted(folder, **changes):
    """The same backup with another list, as another product would have written it."""
    told = json.loads((folder / parts.LIST).read_text())
    rows = [parts.Part(**part) for part in told.pop("parts")]
    parts.write_list(folder, parts.Contents(**{**told, "parts": rows, **changes}))


def schemas_aside() -> list[str]:
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before\\_%'")
        return [name for (name,) in cursor.fetchall()]
