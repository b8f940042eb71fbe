"""Who acts: a user of the session, or the system itself (sweeps, rules)."""


class System:
    """The actor of what nobody does by hand; it holds no office and signs nothing."""

    pk = None
    is_authenticated = False
    is_active = True
    language = "kk"

    def __str__(self):
        return "system"


SYSTEM = System()


def user_or_none(actor):
    """The user to be written into a foreign key: none for the system."""
    return None if actor is SYSTEM else actor
