"""Registers as files: a table for Excel, a sheet to be signed by hand."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from calendars.words import staff_datetime
from kazservices.documents import drawing
from kazservices.flow.deskpages import PdfFile, TableFile
from kazservices.flow.paper_facts import both


def of_consignment(consignment, kind: str):
    """A register of dispatch in two copies, with the receiver's mark (DUP-22)."""
    lines = list(consignment.items.select_related("case").order_by("place"))
    name = f"register-{consignment.direction}-{consignment.pk}"
    if kind == "csv":
        head = [_("№"), _("Case"), _("Full name"), _("State")]
        rows = [(line.place, _number(line), line.full_name, line.get_state_display()) for line in lines]
        return TableFile(name, _top(consignment), head, rows)
    context = {
        "consignment": consignment, "lines": [(line, _number(line)) for line in lines], "copies": (1, 2),
        "sender": both(consignment.sender, "name"), "receiver": both(consignment.receiver, "name"),
    }  # fmt: skip
    return PdfFile(name, _pdf("schools/duplicates/sheets/consignment.html", context, name))


def of_book(name: str, title: dict, head, rows, *, office, year: int):
    """A book of the school as a sheet, in both languages of its heads."""
    context = {"title": title, "head": head, "rows": rows, "office": both(office, "name"), "year": year}
    return PdfFile(name, _pdf("schools/duplicates/sheets/book.html", context, name))


def _pdf(template, context, name) -> bytes:
    return drawing.pdf(render_to_string(template, context), identifier=name)


def _number(line) -> str:
    return line.case.number if line.case_id else line.outside_number


def _top(consignment):
    signed = consignment.countersigned_at
    zone = consignment.school.time_for("duplicates").zone
    return [
        (_("Register №"), consignment.number),
        (_("From whom"), consignment.sender.name_kk),
        (_("To"), consignment.receiver.name_kk),
        (_("Sent"), staff_datetime(consignment.sent_at.astimezone(zone), "kk")),
        (_("Countersigned"), staff_datetime(signed.astimezone(zone), "kk") if signed else "–"),
    ]
