"""Who may act for whom: what the registers say of a child's parents, of a guardian, of a power of attorney.

Silence stops nothing: the document is shown instead, and the clerk sees that no register has confirmed it.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from kazservices.cases.models import Representation

from . import registers
from .ports import GatewayError
from .registers import Register

Basis, Proof = Representation.Basis, Representation.Proof


@dataclass(frozen=True)
class Person:
    """The person represented, as the identity register knows him."""

    full_name: str
    birth_date: date
    died_on: date | None = None


@dataclass(frozen=True)
class Power:
    """What a register says of a power: whether it knows it, and what it says of its days and services."""

    proof: str
    given_on: date | None = None
    until: date | None = None
    revoked_on: date | None = None
    certified_by: str = ""
    #: None: for every service.
    services: tuple[str, ...] | None = None


UNKNOWN, SILENT = "unknown", "silent"


def person(iin: str) -> Person | str:
    """The person of an IIN; UNKNOWN when the register has none, SILENT while it does not answer."""
    try:
        answer = registers.ask(Register.IDENTITY, iin, key=str(uuid.uuid4()))
    except GatewayError:
        return SILENT
    if not answer["found"]:
        return UNKNOWN
    return Person(answer["full_name"], _day(answer["birth_date"]), _day(answer.get("died_on")))


def power(basis: str, *, representative: str, represented: str, number: str = "") -> Power:
    """The power by which one person acts for another, by their IINs and the number of its document."""
    register = Register.POWERS if basis == Basis.ATTORNEY else Register.KINSHIP
    try:
        answer = registers.ask(register, represented, key=str(uuid.uuid4()))
    except GatewayError:
        return Power(Proof.SILENT)
    records = answer.get("records", []) if answer["found"] else []
    if basis == Basis.ATTORNEY:
        found = (row for row in records if row["representative"] == representative and row["number"] == number)
        return next((_attorney(row) for row in found), Power(Proof.NOT_FOUND))
    known = any(row["iin"] == representative and row["kind"] == basis for row in records)
    return Power(Proof.CONFIRMED if known else Proof.NOT_FOUND)


def _attorney(row) -> Power:
    return Power(
        Proof.CONFIRMED,
        given_on=_day(row["given_on"]),
        until=_day(row.get("valid_until")),
        revoked_on=_day(row.get("revoked_on")),
        certified_by=row.get("certified_by", ""),
        services=tuple(row["services"]),
    )


def _day(value) -> date | None:
    return date.fromisoformat(value) if value else None
