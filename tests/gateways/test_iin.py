"""Twelve digits, the last of which checks the others; the date and the sex in it are not read."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from kazservices.gateways.iin import check_digit, check_iin


@pytest.mark.parametrize(
    "iin",
    [
        "000101100006",  # one pass
        "000101100016",
        "000101100708",  # two passes
        "000101100721",
        "991240000003",  # a BIN: there is no month 40, and that is no error
    ],
)
def test_a_right_number_passes(iin):
    check_iin(iin)


@pytest.mark.parametrize("iin", ["000101100007", "123456789011", "123456789021"])
def test_a_wrong_check_digit_is_refused(iin):
    with pytest.raises(ValidationError) as refusal:
        check_iin(iin)
    assert refusal.value.code == "iin_digit"


@pytest.mark.parametrize("base", ["00010110071", "00010110152"])
def test_a_number_that_gives_ten_twice_is_never_used(base):
    assert check_digit(base) is None
    for last in range(10):
        with pytest.raises(ValidationError):
            check_iin(f"{base}{last}")


@pytest.mark.parametrize("value", ["", "00010110000", "0001011000066", "00010110000x", "٠٠٠١٠١١٠٠٠٠٦", " 00101100006"])
def test_what_is_not_twelve_digits_is_refused(value):
    with pytest.raises(ValidationError) as refusal:
        check_iin(value)
    assert refusal.value.code == "iin_length"


def test_the_check_digit_may_be_switched_off_for_test_certificates(settings):
    settings.KAZ_IIN_CHECK_DIGIT = False
    check_iin("123456789011")
    with pytest.raises(ValidationError):
        check_iin("12345678901")


@pytest.mark.parametrize("iin", ["0001011", "000101100007"])
def test_the_message_is_in_the_readers_language(iin):
    said = set()
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            with pytest.raises(ValidationError) as refusal:
                check_iin(iin)
            said.add(refusal.value.messages[0])
    assert len(said) == 3


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(0, 9), st.integers(1, 9))
def test_a_digit_misread_is_seen_in_numbers_of_one_pass(eleven, place, shift):
    """The eleventh alone is not: its weight is eleven, which is nothing modulo eleven."""
    misread = eleven[:place] + str((int(eleven[place]) + shift) % 10) + eleven[place + 1 :]
    assume(10 not in (first_pass(eleven), first_pass(misread)))
    assert check_digit(misread) != check_digit(eleven)


def first_pass(eleven):
    return sum(int(digit) * weight for weight, digit in enumerate(eleven, 1)) % 11
