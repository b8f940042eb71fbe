"""The pages that these services bring to the desk."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.deskpages import DeskPage
from kazservices.offices.roles import Role
from schools.duplicates.models.exchange import Partner

from . import blanks, exchange, originals, registers, storage

READERS = (Role.CLERK, Role.HEAD, Role.ACADEMIC_DEPUTY)


def exchanges(office) -> bool:
    """Whether the office is one side of an exchange with the State Corporation."""
    return Partner.objects.filter(school=office).exists() or Partner.objects.filter(corporation=office).exists()


DUPLICATES = (
    DeskPage("exchange", _("State Corporation"), (Role.CLERK,), exchange.answer, "arrow", exchanges),
    DeskPage("storage", _("Ready results"), (Role.CLERK, Role.HEAD), storage.answer, "list", storage.stores),
    DeskPage("blanks", _("Blanks"), READERS, blanks.answer),
    DeskPage("registers", _("Registers of issue"), (*READERS, Role.AUDITOR), registers.answer),
)
ORIGINALS = (DeskPage("originals", _("Originals"), (Role.CLERK, Role.HEAD), originals.answer),)
