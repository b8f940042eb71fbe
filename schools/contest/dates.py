"""The days of the year that the rules name for the contest: (month, day). Norm: WIN-SPEC."""

from datetime import date

BEGINS = (2, 1)  # our own: time enough for the order of the head before the intake
INTAKE_BEGINS = (3, 1)  # ADM-C16
INTAKE_ENDS = (4, 1)  # ADM-C16
REGISTER_BEFORE = (4, 3)  # ADM-C20
SCHEDULE_FROM = (4, 5)  # ADM-C28
SCHEDULE_BEFORE = (4, 15)  # ADM-C28
HELD_FROM = (4, 15)  # ADM-C27
HELD_UNTIL = (4, 30)  # ADM-C27
ORDERS_BEFORE = (5, 5)  # ADM-C42
ENROLLED_FROM = (9, 1)  # ADM-C42
YEAR_ENDS = (5, 31)  # our own: the last day of a school year


def day_of(year: int, day: tuple[int, int]) -> date:
    return date(year, *day)
