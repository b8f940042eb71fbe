"""Entering the cabinet: the IIN, then the one-time password that went to the number bound to it."""

import uuid
from datetime import date

from django.contrib.auth import get_user_model, login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kazservices import clock
from kazservices.design.languages import active_language
from kazservices.gateways import registers, service
from kazservices.gateways.models import Consent
from kazservices.gateways.ports import GatewayError
from kazservices.signing import otp

BACKEND = "django.contrib.auth.backends.ModelBackend"
ENTERING = "entering"


def ask(request, iin: str) -> None:
    """Send the code; what is shown next is the same whatever the IIN. Raises CodeError."""
    challenge = otp.send_code(iin, otp.Challenge.Purpose.ENTER, address=address_of(request))
    request.session[ENTERING] = {"ref": str(challenge.ref), "iin": iin}


def enter(request, code: str):
    """The account of the person whose code fits, made at his first entry. Raises CodeError, PermissionDenied."""
    asked = request.session.get(ENTERING)
    if asked is None:
        raise ValidationError(_("The code has expired. Ask for a new one."), code="expired")
    challenge = otp.check_code(asked["ref"], code, asked["iin"])
    user = account_of(asked["iin"], challenge.phone)
    if not user.is_recipient or not user.is_active:
        raise PermissionDenied
    del request.session[ENTERING]
    login(request, user, backend=BACKEND)
    return user


def account_of(iin: str, phone: str):
    """The recipient's account, with the number and what the identity register says of him today."""
    user = _found_or_made(iin)
    if user.is_staff:
        return user
    known = _identity(user, iin)
    user.phone = phone
    user.full_name = known.get("full_name") or user.full_name
    user.birth_date = _day(known.get("birth_date")) or user.birth_date
    user.save(update_fields=["phone", "full_name", "birth_date"])
    return user


def consent_text() -> str:
    """What a person agrees to by entering."""
    return _("By entering I agree that my name and date of birth are taken from the identity register for my cabinet.")


def address_of(request) -> str:
    return request.META.get("REMOTE_ADDR", "")


def _found_or_made(iin):
    people = get_user_model().objects
    if user := people.filter(iin=iin).first():
        return user
    try:
        with transaction.atomic():
            return people.create_user(username=uuid.uuid4().hex, iin=iin, language=active_language())
    except IntegrityError:
        return people.get(iin=iin)  # made a moment ago by a second press


def _identity(user, iin) -> dict:
    """Name and date of birth, after the consent is recorded; nothing while the register is silent."""
    identity = registers.Register.IDENTITY
    consent = service.record_consent(
        user,
        given=True,
        purpose=_("To open the cabinet"),
        scope=[identity],
        text=consent_text(),
        method=Consent.Method.ENTRY,
    )
    try:
        return registers.ask(identity, iin, key=f"entry-{consent.pk}-{clock.now():%Y%m%d}")
    except GatewayError:
        return {}


def _day(said) -> date | None:
    return date.fromisoformat(said) if said else None
