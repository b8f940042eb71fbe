"""Who may, in a service that runs from its file: the roles named here, and the decider whom the file names."""

from kazservices.cases.permission import Permission

from .flows import newest


class OfTheFile(Permission):
    """May(*roles, and the decider of the service): one machine, and in each service somebody else decides."""

    def roles_for(self, service: str) -> frozenset[str]:
        return self.roles | {newest(service).decider}

    def __repr__(self):
        return f"may_with_decider({', '.join(sorted(self.roles))})"


def may_with_decider(*roles) -> OfTheFile:
    """The permission of a transition that the decider of the service has, beside these roles."""
    return OfTheFile(*roles)
