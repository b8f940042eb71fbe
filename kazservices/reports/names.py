"""The names that the lines of a report go by, read once for the whole page."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from kazservices.design.languages import in_language
from kazservices.offices.roles import Role

from .scope import OF_ROLE, Scope, services
from .words import norm_names, role_name


@dataclass(frozen=True)
class Names:
    services: dict[str, str]
    offices: dict[int, str]
    office_codes: dict[int, str]
    norms: dict[str, str]
    roles: dict[str, str]
    people: dict[int, str]

    def official(self, key: str) -> str:
        """A person's name, or what the holders of a role are called together."""
        if key.startswith(OF_ROLE):
            return self.roles[key.removeprefix(OF_ROLE)]
        return self.people.get(int(key), "–")

    def norm(self, norm: str) -> str:
        return self.norms.get(norm, norm)


def names_for(scope: Scope, officials=()) -> Names:
    """``officials``: the keys of those who will be named."""
    people = get_user_model().objects.filter(pk__in=[int(key) for key in officials if key.isdecimal()])
    return Names(
        services=dict(services()),
        offices={office.pk: in_language(office, "name") for office in scope.offices},
        office_codes={office.pk: office.code for office in scope.offices},
        norms=norm_names(),
        roles={role: role_name(role) for role in ("", *Role.values)},
        people=dict(people.values_list("pk", "full_name")),
    )


def everybody(scope: Scope) -> dict[int, str]:
    """All who may have ended a clock of these offices: for exports, where each row names its official."""
    rows = get_user_model().objects.filter(posts__office__in=[office.pk for office in scope.offices])
    return dict(rows.values_list("pk", "full_name"))
