"""The days of 2022-2027 as the acts and press calendars print them, typed by hand: for checks only.

A year: its holidays, those of them that never shift (7 January, Kurban ait), the days given for holidays on a
weekend in a five-day week, the days off moved there by acts, and the weekend days worked for them.
"""

from datetime import date

PRINTED = {
    2022: (
        "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 07-09 08-30 10-25 12-16",
        "01-07 07-09",
        "01-03 01-04 05-02 05-10",
        "03-07 08-29 10-24",
        "03-05 08-27 10-22",
    ),
    2023: (
        "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 06-28 07-06 08-30 10-25 12-16",
        "01-07 06-28",
        "01-03 05-08 12-18",
        "07-07",
        "07-01",
    ),
    2024: (
        "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 06-16 07-06 08-30 10-25 12-16",
        "01-07 06-16",
        "03-25 07-08",
        "05-08",
        "05-04",
    ),
    2025: (
        "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 06-06 07-06 08-30 10-25 12-16",
        "01-07 06-06",
        "03-10 03-24 03-25 07-07 09-01 10-27",
        "01-03",
        "01-05",
    ),
    2026: (
        "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 05-27 07-06 10-25 12-16",
        "01-07 05-27",
        "03-09 03-24 03-25 05-11 10-26",
        "",
        "",
    ),
    2027: (
        "01-01 01-02 01-07 03-08 03-15 03-21 03-22 03-23 05-01 05-07 05-09 05-16 07-06 10-25 12-16",
        "01-07 05-16",
        "01-04 03-24 05-03 05-10",
        "",
        "",
    ),
}


def _days(column: int) -> frozenset[date]:
    return frozenset(
        date.fromisoformat(f"{year}-{day}") for year, row in PRINTED.items() for day in row[column].split()
    )


HOLIDAYS, UNSHIFTED, GIVEN, MOVED_OFF, WORKED = (_days(column) for column in range(5))
OFF_FIVE = HOLIDAYS | GIVEN | MOVED_OFF
FIRST, LAST = date(2022, 1, 1), date(2027, 12, 31)
