import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kazservices.supervisor.child import FIRST_PAUSE, STEADY_AFTER, Child
from kazservices.supervisor.place import Place, claim, commands, note, noted, port_is_free
from tests.ground.sources import ROOT


@pytest.fixture
def child(tmp_path):
    made = []

    def child(script):
        made.append(Child("some", ["-c", script], dict(os.environ), tmp_path / "some.log"))
        return made[-1]

    yield child
    for one in made:
        one.ask_to_stop()
        one.be_gone(2)


def wait_until(true, limit=10.0):
    until = time.monotonic() + limit
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_dead_child_starts_again_after_a_growing_pause(child):
    one = child("raise SystemExit(3)")
    one.look(0)
    wait_until(lambda: one.process.poll() is not None)
    assert f"status 3; it starts again in {FIRST_PAUSE:g} s" in one.look(1)
    one.look(1 + FIRST_PAUSE / 2)
    assert one.process is None
    one.look(1 + FIRST_PAUSE)
    wait_until(lambda: one.process.poll() is not None)
    assert f"again in {FIRST_PAUSE * 2:g} s" in one.look(3)


def test_one_that_lived_long_starts_again_soon(child):
    one = child("pass")
    one.pause = 16.0
    one.look(0)
    wait_until(lambda: one.process.poll() is not None)
    assert f"again in {FIRST_PAUSE:g} s" in one.look(STEADY_AFTER + 1)


def test_one_that_does_not_listen_is_ended(child):
    one = child("import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)")
    one.look(0)
    wait_until(lambda: "ready" in one.log.read_text())
    one.ask_to_stop()
    one.be_gone(0.2)
    assert one.process.returncode == -signal.SIGKILL


def test_children_go_with_their_parent(tmp_path):
    """Also when nobody asked it to stop them."""
    script = (
        "import os, time\n"
        "from pathlib import Path\n"
        "from kazservices.supervisor.child import Child\n"
        f"log = Path({str(tmp_path / 'log')!r})\n"
        "one = Child('some', ['-c', 'import time; time.sleep(60)'], dict(os.environ), log)\n"
        "one.look(0)\n"
        "print(one.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    wait_until(lambda: not _lives(pid))


def _lives(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_a_data_folder_belongs_to_one_at_a_time(tmp_path):
    place = Place("127.0.0.1", 8000, 8099, tmp_path)
    with claim(place):
        assert claim(place) is None
        note(place, ready=True)
    assert noted(place)["address"] == "http://127.0.0.1:8000/"
    with claim(place) as again:
        assert again


def test_the_second_call_tells_the_address_and_starts_nothing(tmp_path):
    place = Place("127.0.0.1", 8123, 8222, tmp_path)
    with claim(place, to_run=True):
        note(place, ready=True)
        for words in ([], ["--background"]):
            said = call(tmp_path, *words, KAZ_PORT="9")
            assert (said.returncode, said.stdout) == (0, "kazservices is running already: http://127.0.0.1:8123/\n")


def call(data, *words, **told):
    """bin/run, without its preparations."""
    return subprocess.run(
        [sys.executable, "-m", "kazservices.supervisor", *words], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "KAZ_DATA": str(data), **told}, timeout=30, check=False,
    )  # fmt: skip


@pytest.fixture
def stranger(tmp_path):
    """A process that was given the number which the last run of the product had, and left in its files."""
    asleep = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (tmp_path / "run.json").write_text(json.dumps({"pid": asleep.pid, "address": "…", "ready": True}))
    (tmp_path / "run.lock").write_text(str(asleep.pid))
    yield asleep
    asleep.kill()
    asleep.wait()


def test_where_another_command_holds_the_folder_nothing_is_stopped_and_nothing_started(tmp_path, stranger):
    """A restore does; neither it nor who has the number of the last run is asked to stop."""
    with claim(Place("127.0.0.1", 8000, 8099, tmp_path)):
        for words in (["--stop"], [], ["--background"]):
            said = call(tmp_path, *words)
            assert (said.returncode, said.stderr) == (1, "")
            assert "held by another command of kazservices, such as a restore" in said.stdout
    assert stranger.poll() is None


def test_who_runs_is_stopped_also_before_it_has_told_its_address(tmp_path, stranger):
    script = (
        "import time; from kazservices.supervisor.place import Place, claim\n"
        "held = claim(Place.of_environment(), to_run=True); print('held', flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "KAZ_DATA": str(tmp_path)}
    runs = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    assert runs.stdout.readline() == b"held\n"
    said = call(tmp_path, "--stop")
    assert (said.returncode, said.stdout) == (0, "Stopped.\n")
    assert runs.wait(10) == -signal.SIGTERM
    assert stranger.poll() is None


def test_where_nothing_runs_nobody_is_stopped(tmp_path, stranger):
    said = call(tmp_path, "--stop")
    assert (said.returncode, said.stdout) == (0, "kazservices is not running with this data folder.\n")
    assert stranger.poll() is None


def test_what_is_noted_of_a_run_is_never_read_by_half(tmp_path, monkeypatch):
    place, seen, write = Place("127.0.0.1", 8000, 8099, tmp_path), [], os.fsync
    note(place, ready=False)
    monkeypatch.setattr(os, "fsync", lambda handle: (write(handle), seen.append(noted(place)["ready"])))
    note(place, ready=True)
    assert seen == [False, True]  # as it is written beside, and as its name is kept


def test_a_port_of_another_program_is_named(tmp_path):
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
        said = call(tmp_path, KAZ_PORT=str(port))
    assert said.returncode == 1
    assert f"Port {port} is taken" in said.stdout


def test_the_place_is_read_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("KAZ_PORT", "8500")
    monkeypatch.setenv("KAZ_DATA", str(tmp_path))
    monkeypatch.setenv("KAZ_CLOCK", "real")
    place = Place.of_environment()
    assert (place.address, place.gateway_port) == ("http://127.0.0.1:8500/", 8599)
    assert place.environment()["KAZ_CLOCK"] == "real"  # what the caller said stays
    assert place.environment()["KAZ_GATEWAY_URL"] == "http://127.0.0.1:8599"


def test_no_process_writes_down_who_asked_for_what():
    web = commands(Place("127.0.0.1", 8000, 8099, Path("/nowhere")))["web"]
    assert "--access-logfile" not in web
