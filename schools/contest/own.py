"""The file of a school's own selection: number, name, points; the school's own scale. Norm: ADM-C45."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kazservices.documents.models import Attachment
from kazservices.documents.service import open_attachment
from schools.contest.scorefile import Fault, Unreadable, lines

COLUMNS = ("number", "name", "points")


@dataclass(frozen=True)
class OwnRow:
    line: int
    number: str
    full_name: str
    points: int


def read(content: bytes) -> tuple[list[OwnRow], list[Fault]]:
    """The rows, and what is wrong with them; equal points stand as the commission of the school lists them."""
    rows, faults, seen = [], [], set()
    for line, cells in lines(content, COLUMNS):
        if fault := _fault(cells, seen):
            faults.append(Fault(line, fault))
        else:
            rows.append(OwnRow(line, cells["number"], cells["name"], int(cells["points"])))
        seen.add(cells["number"])
    if not rows and not faults:
        raise Unreadable(_("The file has no line with a score."))
    return rows, faults


def read_kept(case, file) -> list[OwnRow]:
    """The rows of a file that lies in the case. Raises ValidationError with every wrong line."""
    with open_attachment(Attachment.objects.get(pk=file, case_id=case.pk)) as stored:
        try:
            rows, faults = read(stored.read())
        except Unreadable as fault:
            raise ValidationError({"file": str(fault)}) from None
    if faults:
        raise ValidationError({"file": [str(fault) for fault in faults]})
    return rows


def _fault(cells, seen) -> str:
    if not cells["number"] or not cells["name"]:
        return _("the number or the name lacks.")
    if cells["number"] in seen:
        return _("candidate %(number)s stands here twice.") % {"number": cells["number"]}
    if not cells["points"].lstrip("-").isdecimal():
        return _("the points must be a whole number.")
    return ""
