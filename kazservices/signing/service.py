"""Signing: one interface for every method; what is kept is the hash, the person, the moment and the evidence."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from kazservices import clock

from . import otp
from .models import Signature


def digest_of(data: dict) -> str:
    """The SHA-256 of data in its canonical JSON form: what a one-time password signs."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(canonical.encode()).hexdigest()


def ask_to_sign(user, sha256: str, *, address: str = ""):
    """Send the one-time password with which a service recipient signs this hash. Raises CodeError."""
    return otp.send_code(user.iin, otp.Challenge.Purpose.SIGN, subject=sha256, address=address)


def sign_with_code(user, sha256: str, *, what: str, ref, code: str) -> Signature:
    """The signature of a service recipient by one-time password. Norm: CONS-S8-0. Raises CodeError."""
    challenge = otp.check_code(ref, code, user.iin, subject=sha256)
    evidence = {"challenge": str(challenge.ref), "phone": challenge.phone, "sent_at": challenge.created_at.isoformat()}
    return keep(user, Signature.Method.OTP, sha256, what, evidence)


def confirm(user, sha256: str, *, what: str, evidence: dict | None = None) -> Signature:
    """The recorded confirmation of an official, until real keys come: he was shown these bytes and said yes."""
    return keep(user, Signature.Method.CONFIRMATION, sha256, what, evidence or {})


def keep(user, method, sha256, what, evidence) -> Signature:
    """Write a signature down with its evidence."""
    return Signature.objects.create(
        user=user, method=method, sha256=sha256, what=what, evidence=evidence, at=clock.now()
    )
