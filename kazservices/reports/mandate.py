"""Whose figures a person may see: the auditor's by his mandate, the head's own office."""

from django.core.exceptions import PermissionDenied

from kazservices.offices.models import Office
from kazservices.offices.roles import Role
from kazservices.offices.service import offices_of


def offices_in_mandate(user) -> list[Office]:
    """The offices where the person is an auditor or the head today; every case in them is visible to him."""
    return list(Office.objects.filter(pk__in=offices_of(user, Role.AUDITOR, Role.HEAD)))


def mandate_or_403(user) -> list[Office]:
    """The offices of the mandate; without one there is no report. Raises: PermissionDenied."""
    offices = [] if user.is_recipient else offices_in_mandate(user)
    if not offices:
        raise PermissionDenied
    return offices
