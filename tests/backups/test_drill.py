"""The drill: cases with files and papers, a backup while others write, the machine lost, and all brought back."""

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from django.apps import apps
from django.conf import settings as used
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections

from kazservices.backups import parts, postgres, restoring, snapshot, sqlite, taking
from kazservices.cases.models import Case
from kazservices.cases.roots import copies
from kazservices.cases.roots.check import all_faults
from kazservices.cases.roots.keys import trusted
from kazservices.deadlines.models import Deadline
from kazservices.documents.models import Attachment, PaperBytes
from kazservices.documents.service import attach, remove
from kazservices.flow import sweeps
from kazservices.notices.models import Notice
from kazservices.supervisor.place import Place, claim
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


class Writer(Thread):
    """Somebody else, on a connection of his own: files applications, and takes files out of a draft again."""

    def __init__(self, office):
        super().__init__(daemon=True)
        self.office, self.stop, self.filed, self.taken_out = office, Event(), 0, 0

    def run(self):
        try:
            with world.at(DURING):
                while not self.stop.is_set():
                    self.filed += 1
                    person = world.build_recipient(f"0101012{self.filed:05d}", phone=f"+7701{self.filed:07d}")
                    world.apply(person, self.office)
                    draft = world.build_draft(person, self.office)
                    remove(attach(draft, "study_certificate", world.picture(), by=person))
                    self.taken_out += 1
        finally:
            connections.close_all()

    def __enter__(self):
        self.start()
        while self.filed < 2:
            assert self.is_alive()
            self.stop.wait(0.01)
        return self

    def __exit__(self, *exception):
        self.stop.set()
        self.join(30)


@pytest.mark.drawn
def test_what_was_lost_comes_back_whole_and_nothing_is_sent_twice(product, gateway, tmp_path, settings):
    user = world.build_recipient()
    refused = world.to_refused(user, product)
    with world.at("2026-04-03 00:05"):
        sweeps.run("roots")
    with world.at("2026-04-03 09:30"):
        sweeps.run("delivery")
        before = received(gateway)
        world.apply(world.build_recipient("000101100006", phone="+77010000001"), product.office)  # its copies wait

    with Writer(product.office) as writer:
        contents = backup(tmp_path / "kept")
    assert writer.filed >= 2
    snapshot_files = {part.name for part in contents.of("files")}
    drawn, there = papers(), files()
    with world.at(AFTER):  # what comes after the backup is lost, but for what has left the house
        sweeps.run("delivery")
        late = received(gateway)
        assert sum(late.values()) > sum(before.values())

    wreck()
    settings.KAZ_CLOCK = "demo"  # whose offset lies in the database that is lost
    world.clock.forget_offset()
    told = StringIO()
    call_command("restore", str(tmp_path / "kept"), stdout=told, stderr=told)
    told = told.getvalue()

    assert "registers and 1 roots hold" in told
    assert Case.objects.count() == contents.journal["cases"]
    assert list(all_faults(trusted())) == []
    with connection.cursor() as cursor:
        assert snapshot.counted(cursor, set(contents.rows)) == contents.rows
    assert {f"files/{name}" for name in Attachment.objects.values_list("file", flat=True)} == snapshot_files
    brought = files()
    of_cases = Attachment.objects.exclude(case=None).values_list("pk", flat=True)
    assert {pk: brought[pk] for pk in of_cases}.items() <= there.items()
    assert papers().items() <= drawn.items()
    assert papers().keys() == set(PaperBytes.objects.values_list("paper_id", flat=True))
    assert refused.papers.filter(state="issued").count() >= 2

    with world.at(BACK):
        for name in sweeps.SWEEPS:
            sweeps.run(name)
        assert not Deadline.objects.to_note(world.clock.now()).exists()
        assert not Notice.objects.unsent().exclude(channel="email").exists()
    assert {key: number for key, number in received(gateway).items() if key in before} == dict(before)
    delivered = Counter(message["key"] for message in gateway.world.messages_to(""))
    assert set(delivered.values()) == {1}


