"""The tables that the product gives away, read as an auditor's program would read them."""

import csv
import io

from cast import Official

COUNT = "Жолдар саны"  # an auditor of the demo reads Kazakh


def rows_of(official: Official, address: str) -> list[list[str]]:
    """The rows of an export; its last line must count them, or it was cut."""
    text = official.browser.take(address).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
    words, number = rows[-1]
    head = len(rows) - 1 - int(number)
    if words != COUNT or head < 1:
        raise ValueError(f"the export {address} was cut: {rows[-1]}")
    return rows[head:-1]
