"""Who may, in a service that runs from its file: the roles named here, and the decider whom the file names."""

from kazservices.cases.permission import Permission

from .flows import newest


class OfTheFile(Permission):
    """May(*roles, and the decider of the service): one machine, and in each service somebody else decides."""

    def roles_for(self, service: str) -> frozenset[str]:
        return self.roles | {newest(service).decider}

    def __repr__(self):
        return f"may_with_decider({', '.join(sorted(self.roles))})"


class OfBothHands(OfTheFile):
    """The same, and the second of the two whom the file names for putting right what was given."""

    def roles_for(self, service: str) -> frozenset[str]:
        second = newest(service).second
        return super().roles_for(service) | ({second} if second else frozenset())

    def __repr__(self):
        return f"may_with_both({', '.join(sorted(self.roles))})"


def may_with_decider(*roles) -> OfTheFile:
    """The permission of a transition that the decider of the service has, beside these roles."""
    return OfTheFile(*roles)


def may_with_both(*roles) -> OfBothHands:
    """The permission of what two people put right: the decider and the second have it, beside these roles."""
    return OfBothHands(*roles)
