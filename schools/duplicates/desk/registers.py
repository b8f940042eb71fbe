"""The registers of issue: of duplicates and of originals, on screen and as files. Norms: DUP-4, DUP-6, DUP-12."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from kazservices.design.languages import in_language
from kazservices.documents.models import Paper
from kazservices.flow.deskpages import Asked, Shown, TableFile
from kazservices.masks import initials
from schools.duplicates import papers
from schools.duplicates.models.application import DuplicateApplication
from schools.duplicates.models.original import Original

from . import sheets

TITLES = {
    "duplicates": {"kk": "Берілген телнұсқаларды тіркеу кітабы", "ru": "Книга регистрации выданных дубликатов"},
    "originals": {
        "kk": "Білім туралы құжаттардың түпнұсқаларын тіркеу кітабы",
        "ru": "Книга регистрации оригиналов документов об образовании",
    },
}
NAMES = {
    "duplicates": gettext_lazy("Register of issued duplicates"),
    "originals": gettext_lazy("Register of originals"),
}


@dataclass(frozen=True)
class Row:
    """One line of a register of issue."""

    number: str
    on: object
    name: str
    document: str
    basis: str
    blank: str
    handed_over_on: object
    receiver: str
    ref: object
    #: Who it was, where the person did not come himself.
    by_another: bool = False
    #: Why it stands in the register and is in force no longer.
    note: str = ""

    @property
    def masked(self) -> str:
        return initials(self.name)

    @property
    def masked_receiver(self) -> str:
        return initials(self.receiver) if self.by_another else self.receiver

    def cells(self) -> tuple:
        return (
            self.number, _day(self.on), self.name, self.document, self.basis, self.blank, _day(self.handed_over_on),
            self.receiver, self.note,
        )  # fmt: skip


def answer(asked: Asked):
    """A year of one of the two registers; names stand in full only in the files."""
    office = asked.office
    book = asked.query.get("book") if asked.query.get("book") in TITLES else "duplicates"
    years = asked.query.get("year", "")
    year = int(years) if years.isdecimal() and len(years) == 4 else office.today().year
    kind = asked.query.get("file")
    if kind == "csv":
        rows = (row.cells() for row in rows_of(book, office, year))
        return TableFile(f"{book}-{year}", [(NAMES[book], year)], head(), rows)
    if kind == "pdf":
        with override("kk"):
            found = [row.cells() for row in rows_of(book, office, year)]
            return sheets.of_book(f"{book}-{year}", TITLES[book], head(), found, office=office, year=year)
    context = {
        "book": book, "year": year, "rows": list(rows_of(book, office, year)), "head": head(),
        "years": [office.today().year - back for back in range(5)], "title": NAMES[book],
    }  # fmt: skip
    return Shown("schools/duplicates/desk/registers.html", context)


def head() -> list[str]:
    return [
        _("Register №"), _("Date"), _("Full name"), _("Document"), _("Basis"), _("Blank"), _("Handed over"),
        _("To whom"), _("Note"),
    ]  # fmt: skip


def rows_of(book, office, year):
    return _duplicates(office, year) if book == "duplicates" else _originals(office, year)


def _duplicates(office, year):
    found = DuplicateApplication.objects.filter(office=office, outcome="duplicate")
    found = found.filter(register_number__endswith=f"/{year}").select_related("applicant", "category")
    issued = dict(
        Paper.objects.given().filter(case__in=found, kind=papers.DUPLICATE).values_list("case_id", "issued_at")
    )
    rows = [
        _row(
            case, on=issued.get(case.pk) and case.time.local(issued[case.pk]).date(), name=case.applicant.full_name,
            document=str(case.get_document_display()), basis=in_language(case.category, "plain"),
        )
        for case in found.select_related("office").prefetch_related("blanks")
    ]  # fmt: skip
    return sorted([*rows, *_annulled(office, year)], key=lambda row: _place(row.number))


def _annulled(office, year):
    """The entries of withdrawn duplicates: a number of the register is never lost. Norm: DUP-12."""
    fallen = Paper.objects.filter(kind=papers.DUPLICATE, state=Paper.State.WITHDRAWN, case__office=office)
    fallen = fallen.filter(facts__register_number__endswith=f"/{year}").select_related("case__office", "withdrawn_by")
    cases = DuplicateApplication.objects.select_related("category").in_bulk(fallen.values_list("case_id", flat=True))
    for paper in fallen.order_by("pk"):
        said, local = paper.facts, paper.case.time.local
        language = "ru" if get_language() == "ru" else "kk"
        day = f"{local(paper.withdrawn_at):%d.%m.%Y}"
        act = paper.withdrawn_by
        note = _("Annulled by act № %(number)s of %(day)s") % {"number": act.number, "day": day} if act else ""
        yield Row(
            said["register_number"], local(paper.issued_at).date(), said["applicant"]["full_name"],
            said["document"][language], in_language(cases[paper.case_id].category, "plain"),
            f"{said['blank']['series']} № {said['blank']['number']}", None, "", paper.case.ref,
            note=note or _("Annulled on %(day)s") % {"day": day},
        )  # fmt: skip


def _originals(office, year):
    found = Original.objects.filter(office=office, register_number__endswith=f"/{year}").prefetch_related("blanks")
    for case in _in_order(found):
        basis = f"{case.get_basis_display()} № {case.basis_number}"
        document = str(case.get_document_display())
        if case.with_distinction:
            document = _("%(document)s, with distinction") % {"document": document}
        yield _row(case, on=case.basis_date, name=case.graduate, document=document, basis=basis)


def _in_order(found):
    return sorted(found.select_related("office"), key=lambda case: _place(case.register_number))


def _place(number: str) -> int:
    return int(number.partition("/")[0])


def _row(case, *, on, name, document, basis) -> Row:
    blanks = [str(blank) for blank in case.blanks.all() if blank.state in ("used", "assigned")]
    handed = case.handed_over_at and case.time.local(case.handed_over_at).date()
    receiver = case.receiver_name or (case.get_received_by_display() if case.received_by else "")
    return Row(
        case.register_number,
        on,
        name,
        document,
        basis,
        "; ".join(blanks),
        handed,
        receiver,
        case.ref,
        by_another=bool(case.receiver_name),
    )


def _day(day) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
