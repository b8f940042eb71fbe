"""Pages of a case that stand beside its services: an app above them brings one, the desk draws it in its shell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

_pages: dict[str, "CasePage"] = {}


@dataclass(frozen=True)
class AskedOfCase:
    """Who asks for a page of this case, which is his to see in full, and with what."""

    user: object
    case: object
    query: Mapping
    #: What was sent; none when the page is only read.
    data: Mapping | None = None
    files: Mapping | None = None


@dataclass(frozen=True)
class CasePage:
    """One page: what it is called, whom it opens to, and what it shows or does.

    ``opens``: (case, user); ``answer``: (AskedOfCase) -> what a desk page answers with (``deskpages``).
    """

    code: str
    label: str
    opens: Callable
    answer: Callable[[AskedOfCase], object]
    icon: str = "paper"


def register(page: CasePage) -> None:
    _pages[page.code] = page


def page_of(code: str) -> CasePage | None:
    return _pages.get(code)


def pages_for(case, user) -> list[CasePage]:
    """The pages of this case that open to this person."""
    return [page for page in _pages.values() if page.opens(case, user)]
