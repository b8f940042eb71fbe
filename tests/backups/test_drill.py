"""The drill: cases with files and papers, a backup while others write, the machine lost, and all brought back."""

from collections import Counter
from io import StringIO
from threading import Event, Thread

import pytest
from django.conf import settings as used
from django.core.management import CommandError, call_command
from django.db import connection, connections

from kazservices.backups import parts, snapshot
from kazservices.cases.models import Case
from kazservices.cases.roots import copies
from kazservices.cases.roots.check import all_faults
from kazservices.cases.roots.keys import trusted
from kazservices.deadlines.models import Deadline
from kazservices.documents.models import Attachment, PaperBytes
from kazservices.documents.service import attach, remove
from kazservices.flow import sweeps
from kazservices.notices.models import Notice
from tests import world
from tests.backups.hands import AFTER, BACK, DURING, backup, cases_in, files, forget, papers, received, restore, wreck


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
        assert not self.is_alive(), "whoever still writes would write into what is to be lost"


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
