"""The days of the loop, written down by hand, and what its people do again and again."""

from datetime import date

from cast import Citizen, Official, desk
from ledger import Fault
from scene import Scene

SATURDAY = date(2026, 6, 6)  # the State Corporation works on Saturdays: accepted that day (GAP-36)
FIRST = date(2026, 6, 8)  # Monday, D1: the school's first working day after it
PREPARED = date(2026, 6, 10)  # Wednesday, D3
PREPARED_BY = date(2026, 6, 15)  # Monday: five working days after the day of registration, 9-12 and 15 June
#: 8-12 are D1 to D5, 15-19 are D6 to D10, 22-26 June are D11 to D15; the 15th is Friday 26 June.
DISPATCHED = date(2026, 6, 25)  # Thursday, D14: a day before the end
LAST = date(2026, 6, 26)  # Friday, D15
COLLECTED = date(2026, 6, 27)  # Saturday
STORED_UNTIL = date(2026, 7, 25)  # Saturday: one month after 25 June, and the corporation works
CAME = date(2026, 7, 27)  # Monday: one month and two days after 25 June
RESENT_BY = date(2026, 7, 28)  # Tuesday: one working day after Monday
POWER_CAME = date(2026, 7, 29)  # Wednesday

SCHOOL, CORPORATION = "41", "91"
EXCHANGE, STORAGE = "/admin/services/duplicates/exchange/", "/admin/services/duplicates/storage/"
BLANKS, REGISTERS = "/admin/services/duplicates/blanks/", "/admin/services/duplicates/registers/"


class Loop(Scene):
    """The school's people by their posts, and the clerk of the State Corporation.

    It remembers which blank and which number of the register of duplicates the first case got.
    """

    blank = number = ""

    @property
    def there(self) -> Official:
        return self.cast.official(f"corporation-clerk-{CORPORATION}")

    def school(self, post: str) -> Official:
        return self.cast.official(f"school-{post}-{SCHOOL}")

    def number_of(self, name: str) -> str:
        return self.school("clerk").open(self.citizen(name)).text.split("№ ")[1].split(" ")[0]

    def settled(self, citizen: Citizen, words: str):
        """The case at the school's desk, once it says so: sweeps and the corporation's system need their minute."""
        clerk = self.school("clerk")
        self.cast.product.until(lambda: words in clerk.browser.open(desk(citizen)).text, f"{citizen.case}: {words}")
        return clerk.page


def deed(page, act: str, **wanted):
    """The form of the exchange for a deed: of one direction, of one register, of one missing line."""
    for form in page.forms:
        said = {name: form.values(name) for name in form.names()}
        if said.get("act") == [act] and all(value in said.get(name, []) for name, value in wanted.items()):
            return form
    raise Fault(f"{page.url} has a form for {act} with {wanted}: {page.text[:1500]}")


def ref(citizen: Citizen) -> str:
    return citizen.case.strip("/").rsplit("/", 1)[-1]


def send(official: Official, direction: str, *citizens: Citizen):
    """Put these cases on a register in two copies and send it by courier."""
    page = official.browser.open(EXCHANGE)
    form = deed(page, "send", direction=direction, case=ref(citizens[0]))
    form.fill(case=[ref(one) for one in citizens], way="courier")
    return official.browser.press(form)


def registers_of(page) -> list[str]:
    """The addresses of the registers of a page, the newest first: without a kind each is a PDF of two copies."""
    return list(dict.fromkeys(a for a, _ in page.links if "register=" in a and "file=" not in a))
