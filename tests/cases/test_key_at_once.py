"""Of many that need the key of the roots at once one makes it; every other reads that one, whole, and believes it."""

import os
import resource
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kazservices.cases.roots import keys

TOGETHER = 8


class Killed(BaseException):
    """The maker is gone: nothing of it runs any more."""


@pytest.fixture
def folder(settings, tmp_path):
    """Where the key will lie, and nothing else."""
    settings.KAZ_ROOTS_KEY = tmp_path / "key.pem"
    return tmp_path


def at_once(*jobs) -> list:
    start = Barrier(len(jobs))

    def begin(job):
        start.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(begin, jobs))


def read() -> tuple[str, bool]:
    """The key's mark, and whether what it signs is believed at that moment."""
    mark = keys.fingerprint(keys.signing_key().public_key())
    return mark, mark in keys.trusted()


def foreign_key(folder, name="theirs"):
    """The public half of another product's key, in a file."""
    path = folder / f"{name}.theirs"
    path.write_bytes(keys.pem(Ed25519PrivateKey.generate().public_key()))
    return path


@contextmanager
def room_for(size):
    """A disk on which no file grows beyond this: the write is cut short, the next one fails."""
    _, hard = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("time", range(20))
def test_all_read_the_one_key_that_was_made(folder, settings, time):
    read_by_all = set(at_once(*[read] * TOGETHER))
    assert read_by_all == {(mark, True) for mark in keys.trusted()}
    assert len(read_by_all) == 1
    assert sorted(file.name for file in folder.iterdir()) == ["key.lock", "key.pem", "key.pub"]  # no half of anything
    assert settings.KAZ_ROOTS_KEY.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("is_there", [True, False], ids=["after", "before"])
def test_a_maker_killed_beside_its_key_leaves_none_that_is_not_believed(folder, settings, monkeypatch, is_there):
    link = os.link

    def killed(fresh, path):
        if is_there:
            link(fresh, path)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", killed)
        with pytest.raises(Killed):
            keys.signing_key()
    assert settings.KAZ_ROOTS_KEY.exists() is is_there
    assert read()[1]


def test_keys_that_are_believed_at_once_are_all_believed(folder):
    files = [foreign_key(folder, name) for name in range(TOGETHER)]
    at_once(keys.signing_key, *[lambda file=file: keys.believe(file) for file in files])
    assert len(keys.trusted()) == TOGETHER + 1
    assert read()[1]


def test_a_full_disk_takes_no_key_away_that_was_believed(folder):
    keys.signing_key()
    before, theirs = keys.public_path().read_bytes(), foreign_key(folder)
    with room_for(len(before) + 40), pytest.raises(OSError, match="too large"):
        keys.believe(theirs)
    assert keys.public_path().read_bytes() == before
    keys.believe(theirs)
    assert len(keys.trusted()) == 2


def test_the_names_of_the_key_are_on_the_disk_when_it_signs(folder, monkeypatch):
    """A folder is a file too: without it a name may be lost that was there before the power failed."""
    kept, sync = [], os.fsync

    def synced(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            kept.append({path.name for path in folder.glob("key.p*")})
        sync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    keys.signing_key()
    assert kept == [{"key.pub"}, {"key.pub", "key.pem"}]