def test_what_stood_there_is_set_aside_and_never_without_being_asked(product, tmp_path):
    with world.at(DURING):
        first = world.apply(world.build_recipient(), product.office)
        copies.seal_and_copy()
    backup(tmp_path / "kept")
    with world.at(AFTER):
        world.apply(world.build_recipient("000101100006"), product.office)
    with pytest.raises(CommandError, match="a database with tables"):
        restore(tmp_path / "kept")
    assert Case.objects.count() == 2

    told = restore(tmp_path / "kept", "--force")
    assert list(Case.objects.values_list("number", flat=True)) == [first.number]
    assert list(files()) == list(first.attachments.values_list("pk", flat=True))
    aside = [line.removeprefix("Set aside: ") for line in told.splitlines() if line.startswith("Set aside: ")]
    (kept,) = used.MEDIA_ROOT.glob("before-*")
    assert sum(path.is_file() for path in kept.rglob("*")) == 2
    assert cases_in(aside[0]) == 2
    backup(tmp_path / "again")  # what lies aside is no part of the product
    assert {part.name for part in parts.read_list(tmp_path / "again").of("files")} == {
        part.name for part in parts.read_list(tmp_path / "kept").of("files")
    }
    forget(aside[0])


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


def test_a_damaged_part_is_named_and_nothing_is_touched(product, tmp_path):
    with world.at(DURING):
        world.apply(world.build_recipient(), product.office)
        copies.seal_and_copy()
    contents = backup(tmp_path / "kept")
    engine = taking.ENGINES[connection.vendor]
    kinds = [engine.NAME, contents.of("files")[0].name, "roots-key.pub"]
    for name in kinds:
        part = tmp_path / "kept" / name
        whole = part.read_bytes()
        part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(CommandError, match=f"Damaged: {name}"):
            restore(tmp_path / "kept", "--force")
        part.unlink()
        with pytest.raises(CommandError, match=f"Damaged: {name}"):
            restore(tmp_path / "kept", "--force")
        part.write_bytes(whole)
    listed = tmp_path / "kept" / parts.LIST
    listed.write_text(listed.read_text().replace('"format": 1', '"format": 1 '))
    with pytest.raises(CommandError, match="manifest.json is not the one"):
        restore(tmp_path / "kept", "--force")
    assert Case.objects.count() == 1


def relisted(folder, **changes):
    """The same backup with another list, as another product would have written it."""
    told = json.loads((folder / parts.LIST).read_text())
    rows = [parts.Part(**part) for part in told.pop("parts")]
    parts.write_list(folder, parts.Contents(**{**told, "parts": rows, **changes}))


def test_a_backup_of_a_newer_product_or_of_another_engine_is_refused(product, tmp_path):
    contents = backup(tmp_path / "kept")
    newer = {**contents.migrations, "cases": [*contents.migrations["cases"], "0999_of_tomorrow"]}
    relisted(tmp_path / "kept", migrations=newer)
    with pytest.raises(CommandError, match=r"newer product; this one does not know cases\.0999_of_tomorrow"):
        restore(tmp_path / "kept", "--force")
    relisted(tmp_path / "kept", migrations=contents.migrations, engine="oracle")
    with pytest.raises(CommandError, match="of oracle"):
        restore(tmp_path / "kept", "--force")


def test_a_list_that_leads_outside_is_refused(product, tmp_path):
    backup(tmp_path / "kept")
    (tmp_path / "outside").write_text("…")
    relisted(tmp_path / "kept", parts=[parts.Part("../outside", 3, "")])
    with pytest.raises(CommandError, match="outside of the backup"):
        restore(tmp_path / "kept", "--force")


def test_it_is_not_brought_back_under_a_running_product(product, tmp_path):
    backup(tmp_path / "kept")
    with claim(Place.of_environment()), pytest.raises(CommandError, match="still runs in this data folder"):
        restore(tmp_path / "kept", "--force")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cases_case")
        with pytest.raises(CommandError, match="still runs"):
            restore(tmp_path / "kept", "--force")
    other.close()


