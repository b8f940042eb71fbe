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
    #: Who must be the other one of the two that put a paper right or withdraw a result; empty: anyone who may.
    second: Role | str = ""

    @property
    def correctors(self) -> tuple[str, ...]:
        """The roles that two people need to put a paper right: who decides, and the second where one is named."""
        return (self.decider, self.second) if self.second else (self.decider,)

    @property
    def withdrawers(self) -> tuple[str, ...]:
        """The roles that two people need to withdraw a result: the head, and the second where one is named."""
        return (Role.HEAD, self.second) if self.second and self.second != Role.HEAD else (Role.HEAD,)


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
