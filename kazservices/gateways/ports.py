"""What the program wants of the outside world, and how it may fail."""

from typing import Protocol


class GatewayError(Exception):
    """The other side is silent, out of order, or answered nonsense: ask again later."""


class Registers(Protocol):
    """State registers, asked by IIN. Norms: CONS-S8-2, CONS-S8-3."""

    def ask(self, register: str, iin: str, *, key: str) -> dict:
        """The register's answer, as it gave it; raises GatewayError."""


class Sms(Protocol):
    """A gateway of short messages that takes the same key only once."""

    def send(self, phone: str, text: str, *, key: str) -> None:
        """Hand over a message; raises GatewayError."""
