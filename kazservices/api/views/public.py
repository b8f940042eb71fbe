"""What everybody may read: services, their passports, offices, and the calculator of dates."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema

from calendars.arithmetic import OutOfCalendar
from kazservices import clock
from kazservices.api import telling
from kazservices.api.problems import Unprocessable
from kazservices.api.shapes import OfficeShape, PassportShape, ReckoningAsked, ReckoningShape, ServiceShape
from kazservices.offices.models import Office
from kazservices.passports import service as passports
from kazservices.passports.models import NoEdition
from kazservices.passports.reckoning import hours_of, loaded, reckon, services_on

from .base import Operation, asked, told

#: An instant near the ends of time has no local date at all.
OUTSIDE = (OutOfCalendar, OverflowError)
BEYOND = _("Our calendar does not reach this day. Choose a day of this year.")


def edition_of(code: str, at):
    """The wording in force. Raises Http404 where there is none."""
    try:
        return passports.edition_on(code, localtime(at).date())
    except NoEdition as missing:
        raise Http404 from missing


class Services(Operation):
    tag = "services"

    @extend_schema(summary="The services, and whether each takes applications now", responses=ServiceShape(many=True))
    def get(self, request):
        at = clock.now()
        rows = services_on(localtime(at).date())
        return told(ServiceShape, [telling.service(service, edition, at) for service, edition in rows], many=True)


class Passport(Operation):
    tag = "services"

    @extend_schema(summary="The passport of a service: categories, questions, documents", responses=PassportShape)
    def get(self, request, code):
        at = clock.now()
        return told(PassportShape, telling.passport(loaded(edition_of(code, at)), at))


class Reckoning(Operation):
    """The same calculator that stands on the public page of the service."""

    tag = "services"
    problems = {"GET": (422,)}

    @extend_schema(
        summary="When would the answer come, if the application were filed at an instant?",
        parameters=[ReckoningAsked],
        responses=ReckoningShape,
    )
    def get(self, request, code):
        wanted = asked(request, ReckoningAsked)
        edition = edition_of(code, clock.now())
        office = None
        if "office" in wanted:
            office = get_object_or_404(Office.objects.prefetch_related("hours"), code=wanted["office"])
            if not office.provides(code):
                raise Http404
        return told(ReckoningShape, reckoned(edition, wanted.get("at") or clock.now(), office))


class Offices(Operation):
    tag = "services"

    @extend_schema(summary="The offices that provide services", responses=OfficeShape(many=True))
    def get(self, request):
        offices = Office.objects.filter(is_active=True).prefetch_related("hours")
        return told(OfficeShape, [telling.office(office) for office in offices], many=True)


def reckoned(edition, at, office=None) -> dict:
    """The calculator's answer. Raises Unprocessable beyond the covered years."""
    try:
        return telling.reckoning(reckon(edition, at, hours_of(edition, office)))
    except OUTSIDE as error:
        raise Unprocessable(BEYOND, "outside_calendar") from error
