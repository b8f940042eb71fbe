"""What a service asks of an office before it takes applications: said by the service, kept here for the check list."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .roles import COMMISSION_ROLES


@dataclass(frozen=True)
class Demand:
    """The smallest number of people in each role; seats of a commission are filled by its order. Norm: GAP-13."""

    roles: Mapping[str, int] = field(default_factory=dict)
    #: Every office takes it, in the hours that it keeps anyhow: nobody closes his door to a complaint.
    everywhere: bool = False

    @property
    def seats(self) -> dict[str, int]:
        """The part of the demand that an order on the commission fills."""
        return {role: number for role, number in self.roles.items() if role in COMMISSION_ROLES}


_demands: dict[str, Demand] = {}


def declare(service: str, demand: Demand) -> None:
    _demands[service] = demand


def everywhere() -> list[str]:
    """The services that every office takes applications for."""
    return sorted(service for service, demand in _demands.items() if demand.everywhere)


def seats_for(services) -> dict[str, int]:
    """The seats that an office needs for these services together: of each role the largest number."""
    needed: dict[str, int] = {}
    for service in services:
        for role, number in _demands.get(service, Demand()).seats.items():
            needed[role] = max(number, needed.get(role, 0))
    return needed
