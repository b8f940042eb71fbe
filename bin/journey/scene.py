"""Where the walk stands: its people, its week, and the book in which it writes."""

from dataclasses import dataclass

from cast import Cast, Citizen, Official
from ledger import Ledger
from week import DayOff, Week


@dataclass
class Scene:
    """``week`` is the week as it is known at the moment of the walk: an act may change it."""

    cast: Cast
    week: Week
    ledger: Ledger
    day_off: DayOff | None = None

    def citizen(self, name: str) -> Citizen:
        return self.cast.citizens[name]

    def move_clock(self, number: int, hour: str) -> None:
        self.cast.product.clock_to(self.week.at(number, hour))

    def tell(self, who: str, what: str) -> None:
        """Write a step down at the product's own time."""
        self.ledger.step(self.cast.product.now(), who, what)

    def of_citizen(self, citizen: Citizen, name: str, title: str) -> None:
        self.cast.camera.take(citizen.browser, name, title, phone=True)

    def of_staff(self, official: Official, name: str, title: str, address: str = "", *, whole=False) -> None:
        self.cast.camera.take(official.browser, name, title, phone=False, address=address, whole=whole)
