"""State registers: asked by IIN, in the body of a request, never in an address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .http import post
from .ports import GatewayError


class Register(models.TextChoices):
    """What the provider fetches itself and never asks of the applicant. Norm: LAW-5-P1."""

    IDENTITY = "identity", _("identity document and date of birth")
    BIRTHS = "births", _("births of children")
    MARRIAGE = "marriage", _("marriage")
    SPOUSE_DEATH = "spouse_death", _("death of the spouse")
    MOBILE = "mobile", _("mobile number bound to the IIN")


def ask(register: str, iin: str, *, key: str) -> dict:
    """The answer of a register: {"found": bool, ...facts}. Raises GatewayError."""
    answer = post(f"/registers/{register}", {"iin": iin}, key=key)
    if not isinstance(answer, dict) or not isinstance(answer.get("found"), bool):
        raise GatewayError("nonsense")
    return answer
