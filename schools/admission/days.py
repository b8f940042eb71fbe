"""The dates of the law that no edition's window carries. Pure."""

from datetime import date

#: «After 25 August»: the first day on which the order of the first class may be signed. Norm: ADM-9-6c.
ORDER_AFTER = (8, 25)
#: By the end of this year the child is six. Norm: ADM-9.
AGE = 6


def order_from(year: int) -> date:
    return date(year, ORDER_AFTER[0], ORDER_AFTER[1] + 1)


def is_six_that_year(born: date, year: int) -> bool:
    """Six years old, or becoming six in the calendar year; no upper bound. Norm: ADM-9."""
    return year - born.year >= AGE
