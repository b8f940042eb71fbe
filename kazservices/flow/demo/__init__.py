"""The demo: each service tells its own fictional offices, people and histories, in the order of the installed apps."""

from collections.abc import Callable

from .people import known_people, recipient, sample_paper

__all__ = ["PASSWORD", "known_people", "recipient", "register", "sample_paper", "tellers"]

#: Of all fictional members of staff.
PASSWORD = "tanystyru-2026"

_tellers: list[Callable] = []


def register(fill: Callable) -> None:
    """``fill(now, short)`` tells what its service has to tell, once, and gives back how many cases it told."""
    if fill not in _tellers:
        _tellers.append(fill)


def tellers() -> tuple[Callable, ...]:
    return tuple(_tellers)
