"""A service recipient enters by one-time password; his name and date of birth come from the register."""

import uuid

from django.utils.translation import gettext as _

from kazservices.cases import representation
from kazservices.gateways import registers
from kazservices.gateways.models import Consent
from kazservices.gateways.ports import GatewayError
from kazservices.gateways.service import record_consent
from kazservices.offices.models import User

from . import otp

SCOPE = (registers.Register.MOBILE, registers.Register.IDENTITY)


def ask_to_enter(iin: str, *, address: str = ""):
    """Send a code to the number bound to the IIN, if there is one; the answer does not tell. Raises CodeError."""
    return otp.send_code(iin, otp.Challenge.Purpose.ENTER, address=address)


def enter(ref, code: str, iin: str, *, language: str) -> User:
    """The account of the person who gave the right code, made at the first entry. Raises CodeError.

    What was brought on paper for him before lies in his cabinet from now on.
    """
    challenge = otp.check_code(ref, code, iin)
    if User.objects.filter(iin=iin, is_staff=True).exists():
        raise otp.CodeError(_("This IIN belongs to a staff account. Enter through the staff entrance."), code="staff")
    user, is_new = User.objects.get_or_create(
        iin=iin, is_staff=False, defaults={"username": f"r-{uuid.uuid4().hex}", "language": language}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    record_consent(
        user, given=True, purpose="entry", scope=SCOPE, method=Consent.Method.ENTRY, text=consent_text()
    )  # fmt: skip
    user.phone = challenge.phone
    _take_identity(user, key=str(challenge.ref))
    user.save(update_fields=["phone", "full_name", "birth_date"])  # the register was slow: who closed it is not undone
    representation.adopt(user)
    return user


def consent_text() -> str:
    """What a person agrees to by entering; shown beside the button, kept with the consent. Norm: LAW-5-2-12."""
    return _("I agree that my mobile number and identity data are asked of the state registers.")


def _take_identity(user, key):
    """What the identity register says now; while it is silent the last known words stay."""
    try:
        answer = registers.ask(registers.Register.IDENTITY, user.iin, key=f"enter-{key}")
    except GatewayError:
        return
    if answer.get("found"):
        user.full_name, user.birth_date = answer["full_name"], answer["birth_date"]
