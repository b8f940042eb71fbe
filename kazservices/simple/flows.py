"""What the files say of their services' lives, kept in memory: read at startup, never from the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kazservices.offices.roles import Role


@dataclass(frozen=True)
class Flow:
    """The block ``flow`` of one edition: who decides, which clocks run, what the papers and letters say."""

    service: str
    edition: str
    valid_from: date
    valid_to: date | None
    schedule: str
    number_prefix: str
    decider: Role
    not_taken_prefix: str
    handed_over: bool
    clocks: tuple[dict, ...]
    result: Mapping
    letters: Mapping = field(default_factory=dict)


_editions: dict[str, Flow] = {}


def keep(flow: Flow) -> None:
    _editions[flow.edition] = flow


def flow_of(case) -> Flow:
    """The flow by which a case runs: that of the edition under which it was filed. Norm: LAW-5-2-1."""
    return _editions[case.edition.code]


def editions_of(service: str) -> list[Flow]:
    """The flows of a service's editions, the oldest first."""
    return sorted((flow for flow in _editions.values() if flow.service == service), key=lambda flow: flow.valid_from)


def newest(service: str) -> Flow:
    """The flow of the newest edition: who decides is asked of the service as it stands now."""
    return editions_of(service)[-1]


def codes() -> list[str]:
    """The services that run from their files."""
    return sorted({flow.service for flow in _editions.values()})
