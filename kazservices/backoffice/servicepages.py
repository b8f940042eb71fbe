"""Which pages the services bring to this desk."""

from kazservices.flow.deskpages import DeskPage, registered
from kazservices.flow.manifest import all_manifests
from kazservices.offices.models import Office


def page_of(service: str, code: str) -> DeskPage | None:
    """The page of a service, or of an app that is none, by its code, if there is one."""
    return next((one for app, one in _all() if (app, one.code) == (service, code)), None)


def offices_of(desk, service: str, page: DeskPage) -> list:
    """The offices for which the page opens to this person today."""
    offices = desk.offices_with(*page.roles)
    if page.concerns:
        return [office for office in offices if page.concerns(office)]
    return [office for office in offices if (office.pk, service) in _kept(desk)] if offices else []


def pages_for(desk):
    """(service, page) of all pages that open to this person."""
    for app, page in _all():
        if offices_of(desk, app, page):
            yield app, page


def _all():
    """(service or app, page) of all that bring pages."""
    for manifest in all_manifests():
        yield from ((manifest.code, page) for page in manifest.desk)
    for app, pages in registered().items():
        yield from ((app, page) for page in pages)


def _kept(desk) -> set:
    """(office, service) of all that the offices of this desk keep; asked once."""
    if "_kept" not in desk.__dict__:
        offices = Office.objects.filter(pk__in=desk.offices).prefetch_related("hours")
        desk.__dict__["_kept"] = {(office.pk, service) for office in offices for service in office.services}
    return desk.__dict__["_kept"]
