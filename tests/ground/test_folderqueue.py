"""The folder as transport: nobody ever reads half a message or half a table, and no binding is lost."""

import json
import logging
import os
from queue import Empty
from threading import Event, Thread

import pytest
from django.conf import settings
from kombu import Connection

from kazservices.celery import app
from kazservices.folderqueue import Transport, clear_up

PIDBOX = "celery.pidbox"  # the one exchange that all workers share


@pytest.fixture
def folder(tmp_path):
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def process(folder):
    """A channel of its own each time, as each process has one."""
    told = {"control_folder": folder / "control"}
    told["data_folder_in"] = told["data_folder_out"] = folder / "messages"
    return lambda: Connection("filesystem://", transport=Transport, transport_options=told).default_channel


@pytest.fixture
def midway(monkeypatch):
    """Call something while a file is being written: it has all its bytes and not yet its name."""

    def midway(act):
        def once(handle):
            monkeypatch.setattr(os, "fsync", done)
            act()

        done = os.fsync
        monkeypatch.setattr(os, "fsync", once)

    return midway


class Written:
    """A body that lets something happen while it is being turned into words."""

    def __init__(self, act):
        self.act = act

    def __json__(self):
        self.act()
        return "clocks"


def found(channel):
    try:
        return channel._get("clocks")
    except Empty:
        return None


@pytest.mark.skipif(not settings.CELERY_BROKER_URL.startswith("filesystem"), reason="the folder alone")
def test_the_embedded_product_uses_it():
    for connection in (app.connection_for_write(), app.connection_for_read().clone()):
        assert connection.get_transport_cls() is Transport


def test_a_message_is_there_when_it_is_whole(process, midway):
    writer, reader, seen = process(), process(), []
    midway(lambda: seen.append(found(reader)))
    writer._put("clocks", Written(lambda: seen.append(found(reader))))
    assert (seen, writer._size("clocks")) == ([None, None], 1)
    assert (found(reader), found(reader)) == ("clocks", None)


def test_a_message_goes_to_one_of_two_readers(process, folder, monkeypatch):
    """Both have read it before either has taken it away."""
    process()._put("clocks", {"number": 1})
    first, second, read = process(), process(), type(folder).read_bytes
    seen = []

    def both(path):
        monkeypatch.undo()
        content = read(path)
        seen.append(found(second))
        return content

    monkeypatch.setattr(type(folder), "read_bytes", both)
    seen.append(found(first))
    assert seen == [{"number": 1}, None]


def test_a_torn_message_is_thrown_away_and_told(process, folder, caplog):
    """As a power cut leaves it; the next one is not kept waiting."""
    (folder / "messages" / "0_torn.clocks.msg").touch()
    process()._put("clocks", {"number": 2})
    with caplog.at_level(logging.WARNING):
        assert found(process()) == {"number": 2}
    assert "0_torn.clocks.msg" in caplog.text
    assert not list((folder / "messages").iterdir())


@pytest.mark.parametrize("content", ["", '[["", "", "one'])
def test_a_torn_table_is_made_anew(process, folder, content):
    (folder / "control" / f"{PIDBOX}.exchange").write_text(content)
    assert process().get_table(PIDBOX) == []
    process()._queue_bind(PIDBOX, "", "", "one")
    assert tables(folder) == {PIDBOX: {"one"}}


def tables(folder):
    read = {file.stem: json.loads(file.read_text()) for file in (folder / "control").glob("*.exchange")}
    return {name: {queue for *_, queue in rows} for name, rows in read.items()}


def test_workers_that_start_together_are_all_bound(process, folder, midway):
    begun, seen = Event(), []
    other = Thread(target=lambda: (begun.set(), process()._queue_bind(PIDBOX, "", "", "two")))

    def meanwhile():
        other.start()
        begun.wait()
        other.join(0.1)
        seen.append((other.is_alive(), process().get_table(PIDBOX)))

    midway(meanwhile)
    process()._queue_bind(PIDBOX, "", "", "one")
    other.join()
    assert seen == [(True, [])]  # one waits for the other; who only reads waits for nobody
    assert tables(folder) == {PIDBOX: {"one", "two"}}
    process()._queue_bind(PIDBOX, "", "", "two")
    process()._delete("one", PIDBOX, "", "")
    assert tables(folder) == {PIDBOX: {"two"}}


def test_what_a_dead_writer_has_begun_is_cleared_up_and_what_a_living_one_writes_is_not(process, folder, midway):
    (folder / "messages" / ".1_dead.clocks.msg.x").touch()
    clearing = Thread(target=lambda: cleared.extend(clear_up(folder / "control", [folder / "messages"])))
    cleared = []
    midway(lambda: (clearing.start(), clearing.join(0.1)))
    process()._put("clocks", {"number": 3})
    clearing.join()
    assert cleared == [".1_dead.clocks.msg.x"]
    assert found(process()) == {"number": 3}