def test_a_backup_is_never_written_over_another_nor_half(product, tmp_path, monkeypatch):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "letter").write_text("…")
    with pytest.raises(CommandError, match="not empty"):
        backup(tmp_path / "kept")
    monkeypatch.setattr(snapshot, "_journal", breaks)
    with pytest.raises(OperationalError):
        backup(tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir() if "other" in path.name) == []


def breaks(*_):
    raise OperationalError("the disk is full")


def test_a_file_that_goes_between_its_snapshot_and_its_copy_makes_all_be_done_again(product, tmp_path, monkeypatch):
    """It was put into a draft after the first copying, and taken out before the second."""
    user = world.build_recipient()
    with world.at(DURING):
        draft = world.build_draft(user, product.office)
    engine, asked = taking.ENGINES[connection.vendor], []

    def keep(known, folder):
        asked.append(1)
        if len(asked) > 1:
            return goes_on(known, folder)
        with world.at(DURING):
            fleeting = attach(draft, "study_certificate", world.picture(), by=user)
            seen = goes_on(known, folder)
            remove(fleeting)
        return seen

    goes_on = engine.keep
    monkeypatch.setattr(engine, "keep", keep)
    contents = backup(tmp_path / "kept")
    assert (len(asked), contents.rows["documents_attachment"], contents.faulty_files) == (2, 0, [])


def test_a_file_that_is_lost_already_is_told_and_not_made_up(product, tmp_path):
    with world.at(DURING):
        case = world.apply(world.build_recipient(), product.office)
    lost = case.attachments.get().file
    Path(lost.path).unlink()
    with pytest.raises(CommandError, match=f"1 files are missing or damaged in the product itself: {lost.name}"):
        backup(tmp_path / "kept")
    wreck_files_only()
    with pytest.raises(CommandError, match="not whole"):
        restore(tmp_path / "kept", "--force")
    for aside in schemas_aside():
        forget(f"schema {aside}")


def wreck_files_only():
    shutil.rmtree(used.MEDIA_ROOT)


def schemas_aside() -> list[str]:
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before\\_%'")
        return [name for (name,) in cursor.fetchall()]


def test_every_file_of_the_product_has_its_digest_beside_it():
    """By it a backup knows whether what it copies is whole."""
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    assert ("documents_attachment", "file") in snapshot.kept_files()
    assert [t for t, _ in snapshot.kept_files() if "sha256" not in {f.name for f in by_table[t]._meta.fields}] == []


@pytest.mark.parametrize(("here", "told"), [("", "there is none here"), ("echo pg_dump 9.6.1", "the one here is of 9")])
def test_without_the_tools_of_its_own_major_it_says_what_to_install(tmp_path, monkeypatch, here, told):
    if here:
        (tmp_path / "pg_dump").write_text(f"#!/bin/sh\n{here}\n")
        (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setattr(postgres, "INSTALLED", tmp_path / "nowhere")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if here else str(tmp_path))
    with pytest.raises(postgres.BackupRefused, match=rf"{told}.*Install postgresql-client-99"):
        postgres.tool("pg_dump", 99)


def test_no_secret_stands_among_the_words_of_a_process():
    known = {"HOST": "db", "PORT": 5432, "USER": "kaz", "NAME": "kaz", "PASSWORD": "secret",
             "OPTIONS": {"sslmode": "verify-full"}}  # fmt: skip
    reached = postgres._reached(known)
    assert "secret" not in reached
    assert "sslmode=verify-full" in reached


def test_half_a_restore_leaves_the_database_as_it_was(product, tmp_path, monkeypatch):
    with world.at(DURING):
        world.apply(world.build_recipient(), product.office)
    backup(tmp_path / "kept")
    with world.at(AFTER):
        world.apply(world.build_recipient("000101100006"), product.office)

    def full(*_):
        raise restoring.BackupRefused("the disk is full")

    monkeypatch.setattr(taking.ENGINES[connection.vendor], "bring_back", full)
    with pytest.raises(CommandError, match="the disk is full"):
        restore(tmp_path / "kept", "--force")
    assert Case.objects.count() == 2
    assert len(files()) == 2
    assert not list(used.MEDIA_ROOT.glob(".*"))
