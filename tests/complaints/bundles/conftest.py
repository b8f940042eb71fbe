"""A finished case, its file, and the program that checks it, as whoever gets the archive runs it."""

import io
import json
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest

from complaints.bundles import making, service
from kazservices.cases.roots.sealing import seal_night
from kazservices.documents import papers
from tests import world


def made(case, by, *, at="2026-04-03 10:00", **how):
    """The file of a case as it is ordered and made at a moment."""
    with world.at(at):
        bundle = service.order(case, by=by, **how)
        making.make_waiting()
    bundle.refresh_from_db()
    return bundle


def content_of(bundle) -> bytes:
    with bundle.file.open("rb") as stored:
        return stored.read()


def in_archive(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return packed.read(name)


def manifest_of(archive: bytes) -> dict:
    return json.loads(in_archive(archive, "manifest.json"))


def run(folder, archive: bytes, *words):
    """The program of an archive alone in a folder, by a Python that knows nothing of us."""
    (folder / "verify.py").write_bytes(in_archive(archive, "verify.py"))
    command = [sys.executable, "-I", "verify.py", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done


@pytest.fixture
def finished(place, user):
    """A refusal after a hearing, sealed the night after."""
    case = world.to_refused(user, place)
    with world.at("2026-04-02 15:10"):
        papers.render_waiting()
    with world.at("2026-04-03 00:10"):
        seal_night()
    return case


@pytest.fixture
def archive(finished, place):
    bundle = made(finished, place.clerk)
    assert bundle.is_ready, bundle.fault
    return SimpleNamespace(bundle=bundle, content=content_of(bundle), case=finished, place=place)
