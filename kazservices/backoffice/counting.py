"""Counts that stay quick however much there is to count: beyond a bound, that there are more is all one needs."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

IN_THE_MENU = 99
PER_PAGE, PAGES = 25, 40


def at_most(found, bound: int) -> int:
    """How many rows there are, counted no further than one beyond the bound."""
    return found.order_by()[: bound + 1].count()


def in_the_menu(found) -> str:
    """«7», or «99+»."""
    counted = at_most(found, IN_THE_MENU)
    return str(counted) if counted <= IN_THE_MENU else f"{IN_THE_MENU}+"


class FirstPages(Paginator):
    """The pages of a queue: nobody turns to the forty-first, a filter leads there sooner."""

    def __init__(self, found):
        super().__init__(found, PER_PAGE)

    @cached_property
    def _counted(self) -> int:
        return at_most(self.object_list, PER_PAGE * PAGES)

    @property
    def goes_on(self) -> bool:
        """There is more than these pages show."""
        return self._counted > PER_PAGE * PAGES

    @cached_property
    def count(self) -> int:
        return min(self._counted, PER_PAGE * PAGES)
