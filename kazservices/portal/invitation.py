"""The hearing as an iCalendar entry (RFC 5545)."""

from datetime import UTC, timedelta

from django.utils.translation import gettext as _

HEARING_LASTS = timedelta(hours=1)


def calendar_entry(case, hearing, at) -> str:
    """An entry that any telephone can add; the number of the case, and no name."""
    title = _("Hearing, case № %(number)s") % {"number": case.number}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//kazservices//hearing//KK",
        "BEGIN:VEVENT",
        f"UID:{case.ref}-{hearing.number}@kazservices",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(hearing.held_at)}",
        f"DTEND:{_moment(hearing.held_at + HEARING_LASTS)}",
        f"SUMMARY:{_text(title)}",
        f"LOCATION:{_text(hearing.place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _moment(at) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str):
    """Lines of at most 75 octets, never cut inside a letter."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            yield part
            part = " "
        part += letter
    yield part
