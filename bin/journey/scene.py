"""Where a walk stands: its people, the product's clock, and the book in which it writes."""

from dataclasses import dataclass
from datetime import datetime

from cast import Cast, Citizen, Official
from ledger import Ledger


@dataclass
class Scene:
    """A chapter with more to remember has a scene of its own."""

    cast: Cast
    ledger: Ledger

    def citizen(self, name: str) -> Citizen:
        return self.cast.citizens[name]

    def clock_to(self, moment: datetime) -> None:
        self.cast.product.clock_to(moment)

    def tell(self, who: str, what: str) -> None:
        """Write a step down at the product's own time."""
        self.ledger.step(self.cast.product.now(), who, what)

    def of_citizen(self, citizen: Citizen, name: str, title: str, *, top: str = "") -> None:
        self.ledger.picture(name, title, self.cast.camera.take(citizen.browser, phone=True, top=top))

    def of_staff(self, official: Official, name: str, title: str, address: str = "", *, whole=False, top="") -> None:
        taken = self.cast.camera.take(official.browser, phone=False, address=address, whole=whole, top=top)
        self.ledger.picture(name, title, taken)

    def of_paper(self, pdf: bytes, name: str, title: str) -> None:
        self.ledger.picture(name, title, self.cast.camera.take_paper(pdf))
