"""The days of the walk, written down by hand, and what its parts have in common."""

import re
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from cast import Citizen, Official
from ledger import Fault
from scene import Scene

MONDAY = date(2026, 3, 16)  # all complaints arrive
#: The working days after it: Nauryz stands between D4 and D5.
DAYS = (date(2026, 3, 17), date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 26))
GRANTED, FORWARDED, REMINDED = DAYS[1:4]
CONFIRMED_FOR = date(2026, 3, 26)  # the body outside writes that it has registered the complaint on this day
UPHELD = date(2026, 3, 27)  # and the day of the second reminder
ANEW = date(2026, 3, 30)
THEIR_LAST = date(2026, 4, 2)  # five working days from 26 March
MISSED = date(2026, 4, 3)
#: Fifteen working days from Thu 19 March, and ten more.
AUTHORITY_LAST, EXTENDED, EXTENDED_TO = date(2026, 4, 14), date(2026, 4, 10), date(2026, 4, 28)
WITHIN = 5
ORDERED_BY = date(2026, 4, 3)  # five working days from Fri 27 March

OFFICE, REGION, AUTHORITY, SCHOOL = "03", "01", "09", "21"
CASE = re.compile(r"/cases/[0-9a-f-]{36}/$")
SENT_ON, REFUSED = "/about/complaint/", "бас тартылды"


@dataclass
class Ways(Scene):
    """The complaints by the name of the complainant; those of the bodies stand beside them."""

    complaints: dict[str, Citizen] = field(default_factory=dict)
    at_the_body: dict[str, Citizen] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)

    def complaint(self, name: str) -> Citizen:
        """The same person with the same phone, at the page of his complaint."""
        return self.complaints[name]

    def remember(self, name: str) -> Citizen:
        """The case that stands open is the complaint of this person."""
        found = copy(self.citizen(name))
        found.remember_case()
        self.complaints[name] = found
        return found

    def body(self, name: str) -> Citizen:
        """The complaint of this person as the case of the body: its page is found through the one he knows."""
        if name not in self.at_the_body:
            own, found = self.complaint(name), copy(self.citizen(name))
            found.case = other_case(own.look(), own.case, self.citizen(name).case)
            self.at_the_body[name] = found
        return self.at_the_body[name]

    def office(self, role: str, code: str) -> Official:
        return self.cast.official(f"{role}-{code}")


def other_case(page, *known: str) -> str:
    """The address of a case on the page that is none of these."""
    found = sorted({address for address, _ in page.links if CASE.match(address)} - set(known))
    if len(found) != 1:
        raise Fault(f"the page {page.url} leads to one other case; it leads to {found}")
    return found[0]


def offered(page, move: str) -> bool:
    return any(f"/moves/{move}/" in form.action for form in page.forms)


def refused_move(official: Official, citizen: Citizen, move: str, **facts):
    """A move whose facts are not taken: the page that says why."""
    form = official.open(citizen).form(to=f"/moves/{move}/")
    form.fill(**facts)
    return official.browser.press(form, expected=(422,))
