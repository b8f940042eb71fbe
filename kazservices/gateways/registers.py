"""State registers: asked by IIN, in the body of a request, never in an address."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from .http import post
from .ports import GatewayError

LONGEST_NAME, LONGEST_PHONE = 200, 20


class Register(models.TextChoices):
    """What the provider fetches itself and never asks of the applicant. Norm: LAW-5-P1."""

    IDENTITY = "identity", _("identity document and date of birth")
    BIRTHS = "births", _("births of children")
    MARRIAGE = "marriage", _("marriage")
    SPOUSE_DEATH = "spouse_death", _("death of the spouse")
    MOBILE = "mobile", _("mobile number bound to the IIN")
    KINSHIP = "kinship", _("parents and guardians of a person")
    ADDRESS = "address", _("registered place of residence")
    POWERS = "powers", _("powers of attorney given by a person")


def ask(register: str, iin: str, *, key: str) -> dict:
    """The answer of a register: {"found": bool, ...facts}, in the shape agreed with it. Raises GatewayError."""
    answer = post(f"/registers/{register}", {"iin": iin}, key=key)
    if not isinstance(answer, dict) or not isinstance(answer.get("found"), bool):
        raise GatewayError("nonsense")
    if answer["found"] and not SHAPES[register](answer):
        raise GatewayError("nonsense")
    return answer


def _is_identity(answer) -> bool:
    name = answer.get("full_name")
    named = isinstance(name, str) and bool(name.strip()) and len(name) <= LONGEST_NAME
    return named and _is_day(answer.get("birth_date")) and _may_be_day(answer.get("died_on"))


def _is_address(answer) -> bool:
    """{"found", "locality", "street", "house", "flat" (may be absent), "since" (may be absent)}."""
    named = all(isinstance(answer.get(name), str) and answer[name].strip() for name in ("locality", "street", "house"))
    return named and isinstance(answer.get("flat", ""), str) and _may_be_day(answer.get("since"))


def _is_mobile(answer) -> bool:
    phone = answer.get("phone")
    return isinstance(phone, str) and len(phone) <= LONGEST_PHONE


def _is_records(answer) -> bool:
    records = answer.get("records")
    return isinstance(records, list) and all(isinstance(record, dict) for record in records)


def _is_kinship(answer) -> bool:
    return _is_records(answer) and all(
        isinstance(record.get("iin"), str) and isinstance(record.get("kind"), str) for record in answer["records"]
    )


def _are_powers(answer) -> bool:
    return _is_records(answer) and all(_is_power(record) for record in answer["records"])


def _is_power(record) -> bool:
    words = all(isinstance(record.get(key), str) for key in ("number", "representative"))
    days = all(_may_be_day(record.get(key)) for key in ("valid_until", "revoked_on"))
    return words and days and _is_day(record.get("given_on")) and isinstance(record.get("services"), list)


def _may_be_day(value) -> bool:
    return value is None or _is_day(value)


def _is_day(value) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


SHAPES = {
    Register.IDENTITY: _is_identity,
    Register.MOBILE: _is_mobile,
    Register.ADDRESS: _is_address,
    Register.BIRTHS: _is_records,
    Register.MARRIAGE: _is_records,
    Register.SPOUSE_DEATH: _is_records,
    Register.KINSHIP: _is_kinship,
    Register.POWERS: _are_powers,
}
