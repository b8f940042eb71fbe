"""What may be brought on paper to an office today."""

from django.db.models import prefetch_related_objects

from kazservices.cases.models import Channel
from kazservices.flow import counter
from kazservices.flow.manifest import all_manifests
from kazservices.passports import service as passports
from kazservices.passports.models import Edition, NoEdition


def takes_paper(offices) -> bool:
    """Whether any service of these offices is ever taken in on paper. Norm: LAW-4-1-4."""
    if not offices:
        return False
    if any(counter.taken_for(offices, manifest.code) for manifest in all_manifests()):
        return True
    prefetch_related_objects(offices, "hours")
    services = {service for office in offices for service in office.services}
    opened = Edition.objects.filter(service__in=services).values_list("channels_open", flat=True)
    return any(Channel.OFFICE in channels for channels in opened)


def situations(offices) -> list[tuple]:
    """(office, category) of all that one may bring on paper to these offices today."""
    found = []
    for office in offices:
        for service in office.services:
            found += _of(office, service, Channel.OFFICE)
    for manifest in all_manifests():
        for other in counter.taken_for(offices, manifest.code):
            found += _of(other, manifest.code, Channel.STATE_CORPORATION)
    return found


def _of(office, service, channel) -> list[tuple]:
    edition = _on_paper(service, office.today(), channel)
    return [(office, category) for category in edition.categories.all()] if edition else []


def _on_paper(service, day, channel) -> Edition | None:
    try:
        edition = passports.edition_on(service, day)
    except NoEdition:
        return None
    return edition if passports.open_on(edition, channel) else None
