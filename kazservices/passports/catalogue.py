"""What the first page shows: groups of services in the order of fixtures/catalogue.yaml, each with its state today."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from calendars.windows import WindowStatus

from .catalogue_file import read_catalogue
from .models import Edition, NoEdition, Service
from .reckoning import hours_of, services_on, window_of

FILE = settings.BASE_DIR / "fixtures" / "catalogue.yaml"


@dataclass(frozen=True)
class Row:
    """One service of the catalogue: what it is called, and whether it takes applications now."""

    code: str
    entry: dict | None
    service: Service | None
    edition: Edition | None
    #: Asked for lists only.
    window: WindowStatus | None

    @property
    def refers(self) -> dict | None:
        """Where to go instead: the service is another provider's. Norms: SCH-2, SCH-8."""
        if self.entry:
            return self.entry["refers"]
        return None

    @property
    def name(self) -> dict:
        """The official name by language: as the list has it, its spelling put right (GAP-21), else as its standard."""
        if self.entry and self.entry["kk"]:
            return _by_language(self.entry, "name")
        return self._of_the_standard("name", "name")

    @property
    def plain(self) -> dict:
        """What people call it, where the list says so: its official name is long. Norms: SCH-3, SCH-4."""
        if self.entry and self.entry["plain"]:
            return _by_language(self.entry["plain"], "plain")
        return self._of_the_standard("alias", "plain")

    def _of_the_standard(self, column: str, name: str) -> dict:
        return {f"{name}_{language}": getattr(self.service, f"{column}_{language}", "") for language in ("kk", "ru")}


def in_groups(at: datetime) -> list[tuple[dict, list[Row]]]:
    """(group, its rows): every service of the catalogue, and in the last group every other one that is loaded.

    All eight of the school's page are among them: GAP-20.
    """
    said, shelf = catalogue(), _Shelf(at)
    found = [(group, [shelf.row(one["code"], one) for one in group["services"]]) for group in said["groups"]]
    named = {row.code for _, rows in found for row in rows}
    others = [shelf.row(code, None) for code in shelf.open_to_anyone() if code not in named]
    groups = [*found, (said["rest"], others)] if others else found
    return [(_by_language(group, "label"), rows) for group, rows in groups]


def row_of(code: str, at: datetime) -> Row | None:
    """A service by its code, loaded or not; none where neither the catalogue nor a passport knows it."""
    entries = (entry for group in catalogue()["groups"] for entry in group["services"])
    entry = next((entry for entry in entries if entry["code"] == code), None)
    service = Service.objects.filter(code=code).first()
    if entry is None and service is None:
        return None
    try:
        edition = Edition.objects.on(code, localtime(at).date())
    except NoEdition:
        edition = None
    return Row(code, entry, service, edition, None)


def plain_of(service: Service) -> dict:
    """What people call a loaded service, by language: a clerk's list has no room for official names."""
    entries = (entry for group in catalogue()["groups"] for entry in group["services"])
    entry = next((entry for entry in entries if entry["code"] == service.code), None)
    return Row(service.code, entry, service, None, None).plain


@cache
def catalogue(path: Path = FILE) -> dict:
    return read_catalogue(path)


class _Shelf:
    """Every loaded service with its standard of the day; the hours of each schedule are asked once."""

    def __init__(self, at: datetime):
        self.at, self.hours = at, {}
        self.known = {service.code: (service, edition) for service, edition in services_on(localtime(at).date())}

    def open_to_anyone(self) -> list[str]:
        """Services for which one may apply; a register that an office keeps for itself is none."""
        return [code for code, (_service, edition) in self.known.items() if edition is None or edition.channels_open]

    def row(self, code: str, entry: dict | None) -> Row:
        service, edition = self.known.get(code, (None, None))
        return Row(code, entry, service, edition, self._window(edition) if edition else None)

    def _window(self, edition: Edition) -> WindowStatus:
        if edition.schedule not in self.hours:
            self.hours[edition.schedule] = hours_of(edition)
        return window_of(edition, self.at, self.hours[edition.schedule])


def _by_language(texts: dict, name: str) -> dict:
    return {f"{name}_{language}": texts[language] for language in ("kk", "ru", "en") if texts.get(language)}
