"""What may be brought on paper to an office today."""

from kazservices.cases.models import Channel
from kazservices.offices.models import OfficeHours
from kazservices.passports import service as passports
from kazservices.passports.models import Edition, NoEdition


def takes_paper(offices) -> bool:
    """Whether any service of these offices is ever taken in on paper. Norm: LAW-4-1-4."""
    if not offices:
        return False
    services = OfficeHours.objects.filter(office__in=offices).values("service")
    opened = Edition.objects.filter(service__in=services).values_list("channels_open", flat=True)
    return any(Channel.OFFICE in channels for channels in opened)


def situations(offices) -> list[tuple]:
    """(office, category) of all that one may bring on paper to these offices today."""
    found = []
    for office in offices:
        for hours in office.hours.all():
            edition = _on_paper(hours.service, office.today())
            found += [(office, category) for category in edition.categories.all()] if edition else []
    return found


def _on_paper(service, day) -> Edition | None:
    try:
        edition = passports.edition_on(service, day)
    except NoEdition:
        return None
    return edition if passports.open_on(edition, Channel.OFFICE) else None
