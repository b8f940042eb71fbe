"""Service areas: a table of addresses loaded from CSV with every wrong line told; whose area an address lies in.

A street may have several spellings, parted by «|»: «Абай көшесі | улица Абая»; so may a locality. Two villages may have
the same street: a line with a locality holds for that one alone, a line without one wherever the street is.
An address that two schools name is on the border: both lines say so, or the second file is not loaded. A child who
lives there is of the area of both. Norms: ADM-9, GAP-06.
"""

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kazservices import clock
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of
from schools.admission.models.areas import AreaAddress, AreaEdition

HEAD = ["locality", "street", "from", "to", "side", "border"]
#: A town without villages needs no locality: its file may leave the column out.
SHORT_HEAD = HEAD[1:]
LONGEST, LARGEST = 5_000, 1_000_000  # lines, and bytes of a file
WORDS = re.compile(
    r"\b(көшесі|көше|к-сі|даңғылы|даңғыл|д-лы|тұйығы|шағын ауданы|шағынауданы|ы\.а|улица|ул|проспект|пр-т|пр|"
    r"переулок|пер|микрорайон|мкр|тупик)\b\.?"
)
PLACES = re.compile(
    r"\b(ауылдық округі|ауылы|ауыл|кенті|кент|қаласы|қала|селосы|поселок|пос|село|"
    r"город|аул|станциясы|станция|ст|а|с|г|п)\b\.?"
)
YES, NO = {"yes", "иә", "да", "1"}, {"no", "жоқ", "нет", "0", ""}
Side = AreaAddress.Side


@dataclass(frozen=True)
class Line:
    """One line of a file: a street, or its houses from one number to another; one spelling of its name."""

    number: int
    street: str
    first: int | None
    last: int | None
    side: str
    border: bool
    locality: str = ""

    @property
    def key(self) -> str:
        return street_key(self.street)

    @property
    def locality_key(self) -> str:
        return locality_key(self.locality)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a line, by its number in the file."""

    number: int
    why: str


@dataclass(frozen=True)
class Match:
    """Where an address lies: in the area or not, by which edition; on the border; not in any table."""

    local: bool
    edition: AreaEdition | None
    on_border: bool = False
    known: bool = True


def street_key(street: str) -> str:
    """A street as it is compared: without «street», capitals and signs."""
    bare = WORDS.sub(" ", street.casefold().replace("ё", "е"))
    return " ".join(re.sub(r"[^\w\s]", " ", bare).split())


def locality_key(locality: str) -> str:
    """A village or town as it is compared: without «village», capitals and signs."""
    bare = PLACES.sub(" ", locality.casefold().replace("ё", "е"))
    return " ".join(re.sub(r"[^\w\s]", " ", bare).split())


def house_number(house: str) -> int | None:
    """The number of a house; what follows it (12а, 12/1) is of the same house."""
    found = re.match(r"\s*(\d{1,6})", house)
    return int(found[1]) if found else None


def match(office, street: str, house: str, day: date, locality: str = "") -> Match:
    """Whether an address lies in the service area of a school on a day. Norms: ADM-9, ADM-9-5."""
    own = AreaEdition.objects.on(office, day)
    number, place = house_number(house), locality_key(locality)
    found = [row for row in _of_street(street, day) if row.locality_key in ("", place) and _holds(row, number)]
    mine = [row for row in found if own is not None and row.edition_id == own.pk]
    return Match(bool(mine), own, on_border=bool(mine) and len(found) > len(mine), known=bool(found))


def wants_locality(street: str, day: date) -> bool:
    """Whether a street stands in the tables of the day by its village or town: the street alone says nothing then."""
    return _of_street(street, day).exclude(locality_key="").exists()


def _of_street(street, day):
    editions = AreaEdition.objects.of_all(day)
    return AreaAddress.objects.filter(edition__in=editions, key=street_key(street)).select_related("edition")


def read(content: bytes) -> tuple[list[Line], list[Wrong]]:
    """The lines of a file, and what is wrong in it, line by line; nothing is loaded."""
    if len(content) > LARGEST:
        return [], [Wrong(0, _("The file is too large."))]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Wrong(0, _("The file is not UTF-8. Save it anew as CSV UTF-8."))]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if head not in (HEAD, SHORT_HEAD):
        return [], [Wrong(1, _("The first line names the columns: %(head)s.") % {"head": "; ".join(HEAD)})]
    if len(rows) > LONGEST:
        return [], [Wrong(LONGEST, _("The file has too many lines."))]
    lines, wrong = [], []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            read_one = _line(number, row, len(head))
            if isinstance(read_one, Wrong):
                wrong.append(read_one)
            else:
                lines += _spelt(read_one)
    return lines, wrong + _repeated(lines)


def conflicts(office, lines, day: date) -> list[Wrong]:
    """Addresses of another school's area that are not marked as border in both: clear, by line. Norm: GAP-06."""
    others = AreaAddress.objects.filter(edition__in=AreaEdition.objects.of_all(day)).exclude(edition__office=office)
    rows = list(others.filter(key__in={line.key for line in lines}).select_related("edition__office"))
    found = []
    for line in lines:
        for row in (row for row in rows if row.key == line.key and _meet(line, row)):
            if not (line.border and row.border):
                why = _(
                    "This address lies in the area of %(school)s too. Mark it as border in both files, or take it out."
                )
                found.append(Wrong(line.number, why % {"school": row.edition.office.code}))
                break
    return found


