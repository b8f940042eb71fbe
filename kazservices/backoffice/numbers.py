"""Numbers out of an address or a form: whatever else is written there is no number, and no error."""

LONGEST = 18


def whole(text: str) -> int | None:
    """The whole number that is written, if a database can hold it."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
