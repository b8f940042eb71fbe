"""Where the product runs, and who holds its data folder."""

import fcntl
import json
import os
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from kazservices.writtenonce import write_anew

ROOT = Path(__file__).resolve().parent.parent.parent

#: Each has a worker of its own (settings.CELERY_TASK_QUEUES says what goes where).
QUEUES = ("clocks", "outside", "heavy")
#: One child process that works: only such a one can be cut off when its time is over.
WORKER = ["--concurrency", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]


@dataclass(frozen=True)
class Place:
    """Where the product runs: its addresses and its data folder."""

    host: str
    port: int
    gateway_port: int
    data: Path

    @classmethod
    def of_environment(cls) -> "Place":
        port = int(os.environ.get("KAZ_PORT") or 8000)
        return cls(
            host=os.environ.get("KAZ_HOST") or "127.0.0.1",
            port=port,
            gateway_port=int(os.environ.get("KAZ_GATEWAY_PORT") or port + 99),
            data=Path(os.environ.get("KAZ_DATA") or ROOT / "var").resolve(),
        )

    @property
    def address(self) -> str:
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def environment(self) -> dict[str, str]:
        """What the processes are told; whatever the caller has said himself stays."""
        ours = {
            "KAZ_CLOCK": "demo",
            "KAZ_GATEWAY_URL": f"http://127.0.0.1:{self.gateway_port}",
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",  # never into a log
            "PYTHONUNBUFFERED": "1",
        }
        return {**ours, **os.environ, "KAZ_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "kazservices.settings"}


def commands(place: Place) -> dict[str, list[str]]:
    """The processes by name. No access log: addresses and searches are personal data.

    The stand-in keeps its own log, as a gateway does: there a demo finds the codes that were sent.
    """
    gateway_log = str(place.data / "gateway.jsonl")
    celery = ["-m", "celery", "--quiet", "-A", "kazservices"]
    return {
        "gateway": ["manage.py", "standin_gateway", "--port", str(place.gateway_port), "--log", gateway_log],
        "web": ["-m", "gunicorn", "kazservices.wsgi", "--bind", f"{place.host}:{place.port}", "--workers", "2",
                "--timeout", "180", "--graceful-timeout", "8", "--limit-request-line", "8190",
                "--log-level", "warning", "--no-control-socket"],
        **{f"worker-{queue}": [*celery, "worker", "--queues", queue, *WORKER] for queue in QUEUES},
        "beat": [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"],
    }  # fmt: skip


def answers(place: Place) -> bool:
    """The web answers, well or ill."""
    try:
        urllib.request.urlopen(f"{place.address}healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def claim(place: Place, *, to_run: bool = False):
    """The data folder for us alone, as an open file; None when another holds it.

    Only who is here ``to_run`` the product leaves the number of its process: nobody else is ever asked to stop.
    """
    place.data.mkdir(parents=True, exist_ok=True)
    file = (place.data / "run.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    file.truncate(0)
    if to_run:
        file.write(str(os.getpid()))
        file.flush()
    return file


def runner(place: Place) -> int | None:
    """The number of the process that runs the product here; none where the folder is held for something else.

    It speaks of now only while the folder is held.
    """
    try:
        return int((place.data / "run.lock").read_text())
    except (OSError, ValueError):
        return None


def note(place: Place, *, ready: bool) -> None:
    state = {"pid": os.getpid(), "address": place.address, "ready": ready}
    write_anew(place.data / "run.json", [json.dumps(state).encode()])


def noted(place: Place) -> dict:
    try:
        return json.loads((place.data / "run.json").read_text())
    except (OSError, ValueError):
        return {}
