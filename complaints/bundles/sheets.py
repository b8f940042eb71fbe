"""The sheets for people: each chapter, and the index that says what lies on which pages. Same facts, same bytes."""

import io
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language
from pypdf import PdfReader

from kazservices.documents import drawing
from kazservices.documents.checks import BROKEN, JPEG, PDF, PNG
from kazservices.documents.shapes import printed
from kazservices.flow.bundle import Chapter

#: What is told below the lines, over the whole sheet.
A_LINE = 160


@dataclass(frozen=True)
class Entry:
    """A line of the index: what it is, since when, on which pages, where it lies; ``why``: it is lost, and how."""

    title: str
    path: str
    date: str = ""
    first: int = 0
    last: int = 0
    why: str = ""
    sha256: str = ""

    @property
    def pages(self) -> str:
        if not self.first:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def draw_chapter(chapter: Chapter, number: str) -> bytes:
    context = {"title": printed(chapter.title), "number": number}
    if chapter.together:
        context |= _table(chapter)
    else:
        context["records"] = [_record(record) for record in chapter.records]
    return _drawn("complaints/bundles/paper_sheet.html", context, identifier=f"{number} {chapter.folder}")


def draw_index(context: dict) -> bytes:
    return _drawn("complaints/bundles/paper_index.html", context, identifier=f"index {context['number']}")


def pages_of(content: bytes, content_type: str) -> int:
    """How many sheets it fills when it is printed; what does not open as a file with pages counts as one."""
    if content_type in (JPEG, PNG):
        return 1
    if content_type != PDF:
        return 0
    try:
        return max(1, len(PdfReader(io.BytesIO(content)).pages))
    except BROKEN:
        return 1


def _table(chapter: Chapter) -> dict:
    """Many records of one kind: a row each, under the names of their lines."""
    head = list(dict.fromkeys(str(what) for record in chapter.records for what, _said in record.lines))
    said = [{str(what): printed(str(value or "")) for what, value in record.lines} for record in chapter.records]
    titles = [printed(str(record.title)) for record in chapter.records]
    rows = [(title, [line.get(what, "") for what in head]) for title, line in zip(titles, said, strict=True)]
    return {"head": head, "rows": rows}


def _record(record) -> dict:
    said = [(printed(str(what)), printed(str(value))) for what, value in record.lines if value not in (None, "")]
    short = [(what, value) for what, value in said if what and len(value) <= A_LINE and "\n" not in value]
    long = [(what, value) for what, value in said if (what, value) not in short]
    return {"title": printed(str(record.title)), "lines": short, "texts": long}


def _drawn(template: str, context: dict, *, identifier: str) -> bytes:
    language = "ru" if get_language() == "ru" else "kk"
    text = render_to_string(template, {**context, "language": language})
    return drawing.pdf(text, identifier=f"{identifier} {language}")
