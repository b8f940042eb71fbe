"""The tests on PostgreSQL and Redis; no trace of it is left."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from kazservices.supervisor.servers import ROOT, NoServer, broker, database


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    try:
        with ExitStack() as stack:
            url, name = stack.enter_context(database(stack))
            queue = stack.enter_context(broker(stack))
            return _run(url, name, queue, sys.argv[1:])
    except NoServer as missing:
        return print(f"bin/test-services: {missing}", file=sys.stderr) or 1


def _run(url: str, name: str, queue: str, words: list[str]) -> int:
    told = {"DATABASE_URL": url, "KAZ_TEST_DATABASE": name, "CELERY_BROKER_URL": queue}
    told["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # importing this package has named the product's own
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "auto", *words], cwd=ROOT, env={**os.environ, **told}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
