"""Which pages the services bring to this desk."""

from kazservices.flow.deskpages import DeskPage
from kazservices.flow.manifest import all_manifests
from kazservices.offices.models import Office


def page_of(service: str, code: str) -> DeskPage | None:
    """The page of a service by its code, if there is one."""
    pages = [one for manifest in all_manifests() if manifest.code == service for one in manifest.desk]
    return next((one for one in pages if one.code == code), None)


def offices_of(desk, service: str, page: DeskPage) -> list:
    """The offices for which the page opens to this person today."""
    offices = desk.offices_with(*page.roles)
    if page.concerns:
        return [office for office in offices if page.concerns(office)]
    return [office for office in offices if (office.pk, service) in _kept(desk)] if offices else []


def pages_for(desk):
    """(service, page) of all pages that open to this person."""
    for manifest in all_manifests():
        for page in manifest.desk:
            if offices_of(desk, manifest.code, page):
                yield manifest.code, page


def _kept(desk) -> set:
    """(office, service) of all that the offices of this desk keep; asked once."""
    if "_kept" not in desk.__dict__:
        offices = Office.objects.filter(pk__in=desk.offices).prefetch_related("hours")
        desk.__dict__["_kept"] = {(office.pk, service) for office in offices for service in office.services}
    return desk.__dict__["_kept"]
