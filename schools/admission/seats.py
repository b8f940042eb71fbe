"""The number of seats of a grade: set by the school, never below those given and offered. Norm: GAP-06."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from schools.admission.models import Pool, SeatChange

#: Who sets the seats of a school.
SETS_SEATS = {Role.HEAD, Role.ACADEMIC_DEPUTY}


@transaction.atomic
def open_pool(office, *, year, grade, language, seats, by, reason) -> Pool:
    """The seats of a grade and language for a year. Raises PermissionDenied, ValidationError."""
    _demand(office, by)
    known = {"office": office, "year": year, "grade": grade, "language": language}
    if Pool.objects.filter(**known).exists():
        raise ValidationError(_("This grade and language have their seats already: change them."), code="known")
    pool = Pool.objects.create(**known, seats=seats)
    _keep(pool, by, reason)
    return pool


@transaction.atomic
def set_seats(pool: Pool, seats: int, *, by, reason: str) -> Pool:
    """Change the seats of a grade, not below those given and offered. Raises PermissionDenied, ValidationError."""
    pool = Pool.objects.select_for_update(of=("self",)).select_related("office").get(pk=pool.pk)
    _demand(pool.office, by)
    if seats < pool.taken:
        message = _("%(taken)s seats are given or offered already: there cannot be fewer.")
        raise ValidationError({"seats": ValidationError(message, code="below_given", params={"taken": pool.taken})})
    pool.seats = seats
    pool.save(update_fields=["seats"])
    _keep(pool, by, reason)
    return pool


def _demand(office, by):
    if not SETS_SEATS & roles_of(by, office):
        raise PermissionDenied("seats")


def _keep(pool, by, reason):
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Write the reason: it goes into the file."), code="words")})
    SeatChange.objects.create(pool=pool, seats=pool.seats, reason=reason.strip(), at=clock.now(), by=by)