@transaction.atomic
def load(office, content: bytes, *, valid_from: date, act: str, by) -> tuple[AreaEdition | None, list[Wrong]]:
    """Load the whole file as the area from a day on, or nothing of it, with every wrong line told.

    Raises PermissionDenied. Norms: ADM-9, GAP-06.
    """
    if not {Role.HEAD, Role.ACADEMIC_DEPUTY, Role.OPERATOR} & roles_of(by, office):
        raise PermissionDenied("areas")
    lines, wrong = read(content)
    wrong += conflicts(office, lines, valid_from)
    if not lines and not wrong:
        wrong = [Wrong(0, _("The file has no addresses."))]
    if not act.strip():
        wrong = [*wrong, Wrong(0, _("Name the act that sets the area."))]
    if AreaEdition.objects.filter(office=office, valid_from=valid_from).exists():
        wrong = [*wrong, Wrong(0, _("An edition of the area begins on this day already."))]
    if wrong:
        return None, sorted(wrong, key=lambda one: one.number)
    edition = AreaEdition.objects.create(
        office=office, valid_from=valid_from, act=act.strip(), loaded_at=clock.now(), loaded_by=by
    )
    AreaAddress.objects.bulk_create(
        AreaAddress(
            edition=edition, street=line.street, key=line.key, first=line.first, last=line.last, side=line.side,
            border=line.border, locality=line.locality, locality_key=line.locality_key,
        )
        for line in lines
    )  # fmt: skip
    return edition, []


def _spelt(line) -> list[Line]:
    """One line for each spelling of its locality and of its street."""
    places, streets = line.locality.split("|"), line.street.split("|")
    return [replace(line, locality=place.strip(), street=street.strip()) for place in places for street in streets]


def _line(number, row, columns) -> Line | Wrong:
    if len(row) != columns:
        return Wrong(number, _("%(count)s columns are expected here.") % {"count": columns})
    *place, street, first, last, side, border = (cell.strip() for cell in row)
    locality = place[0] if place else ""
    side, border = side.casefold() or Side.ALL, border.casefold()
    if locality and not all(locality_key(name) for name in locality.split("|")):
        return Wrong(number, _("The locality is missing: write its name."))
    if why := _fault(street, first, last, side, border):
        return Wrong(number, why)
    ends = (int(first), int(last or first)) if first else (None, None)
    return Line(number, street, *ends, side, border in YES, locality)


def _fault(street, first, last, side, border) -> str:
    """What is wrong with the cells of a line: the first fault in words, or nothing."""
    digits = all(not cell or cell.isdecimal() for cell in (first, last))
    faults = (
        (not all(street_key(name) for name in street.split("|")), _("The street is missing.")),
        (not digits, _("A number of a house has digits only.")),
        (side not in Side.values, _("The side is one of these: %(sides)s.") % {"sides": ", ".join(Side.values)}),
        (border not in YES | NO, _("Border is yes or no.")),
        (last and not first, _("The first number is missing.")),
        (digits and first and last and int(last) < int(first), _("The last number stands before the first.")),
    )
    return next((why for is_wrong, why in faults if is_wrong), "")


def _repeated(lines) -> list[Wrong]:
    """Two lines of one file that name the same houses."""
    wrong, by_key = [], {}
    for line in lines:
        known = by_key.setdefault(line.key, [])
        before = next((one for one in known if one.number != line.number and _meet(line, one)), None)
        if before is not None:
            why = _("Line %(number)s names these houses already.") % {"number": before.number}
            wrong.append(Wrong(line.number, why))
        known.append(line)
    return wrong


def _meet(a, b) -> bool:
    """Whether two rows of a street of this name have a house in common; another village has another street."""
    if a.locality_key and b.locality_key and a.locality_key != b.locality_key:
        return False
    if Side.ALL not in (a.side, b.side) and a.side != b.side:
        return False
    if a.first is None or b.first is None:
        return True
    first, last = max(a.first, b.first), min(a.last, b.last)
    sides = {a.side, b.side} - {Side.ALL}
    return any(_on(side, first, last) for side in sides) if sides else first <= last


def _on(side, first, last) -> bool:
    """Whether a span has a house of this side."""
    return first < last or (first == last and (first % 2 == 1) == (side == Side.ODD))


def _holds(row, number) -> bool:
    if row.first is None and row.side == Side.ALL:
        return True
    if number is None or (row.side != Side.ALL and (number % 2 == 1) != (row.side == Side.ODD)):
        return False
    return row.first is None or row.first <= number <= row.last
