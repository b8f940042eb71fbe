"""The people of a walk: each with a browser of his own and the few acts of his part."""

from collections.abc import Mapping
from typing import NamedTuple

import httpx
from browser import Browser
from ledger import Fault
from papers import words_of

PASSWORD = "tanystyru-2026"  # of every login of the demo; manage.py demo --logins prints it


class Known(NamedTuple):
    """A fictional recipient, as the stand-in of the registers knows him, and the language that he reads."""

    iin: str
    phone: str
    language: str


class Citizen:
    """A recipient with a phone: IIN, one-time passwords, one application."""

    def __init__(self, product, known: Known):
        self.product = product
        self.iin, self.phone, self.language = known
        self.browser = Browser(product.address)
        self.case = ""

    @property
    def page(self):
        return self.browser.page

    def new_code(self, ask) -> str:
        """The password that comes to the phone after an act."""
        known = len(self.product.codes_to(self.phone))
        ask()
        came = self.product.until(lambda: self.product.codes_to(self.phone)[known:], "a one-time password came by SMS")
        return came[-1]

    def speak(self) -> None:
        """Choose the language at the top of the page."""
        self.browser.open("/")
        form = self.page.form(to="/i18n/setlang/")
        self.browser.press(form, button=("language", self.language))

    def ask_to_enter(self) -> str:
        form = self.browser.open("/enter/").form(having="iin")
        form.fill(iin=self.iin)
        return self.new_code(lambda: self.browser.press(form))

    def type_code(self, code: str):
        form = self.page.form(having="code")
        form.fill(code=code)
        return self.browser.press(form)

    def enter(self) -> None:
        """The language, the IIN, the one-time password."""
        self.speak()
        self.type_code(self.ask_to_enter())

    def choose(self, service: str, category: str, office: str = ""):
        """The first question of an application: the situation and the office, by words of its name or the first one."""
        form = self.browser.open(f"/services/{service}/apply/").form(having="category")
        chosen = form.offered("office", office) if office else office_of(self.page)
        form.fill(office=chosen, category=category)
        return self.browser.press(form)

    def answer(self, **said):
        """Fill in the form of the page that has these fields, and go on; what is wrong stays on the page (422)."""
        form = self.page.form(having=next(iter(said)))
        form.fill(**said)
        return self.browser.press(form, expected=(200, 422))

    def apply(self, service: str, category: str) -> None:
        """From the choice of the situation to the page of the papers, where nothing lies between but the consent."""
        self.choose(service, category)
        self.answer(consent="yes")

    def add_paper(self, requirement: str, name: str, content: bytes, kind: str):
        forms = [form for form in self.page.forms if form.values("requirement") == [requirement]]
        if not forms:
            raise Fault(f"the page asks for {requirement}: {self.page.text[:800]}")
        return self.browser.press(forms[0], files={"file": (name, content, kind)})

    def review(self):
        return self.browser.open(self.page.link("/review/"))

    def sign(self):
        """Ask for a password on the page of the review, and sign what was reviewed."""
        form = next(form for form in self.page.forms if form.method == "post" and not form.action)
        code = self.new_code(lambda: self.browser.press(form))
        return self.type_code(code)

    def remember_case(self) -> None:
        self.case = httpx.URL(self.page.url).path

    def look(self):
        """The status page of the case."""
        return self.browser.open(self.case)

    def paper(self) -> str:
        """The words of the newest paper of the case, as soon as it is drawn."""
        return self.papers(1)[0]

    def papers(self, number: int) -> list[str]:
        """The words of all papers of the case, the newest first; there must be so many."""

        def drawn():
            links = [address for address, _ in self.look().links if f"{self.case}papers/" in address]
            return list(dict.fromkeys(links)) if len(set(links)) >= number else None

        links = self.product.until(drawn, f"{number} papers lie in the cabinet")
        return [words_of(self.browser.take(link).content) for link in links]

    @property
    def number(self) -> str:
        return self.look().text.split("№ ")[1].split(" ")[0]


class Official:
    """One of the staff at the desk."""

    def __init__(self, product, login: str):
        self.product, self.login = product, login
        self.browser = Browser(product.address)

    @property
    def page(self):
        return self.browser.page

    def enter(self) -> None:
        form = self.browser.open("/admin/login/?next=/admin/").form(having="username")
        form.fill(username=self.login, password=PASSWORD)
        self.browser.press(form)
        if self.page.url.rstrip("/").endswith("login"):
            raise Fault(f"{self.login} enters: {self.page.text[:400]}")

    def open(self, citizen: Citizen):
        return self.browser.open(desk(citizen))

    def move(self, citizen: Citizen, name: str, **facts):
        """A move from the case page: fill its form in, send it."""
        form = self.open(citizen).form(to=f"/moves/{name}/")
        form.fill(**facts)
        return self.browser.press(form)

    def move_with_paper(self, citizen: Citizen, name: str, **facts) -> str:
        """Prepare the paper of a move, read it, sign exactly these bytes; its words."""
        paper = self.prepare_paper(citizen, name, **facts)
        self.sign_paper()
        return words_of(paper)

    def prepare_paper(self, citizen: Citizen, name: str, **facts) -> bytes:
        """The paper of a move as it is shown on the page that asks for the signature, as soon as it is drawn."""
        self.move(citizen, name, **facts)
        where = self.page.url
        self.product.until(lambda: self._drawn(where), f"the paper of {name} is drawn")
        return self.browser.take(self.page.link("/papers/")).content

    def countersign(self, citizen: Citizen) -> str:
        """Open the case, follow the link to the paper that waits for a second signature, read it, sign; its words."""
        self.browser.open(self.open(citizen).link("/sign/"))
        paper = self.browser.take(self.page.link("/papers/")).content
        self.sign_paper()
        return words_of(paper)

    def sign_paper(self):
        return self.browser.press(self.page.form(having="sha256"))

    def _drawn(self, where) -> bool:
        return any("sha256" in form.names() for form in self.browser.open(where).forms)


class Cast:
    """Everybody who takes part; staff enter when they are first called."""

    def __init__(self, product, camera, people: Mapping[str, Known], office: str):
        self.product, self.camera, self.office = product, camera, office
        self.citizens = {name: Citizen(product, known) for name, known in people.items()}
        self.staff: dict[str, Official] = {}

    def official(self, login: str) -> Official:
        if login not in self.staff:
            self.staff[login] = Official(self.product, login)
            self.staff[login].enter()
        return self.staff[login]

    def of_office(self, role: str) -> Official:
        return self.official(f"{role}-{self.office}")


def desk(citizen: Citizen) -> str:
    """The address of the same case at the staff's desk."""
    return f"/admin{citizen.case}"


def office_of(page) -> str:
    """The first office of the list is the one of the walk: the list stands in the order of the codes."""
    return next(value for value in page.form(having="category").values("office") if value)
