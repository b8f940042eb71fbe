"""The information system of the State Corporation: registers of applications in, registers of results out, its store.

Everything is asked by the codes of the two offices; what names a person goes in the body of a request. Each request
carries a key, so that the other side may do it once however often it is sent. Norms: DUP-22, DUP-26-2, DUP-30.
"""

from .http import post
from .ports import GatewayError

ROOT = "/state-corporation"


def registers(school: str, *, key: str) -> list[dict]:
    """The registers of applications that wait to be countersigned.

    Each: {"number", "run", "sent_at", "lines": [{"place", "number", "full_name", "application": {...} or null}]}.
    Raises GatewayError.
    """
    return _listed(post(f"{ROOT}/registers", {"school": school}, key=key), "registers", _is_register)


def acknowledge(school: str, register: str, *, arrived: list[int], missing: list[int], key: str) -> None:
    """The countersigned copy goes back: which lines came, and which did not. Raises GatewayError."""
    body = {"school": school, "register": register, "arrived": arrived, "missing": missing}
    post(f"{ROOT}/acknowledgements", body, key=key)


def deliver(school: str, register: str, lines: list[dict], *, key: str) -> None:
    """A register of results: [{"place", "number", "full_name", "again"}]. Raises GatewayError."""
    post(f"{ROOT}/results", {"school": school, "register": register, "lines": lines}, key=key)


def events(school: str, *, after: int, key: str) -> list[dict]:
    """What happened there since the event with that number, the oldest first.

    {"id", "kind": "run" | "arrived" | "handed_over" | "returned" | "asked", "at", ...}. Raises GatewayError.
    """
    answer = post(f"{ROOT}/events", {"school": school, "after": after}, key=key)
    return _listed(answer, "events", _is_event)


def _listed(answer, name: str, is_well_formed) -> list[dict]:
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(row, dict) and is_well_formed(row) for row in found):
        raise GatewayError("nonsense")
    return found


def _is_register(row) -> bool:
    return isinstance(row.get("number"), str) and isinstance(row.get("lines"), list) and all(
        isinstance(line, dict) and isinstance(line.get("place"), int) and isinstance(line.get("full_name"), str)
        for line in row["lines"]
    )  # fmt: skip


def _is_event(row) -> bool:
    return isinstance(row.get("id"), int) and isinstance(row.get("kind"), str)
