"""The individual identification number: twelve digits, the last of which checks the others.

Neither the date of birth nor the sex is read from it: since decree 853 of 26.08.2013 a mismatch is no error.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def check_digit(eleven: str) -> int | None:
    """The twelfth digit; none when both passes give 10: such a number is never used."""
    for weights in (FIRST, SECOND):
        remainder = sum(int(digit) * weight for digit, weight in zip(eleven, weights, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def check_iin(value: str) -> None:
    """Raise ValidationError unless the value can be an IIN (or a BIN)."""
    if len(value) != 12 or not (value.isascii() and value.isdigit()):
        raise ValidationError(_("An IIN has 12 digits. Check the number."), code="iin_length")
    if settings.KAZ_IIN_CHECK_DIGIT and check_digit(value[:11]) != int(value[11]):
        raise ValidationError(
            _("There is no such IIN: one of its digits is wrong. Check the number."), code="iin_digit"
        )
