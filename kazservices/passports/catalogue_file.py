"""What the catalogue's file has to say; every fault is named by its line, as in a passport."""

from pathlib import Path

from .faults import PassportError, Place
from .files import parse, shown
from .register import norm
from .shapes import code, kazakh, many, optional, record, text

WORDS = record(kk=kazakh(80), ru=text(80), en=text(80))
ENTRY = record(
    code=code,
    norm=optional(norm, ""),
    raw=optional(text(), ""),
    kk=optional(kazakh(), ""),
    ru=optional(text(), ""),
    plain=optional(WORDS),
    refers=optional(record(kk=kazakh(), ru=text(), en=text(), url=optional(text(200), ""))),
)
GROUP = record(code=code, kk=kazakh(60), ru=text(60), en=text(60), services=many(ENTRY, key="code", least=1))
CATALOGUE = record(groups=many(GROUP, key="code", least=1), rest=WORDS)


def read_catalogue(path: Path) -> dict:
    """The catalogue in a file. Raises PassportError with all that is wrong in it."""
    place = Place(shown(path), 1, "")
    content = CATALOGUE(parse(path.read_bytes(), place), place)
    if place.faults:
        raise PassportError(*sorted(place.faults, key=lambda fault: fault.line))
    return content
