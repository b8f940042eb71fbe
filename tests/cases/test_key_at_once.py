"""Of many that need the key of the roots at once one makes it; every other reads that one, whole."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kazservices.cases.roots import keys

TOGETHER = 8


@pytest.mark.parametrize("time", range(20))
def test_all_read_the_one_key_that_was_made(settings, tmp_path, time):
    settings.KAZ_ROOTS_KEY = tmp_path / "key.pem"
    start = Barrier(TOGETHER)

    def read():
        start.wait()
        return keys.fingerprint(keys.signing_key().public_key())

    with ThreadPoolExecutor(TOGETHER) as pool:
        read_by_all = {future.result() for future in [pool.submit(read) for _ in range(TOGETHER)]}
    assert read_by_all == set(keys.trusted())
    assert len(read_by_all) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["key.pem", "key.pub"]
    assert settings.KAZ_ROOTS_KEY.stat().st_mode & 0o777 == 0o600
