"""Pages of the desk that an app brings itself: a book, a register, an exchange. The desk draws them in its shell.

A service names its pages in its manifest; an app that keeps registers and is no service makes its own known here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

_books: dict[str, tuple["DeskPage", ...]] = {}


@dataclass(frozen=True)
class Asked:
    """Who asks for a page and with what: ``offices`` are those of today in which one of the page's roles is held."""

    user: object
    offices: list
    query: Mapping
    #: What was sent; none when the page is only read.
    data: Mapping | None = None
    files: Mapping | None = None

    @property
    def office(self):
        """The office chosen in the address, else the first."""
        return next((one for one in self.offices if str(one.pk) == self.query.get("office")), self.offices[0])


@dataclass(frozen=True)
class Shown:
    """A page: its template with its context; ``wrong``: what was sent was not taken."""

    template: str
    context: dict
    wrong: bool = False


@dataclass(frozen=True)
class Done:
    """What was sent was done: said in words, and the page is shown anew."""

    words: str
    query: str = ""


@dataclass(frozen=True)
class TableFile:
    """A table as CSV; the rows are read as they are sent."""

    name: str
    top: Iterable
    head: Iterable
    rows: Iterable


@dataclass(frozen=True)
class PdfFile:
    """A sheet to be printed."""

    name: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file that was made before, as it lies in the storage."""

    name: str
    file: object
    content_type: str


@dataclass(frozen=True)
class DeskPage:
    """One page: whom it opens to, which offices it concerns, and what it shows or does.

    ``answer``: (Asked) -> Shown, Done, TableFile or PdfFile; may raise PermissionDenied and Http404.
    """

    code: str
    label: str
    roles: tuple[str, ...]
    answer: Callable[[Asked], object]
    icon: str = "list"
    #: Does it say anything to this office? Empty: to those that keep the service.
    concerns: Callable | None = field(default=None)


def register(app: str, *pages: DeskPage) -> None:
    """Pages of an app that is no service: each says itself which offices it concerns."""
    _books[app] = pages


def registered() -> dict[str, tuple[DeskPage, ...]]:
    return dict(_books)
