"""What is never restored, what a backup says of itself, and what is left alone when something goes wrong."""

import os
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as used
from django.core.management import CommandError
from django.db import OperationalError, connection

from kazservices.backups import parts, postgres, restoring, snapshot, taking
from kazservices.cases.models import Case
from kazservices.cases.roots import copies
from kazservices.documents.service import attach, remove
from kazservices.supervisor.place import Place, claim
from tests import world
from tests.backups.hands import AFTER, DURING, backup, cases_in, files, forget, relisted, restore, schemas_aside


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


def test_what_a_killed_backup_left_stops_none_that_comes_after_it(product, tmp_path):
    """In a container each run bears the same number."""
    (tmp_path / f".kept.{os.getpid()}").mkdir()
    backup(tmp_path / "kept")


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


def test_what_comes_between_the_first_copying_and_the_snapshot_is_copied_after_it(product, tmp_path, monkeypatch):
    """Once is enough: where somebody always files something, doing all again would never come to an end."""
    user = world.build_recipient()
    with world.at(DURING):
        draft = world.build_draft(user, product.office)
    engine, came = taking.ENGINES[connection.vendor], []

    def keep(known, folder):
        with world.at(DURING):
            came.append(attach(draft, "study_certificate", world.picture(), by=user).file.name)
        return goes_on(known, folder)

    goes_on = engine.keep
    monkeypatch.setattr(engine, "keep", keep)
    contents = backup(tmp_path / "kept")
    assert len(came) == 1
    assert f"files/{came[0]}" in [part.name for part in contents.of("files")]


def test_a_file_that_was_just_being_written_is_copied_again_after_the_snapshot(product, tmp_path, monkeypatch):
    with world.at(DURING):
        case = world.apply(world.build_recipient(), product.office)
    path = Path(case.attachments.get().file.path)
    engine, asked, whole = taking.ENGINES[connection.vendor], [], path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    def keep(known, folder):
        asked.append(path.write_bytes(whole))
        return goes_on(known, folder)

    goes_on = engine.keep
    monkeypatch.setattr(engine, "keep", keep)
    contents = backup(tmp_path / "kept")
    assert (len(asked), contents.faulty_files) == (1, [])


def test_what_belongs_to_nobody_is_left_out_however_often_all_was_done_again(product, tmp_path, monkeypatch):
    """One file of a draft goes before each snapshot, another between it and its copy."""
    user = world.build_recipient()
    with world.at(DURING):
        draft = world.build_draft(user, product.office)
        early = attach(draft, "study_certificate", world.picture(), by=user)
    engine, asked = taking.ENGINES[connection.vendor], []

    def keep(known, folder):
        asked.append(1)
        if len(asked) > 1:
            return goes_on(known, folder)
        remove(early)
        with world.at(DURING):
            late = attach(draft, "study_certificate", world.picture(), by=user)
        seen = goes_on(known, folder)
        remove(late)
        return seen

    goes_on = engine.keep
    monkeypatch.setattr(engine, "keep", keep)
    contents = backup(tmp_path / "kept")
    assert (len(asked), contents.of("files")) == (2, [])
    assert [path for path in (tmp_path / "kept" / "files").rglob("*") if path.is_file()] == []


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


@pytest.mark.parametrize("which", ["that stood there", "that are brought", "of the roots"])
def test_once_the_database_is_exchanged_nothing_is_thrown_away_and_all_is_told(product, tmp_path, monkeypatch, which):
    with world.at(DURING):
        case = world.apply(world.build_recipient(), product.office)
        copies.seal_and_copy()
    backup(tmp_path / "kept")
    with world.at(AFTER):
        world.apply(world.build_recipient("000101100006"), product.office)
    stuck = {"that stood there": used.MEDIA_ROOT.name, "that are brought": ".before-", "of the roots": "roots"}[which]
    rename = Path.rename

    def full(path, target):
        if path.parent.name.startswith(stuck):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    done = restoring.restore(tmp_path / "kept", force=True)

    (trouble,) = done.troubles
    assert "No space left on device" in trouble
    assert list(Case.objects.values_list("number", flat=True)) == [case.number]
    (file,) = case.attachments.values_list("file", flat=True)
    brought = used.MEDIA_ROOT if which == "of the roots" else next(used.MEDIA_ROOT.glob(".before-*"))
    assert (brought / file).exists()
    assert which == "of the roots" or str(brought) in trouble
    assert cases_in(done.aside[0]) == 2
    assert set(map(str, [*tmp_path.rglob("before-*")])) <= set(done.aside)
    forget(done.aside[0])
