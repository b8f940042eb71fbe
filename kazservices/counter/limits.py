"""How long one may wait at the counter for a service, and be served there: said by the service, kept here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CounterLimits:
    """Working minutes of the standard: its longest waiting and its longest service.

    ``alert``: from when the clerks are told. ``breach``: the waiting that is a breach; where the standard contradicts
    itself it is the milder figure, while ``waiting`` is the stricter one, which is promised (GAP-02).
    """

    waiting: int
    serving: int
    waiting_norm: str
    serving_norm: str
    alert: int
    breach: int


_limits: dict[str, CounterLimits] = {}


def declare(service: str, limits: CounterLimits | None) -> None:
    if limits is not None:
        _limits[service] = limits


def limits_of(service: str) -> CounterLimits | None:
    """None where the standard sets no minutes for the counter: then no ticket is issued for it."""
    return _limits.get(service)


def services() -> tuple[str, ...]:
    """The services that have a counter, in the order in which they introduced themselves."""
    return tuple(_limits)
