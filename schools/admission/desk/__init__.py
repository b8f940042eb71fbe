"""The pages that admission brings to the desk: the queue of the head, its history, seats, the service area."""

from django.utils.translation import gettext_lazy as _

from kazservices.flow.deskpages import DeskPage
from kazservices.offices.roles import Role

from . import area, history, queue, seating

PAGES = (
    DeskPage("queue", _("First class queue"), (Role.HEAD, Role.ACADEMIC_DEPUTY, Role.CLERK), queue.answer, "list"),
    DeskPage(
        "rounds", _("History of the queue"), (Role.HEAD, Role.ACADEMIC_DEPUTY, Role.AUDITOR), history.answer, "clock"
    ),
    DeskPage("seats", _("Seats of grades"), (Role.HEAD, Role.ACADEMIC_DEPUTY), seating.answer, "list"),
    DeskPage("area", _("Service area"), (Role.HEAD, Role.ACADEMIC_DEPUTY, Role.OPERATOR), area.answer, "home"),
)
