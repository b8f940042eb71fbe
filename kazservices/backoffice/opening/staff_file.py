"""The staff of an office from a CSV file: all lines are right, or nothing is taken."""

import csv
import io
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kazservices.offices.models import Office

from .links import send_link
from .people import COLUMNS, PersonForm, overlap, plain_name

MOST_LINES, MOST_BYTES = 500, 1_000_000
SAMPLE = (
    ("asel.head", "Асель Нұрланова", "head", "Аудан әкімінің орынбасары", "Заместитель акима района",
     "2026-03-16", "", "№ 7-к, 12.03.2026", "asel@example.kz", "+77000000101", "kk"),
    ("daniyar.member", "Данияр Омаров", "member", "Комиссия мүшесі", "Член комиссии",
     "16.03.2026", "31.12.2026", "№ 7-к, 12.03.2026", "", "+77000000102", "ru"),
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line of the file; line 0: in the file as a whole."""

    line: int
    field: str
    message: str


def take(text: str, office, *, by) -> tuple[int, list[Fault]]:
    """Write all posts of a file, and send each new account its link: (how many posts, the faults that forbid it)."""
    with transaction.atomic():
        office = Office.objects.select_for_update().get(pk=office.pk)
        lines, faults = _read(text, office, by)
        if faults:
            return 0, faults
        for user in [form.save() for _number, form in lines]:
            if user is not None:
                send_link(user, office)
    return len(lines), []


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, with or without a mark at its beginning. Raises UnicodeDecodeError."""
    return content.decode("utf-8-sig")


def sample() -> str:
    """A file to begin from, as Excel opens it."""
    lines = io.StringIO()
    csv.writer(lines, delimiter=";", lineterminator="\r\n").writerows([COLUMNS, *SAMPLE])
    return "\ufeff" + lines.getvalue()


def _read(text, office, by) -> tuple[list[tuple[int, PersonForm]], list[Fault]]:
    """The lines of the file as forms, by their numbers, and all that is wrong in them."""
    try:
        rows, missing = _rows(text)
    except csv.Error:
        return [], [Fault(0, "", _("The file cannot be read as CSV: look at its quotation marks."))]
    if missing:
        return [], [Fault(1, "", _("The first line lacks these columns: %(names)s") % {"names": ", ".join(missing)})]
    if not rows:
        return [], [Fault(0, "", _("There is nobody in the file: only the names of the columns."))]
    if len(rows) > MOST_LINES:
        return [], [Fault(0, "", _("More than %(most)s lines. Send them in parts.") % {"most": MOST_LINES})]
    broken = [number for number, row in rows if None in row or None in row.values()]
    lines = _forms([(number, row) for number, row in rows if number not in broken], office, by)
    faults = [Fault(number, "", _("This line has more or fewer fields than the first one.")) for number in broken]
    faults += [
        Fault(number, name, message) for number, form in lines for name, said in form.errors.items() for message in said
    ]
    return lines, sorted([*faults, *_among_themselves(lines)], key=lambda fault: fault.line)


def _rows(text) -> tuple[list[tuple[int, dict]], list[str]]:
    """(number, fields by column) of each line that is not empty; and the columns that the first line lacks."""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in reader.fieldnames]
    return ([] if missing else [(reader.line_num, row) for row in reader if any(row.values())]), missing


def _forms(rows, office, by) -> list[tuple[int, PersonForm]]:
    written = [(number, {name: row[name].strip() for name in COLUMNS}) for number, row in rows]
    reached = {data["login"].casefold() for _number, data in written if data["email"] or data["phone"]}
    found = []
    for number, data in written:
        data["language"] = data["language"] or "kk"
        has_contact = data["login"].casefold() in reached
        found.append((number, PersonForm(data, office=office, by=by, has_contact=has_contact)))
    return found


def _among_themselves(lines):
    """What is wrong with lines that are right each by itself: one login for two people, one post twice."""
    names, posts = {}, {}
    for number, form in lines:
        data = form.cleaned_data
        if "login" not in data or "full_name" not in data:
            continue
        login, named = data["login"].casefold(), plain_name(data["full_name"])
        known, before = names.setdefault(login, (named, number))
        if known != named:
            yield Fault(number, "login", _("Line %(line)s gives this login to another person.") % {"line": before})
        if "role" not in data or "since" not in data:
            continue
        term = (data["since"], data.get("until"))
        for before, other in posts.setdefault((login, data["role"]), []):
            if overlap(term, other):
                yield Fault(number, "role", _("The same post stands in line %(line)s already.") % {"line": before})
                break
        posts[login, data["role"]].append((number, term))
