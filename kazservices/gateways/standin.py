"""A stand-in for the outside world: registers of fictional people and an SMS gateway that keeps its own log.

It knows nothing of this program: plain HTTP, standard library only, so that a test may count what really arrived.
"""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from .standin_corporation import Corporation

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PEOPLE = FIXTURES / "standin_people.json"
#: Parents, guardians, holders of powers of attorney, and those for whom they act.
FAMILIES = FIXTURES / "standin_families.json"


class World:
    """The people, the messages that arrived, and which registers are told to be silent."""

    def __init__(self, people: Path = PEOPLE, log: Path | None = None):
        known = [person for path in (people, FAMILIES) for person in json.loads(path.read_text(encoding="utf-8"))]
        self.people = {person["iin"]: person for person in known}
        self.log, self.lock = log, threading.Lock()
        self.messages: list[dict] = (
            [json.loads(line) for line in log.open(encoding="utf-8")] if log and log.exists() else []
        )
        self.silent: set[str] = set()
        self.corporation = Corporation()
        self.stages: dict[str, dict] = {}  # what the monitoring system was told, by the key

    def register(self, name: str, iin: str) -> dict:
        """What a register answers about a person; children, marriage and so on are lists, perhaps empty."""
        person = self.people.get(iin)
        if person is None:
            return {"found": False}
        match name:
            case "identity":
                keys = ("full_name", "birth_date", "document", "died_on")
                return {"found": True, **{key: person[key] for key in keys if key in person}}
            case "mobile":
                return {"found": "phone" in person, "phone": person.get("phone", "")}
            case "address":
                return {"found": "address" in person, **person.get("address", {})}
            case _:
                return {"found": bool(person.get(name)), "records": person.get(name, [])}

    def messages_to(self, phone: str) -> list[dict]:
        """The messages delivered to a number; to all numbers when none is named."""
        wanted = _digits(phone)
        delivered = [message for message in self.messages if not message["duplicate"]]
        return [message for message in delivered if not wanted or _digits(message["phone"]) == wanted]

    def take_message(self, body: dict, key: str) -> dict:
        """Deliver a message; a key that has come before is known again and delivered no second time."""
        with self.lock:
            again = any(message["key"] == key for message in self.messages if not message["duplicate"])
            arrived = {**body, "key": key, "duplicate": again, "at": datetime.now(UTC).isoformat()}
            self.messages.append(arrived)
            if self.log:
                with self.log.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(arrived, ensure_ascii=False) + "\n")
        return {"accepted": not again}


def _digits(phone: str) -> str:
    """A plus sign in an address arrives as a space: only the digits tell one number from another."""
    return "".join(sign for sign in phone if sign.isdigit())


class Handler(BaseHTTPRequestHandler):
    """POST /registers/<name>, /sms, /silence, /monitoring/stages, /state-corporation/<act>, GET /sms?phone=, GET /."""

    world: World

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")
        _, head, *rest = urlsplit(self.path).path.split("/")
        name = rest[0] if rest else head
        if head == "silence":
            change = self.world.silent.add if body["on"] else self.world.silent.discard
            change(body["register"])
            return self.answer({"silent": sorted(self.world.silent)})
        if name in self.world.silent or head in self.world.silent:
            return self.answer({"error": "out of order"}, 503)
        given = self._given(head, name, body, self.headers.get("Idempotency-Key", ""))
        return self.answer({"error": "unknown"}, 404) if given is None else self.answer(given)

    def _given(self, head, name, body, key) -> dict | None:
        """What a request that is heard is answered; None to one that is not understood."""
        match head:
            case "registers":
                return self.world.register(name, body["iin"])
            case "sms":
                return self.world.take_message(body, key)
            case "state-corporation":
                return self.world.corporation.take(name, body, key)
            case "monitoring":
                self.world.stages[key] = body
                return {"taken": True}
        return None

    def do_GET(self):
        where = urlsplit(self.path)
        if where.path == "/sms":
            return self.answer(self.world.messages_to(parse_qs(where.query).get("phone", [""])[0]))
        return self.answer({"stand-in": True, "people": len(self.world.people), "messages": len(self.world.messages)})

    def answer(self, data, status=200):
        payload = json.dumps(data, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *args):
        """Say nothing: the requests carry personal data."""


class StandIn:
    """The stand-in on a port of this machine: ``with StandIn() as standin: standin.url``."""

    def __init__(self, port: int = 0, *, host: str = "127.0.0.1", people: Path = PEOPLE, log: Path | None = None):
        self.world = World(people, log)
        handler = type("BoundHandler", (Handler,), {"world": self.world})
        self.server = ThreadingHTTPServer((host, port), handler)
        self.url = f"http://{host}:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()
