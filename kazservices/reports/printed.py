"""What stands on top of every report, page and export alike: its filter, its calendar, and its "as of"."""

from django.utils import timezone
from django.utils.translation import gettext as _

from calendars.service import current_revision
from calendars.words import staff_datetime
from kazservices.design.languages import active_language, in_language

from .names import Names
from .scope import Scope


def printed(scope: Scope, names: Names) -> list[tuple[str, str]]:
    """(what, value) pairs: whoever holds the paper can ask for the same report again."""
    everything = _("all")
    offices = [in_language(office, "name") for office in scope.offices if scope.office in ("", office.code)]
    return [
        (_("Due in the period"), f"{scope.since:%d.%m.%Y} – {scope.until:%d.%m.%Y}"),
        (_("Service"), names.services.get(scope.service) or everything),
        (_("Office"), "; ".join(offices)),
        (_("Norm"), names.norms.get(scope.norm) or everything),
        (_("Official"), names.official(scope.official) if scope.official else everything),
        (_("As of"), staff_datetime(timezone.localtime(scope.as_of), active_language())),
        (_("Calendar revision"), f"№ {current_revision()}"),
    ]
