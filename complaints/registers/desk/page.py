"""The registers of an office on one page: proposals, conclusions, all measures. Norms: LAW-25-3, LAW-29-4."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.registers import service
from complaints.registers.forms import AnswerForm, ConclusionForm, ProposalForm
from complaints.registers.models import Conclusion, Measure, Proposal
from kazservices.flow.deskpages import Asked, DeskPage, Done, Shown, StoredFile
from kazservices.offices.service import roles_of

from . import measures
from .tables import table

A_PAGE = 50


@dataclass(frozen=True)
class Book:
    """A register: its name, its rows, the form of a new line with what enters it; none of measures, which have none."""

    code: str
    label: str
    model: type
    form: type | None = None
    enter: Callable | None = None


BOOKS = {
    "proposals": Book("proposals", gettext_lazy("Proposals"), Proposal, ProposalForm, service.enter_proposal),
    "conclusions": Book(
        "conclusions", gettext_lazy("Public monitoring"), Conclusion, ConclusionForm, service.enter_conclusion
    ),
    "measures": Book("measures", gettext_lazy("All measures"), Measure),
}  # fmt: skip


def answer(asked: Asked):
    """A register, one line of it, or its file."""
    book = BOOKS.get(asked.query.get("book", "proposals"))
    if book is None:
        raise Http404("register")
    keeps = bool(set(service.KEEPERS) & roles_of(asked.user, asked.office))
    if asked.query.get("one"):
        return _one(asked, book, keeps)
    if asked.query.get("file") == "csv":
        return table(book.code, book.label, asked.office, _rows(asked.office, book))
    return _list(asked, book, keeps)


def _list(asked: Asked, book: Book, keeps: bool):
    form = None
    if asked.data is not None and not (keeps and book.form):
        raise PermissionDenied("register")
    if keeps and book.form:
        form = book.form(asked.data, asked.files) if asked.data is not None else book.form()
        if form.is_bound and (entered := _entered(form, book, asked)):
            words = _("Entered under № %(number)s.") % {"number": entered.number}
            return Done(words, query=f"office={asked.office.pk}&book={book.code}&one={entered.pk}")
    found = Paginator(_rows(asked.office, book), A_PAGE).get_page(asked.query.get("page"))
    context = {"book": book, "books": BOOKS.values(), "form": form, "page": found, "counts": _counts(asked.office)}
    context["rows"] = [_row(book, one) for one in found]
    return Shown("complaints/registers/books.html", context, wrong=bool(form and form.errors))


def _entered(form, book, asked):
    if not form.is_valid():
        return None
    try:
        return book.enter(asked.office, form.said(), by=asked.user)
    except ValidationError as error:
        form.take_errors(error)
        return None


def _one(asked: Asked, book: Book, keeps: bool):
    """One line with its measures; what the office does on it is entered here."""
    line = _line(asked, book)
    if asked.query.get("file") == "own":
        return _own_file(line)
    act = (asked.data or {}).get("act", "")
    if act in ("take", "answer") and not keeps:
        raise PermissionDenied("register")
    query = f"office={asked.office.pk}&book={book.code}&one={line.pk}"
    answering = _answering(line, asked, keeps)
    if answering and answering.is_bound and answering.is_valid() and _answered(answering, line, asked.user):
        return Done(_("The answer has been entered."), query=query)
    shown, words = measures.of_source(line, asked.data, asked.user, may_take=keeps)
    if words:
        return Done(words, query=query)
    wrong = shown.wrong or bool(answering and answering.errors)
    context = {"book": book, "line": line, "shown": shown, "answering": answering, "query": query}
    context["cases"] = list(line.cases.all()) if isinstance(line, Proposal) else []
    return Shown("complaints/registers/line.html", context, wrong=wrong)


def _line(asked: Asked, book: Book):
    key = asked.query["one"]
    found = book.model.objects.filter(office=asked.office, pk=key) if key.isdecimal() and len(key) < 12 else None
    line = found.select_related("office").first() if found is not None and book.form else None
    if line is None:
        raise Http404("line of a register")
    return line


def _answering(line, asked: Asked, keeps: bool) -> AnswerForm | None:
    if not (keeps and isinstance(line, Proposal) and line.answered_on is None):
        return None
    return AnswerForm(asked.data if (asked.data or {}).get("act") == "answer" else None)


def _answered(form, line, user) -> bool:
    try:
        service.answer_proposal(line, **form.cleaned_data, by=user)
    except ValidationError as error:
        form.take_errors(error)
        return False
    return True


def _own_file(line) -> StoredFile:
    if not getattr(line, "file", None):
        raise Http404("file")
    return StoredFile(line.file_name, line.file, line.file_type)


def _rows(office, book: Book):
    found = book.model.objects.filter(office=office).select_related("office")
    if book.model is Measure:
        return found.select_related("responsible", "proposal__office", "conclusion__office", "case").order_by(
            "done_on", "due_on", "pk"
        )
    return found.prefetch_related("measures__office")


def _row(book: Book, one) -> dict:
    if book.model is Measure:
        return measures.row_of(one)
    taken = list(one.measures.all())
    return {
        "line": one,
        "measures": len(taken),
        "done": sum(measure.done_on is not None for measure in taken),
        "overdue": sum(measure.is_overdue for measure in taken),
        "unanswered": isinstance(one, Proposal) and one.is_overdue,
    }


def _counts(office) -> dict:
    """What an auditor looks for first, of the whole office."""
    today = office.today()
    return {
        "proposals": Proposal.objects.filter(office=office).overdue(today).count(),
        "conclusions": Conclusion.objects.filter(office=office).without_measure().count(),
        "measures": Measure.objects.filter(office=office).overdue(today).count(),
    }


PAGE = DeskPage(
    "quality",
    gettext_lazy("Proposals and measures"),
    service.READERS,
    answer,
    icon="check",
    concerns=lambda office: True,
)
