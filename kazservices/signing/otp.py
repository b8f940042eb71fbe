"""One-time passwords: sent only to the number that the register binds to the IIN. Norm: CONS-S8-0.

What a stranger sees is the same whatever the IIN: known, unknown, or without a number.
"""

import logging
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from kazservices import clock
from kazservices.gateways import registers, sms
from kazservices.gateways.ports import GatewayError

from .models import Challenge

log = logging.getLogger(__name__)

LIVES = timedelta(minutes=5)
ATTEMPTS = 5
#: (how many codes of one purpose, within what time) for one IIN and for one network address.
LIMITS = {"iin_hash": (5, timedelta(minutes=15)), "address_hash": (30, timedelta(minutes=15))}


class CodeError(ValidationError):
    """The code cannot be sent or does not fit; says what to do next."""


def send_code(iin: str, purpose: str, *, subject: str = "", address: str = "") -> Challenge:
    """Ask for a code; ``subject`` is the hash of what is to be signed. Raises CodeError when asked too often."""
    at = clock.now()
    hashes = {"iin_hash": hidden("iin", iin), "address_hash": hidden("address", address) if address else ""}
    _check_limits(purpose, hashes, at)
    code = f"{secrets.randbelow(10**6):06d}"
    challenge = Challenge.objects.create(
        purpose=purpose, subject=subject, created_at=at, expires_at=at + LIVES, **hashes
    )
    phone = _phone_of(iin, challenge)
    if phone:
        challenge.code_hash, challenge.phone = hidden(str(challenge.ref), code), phone
        challenge.save(update_fields=["code_hash", "phone"])
        _send(challenge, code)
    return challenge


def check_code(ref, code: str, iin: str, *, subject: str = "") -> Challenge:
    """The challenge, used up, when the code fits this person and this subject; it fits once. Raises CodeError.

    Call it outside a transaction: a wrong attempt must count even though the caller fails.
    """
    at = clock.now()
    challenge = Challenge.objects.filter(ref=ref, iin_hash=hidden("iin", iin), subject=subject, used_at=None).first()
    if challenge is None or challenge.expires_at < at:
        raise CodeError(_("The code has expired. Ask for a new one."), code="expired")
    tried = Challenge.objects.filter(pk=challenge.pk, attempts__lt=ATTEMPTS).update(attempts=F("attempts") + 1)
    if not tried:
        raise CodeError(_("Too many wrong codes. Ask for a new one."), code="attempts")
    if not challenge.code_hash or not constant_time_compare(challenge.code_hash, hidden(str(ref), code.strip())):
        raise CodeError(_("The code does not fit. Check the digits in the message."), code="wrong")
    if not Challenge.objects.filter(pk=challenge.pk, used_at=None).update(used_at=at):
        raise CodeError(_("The code has been used already. Ask for a new one."), code="used")
    return challenge


def hidden(kind: str, value: str) -> str:
    """A keyed hash: tells equal from unequal, and nothing more."""
    return salted_hmac(f"kazservices.signing.{kind}", value, algorithm="sha256").hexdigest()


def _check_limits(purpose, hashes, at):
    """Each purpose is counted apart: strangers who ask to enter with an IIN never keep its owner from signing."""
    for field, (most, within) in LIMITS.items():
        if not hashes[field]:
            continue
        asked = Challenge.objects.filter(purpose=purpose, created_at__gt=at - within, **{field: hashes[field]})
        if asked.count() >= most:
            raise CodeError(_("Too many codes were asked for. Try again in 15 minutes."), code="too_often")


def _phone_of(iin, challenge) -> str:
    """The number that the mobile register binds to the IIN; empty when there is none. Raises CodeError if silent."""
    try:
        answer = registers.ask(registers.Register.MOBILE, iin, key=str(challenge.ref))
    except GatewayError as error:
        raise CodeError(
            _("The register of numbers is silent now. Try again in a few minutes."), code="silent"
        ) from error
    return answer["phone"] if answer["found"] else ""


def _send(challenge, code):
    text = _("Your code: %(code)s. It is valid for 5 minutes. Tell it to nobody.") % {"code": code}
    try:
        sms.send(challenge.phone, text, key=f"otp-{challenge.ref}")
    except GatewayError as error:
        # Told to nobody outside: it would betray that the IIN is known.
        log.warning("challenge %s: no message went out: %s", challenge.pk, error)
