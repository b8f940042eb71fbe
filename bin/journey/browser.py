"""A browser without scripts: it keeps cookies, reads pages, and sends only what stands in their forms."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import httpx
from ledger import Fault

EMPTY = {"input", "meta", "link", "br", "img", "hr", "use", "path", "source", "wbr"}
UNREAD = {"script", "style", "svg", "head"}
ONE_OF_GROUP = ("radio", "checkbox")


class Form:
    """A form with its controls as the page offers them: name, kind, value, and whether it is chosen."""

    def __init__(self, attrs):
        self.action = attrs.get("action", "")
        self.method = attrs.get("method", "get").lower()
        self.multipart = attrs.get("enctype") == "multipart/form-data"
        self.controls: list[dict] = []

    def names(self) -> set[str]:
        return {control["name"] for control in self.controls}

    def values(self, name: str) -> list[str]:
        """What a control offers: the values of its choices, or the one it has."""
        return [control["value"] for control in self.controls if control["name"] == name]

    def offered(self, name: str, words: str) -> str:
        """The value of the choice that has these words in it."""
        lines = [control for control in self.controls if control["name"] == name and control["kind"] == "option"]
        for control in lines:
            if words in control["words"]:
                return control["value"]
        raise Fault(f"{name} offers «{words}»; it offers {[control['words'] for control in lines]}")

    def fill(self, **chosen) -> None:
        """Type or choose; what the page does not offer cannot be filled in."""
        for name, value in chosen.items():
            own = [control for control in self.controls if control["name"] == name]
            if not own:
                raise Fault(
                    f"the form {self.action or 'of the page'} has a field {name}; it has {sorted(self.names())}"
                )
            if own[0]["kind"] in (*ONE_OF_GROUP, "option"):
                self._choose(name, own, value)
            else:
                own[0]["value"] = value

    def _choose(self, name, own, value):
        wanted = [value] if isinstance(value, str) else list(value)
        if unknown := set(wanted) - {control["value"] for control in own}:
            raise Fault(f"{name} offers {sorted(unknown)}; it offers {self.values(name)}")
        for control in own:
            control["chosen"] = control["value"] in wanted

    def sent(self) -> list[tuple[str, str]]:
        return [
            (control["name"], control["value"])
            for control in self.controls
            if control["kind"] != "file" and control["chosen"]
        ]


class Page(HTMLParser):
    """A page as it was answered: its words, its links, its forms."""

    def __init__(self, answer: httpx.Response):
        super().__init__(convert_charrefs=True)
        self.answer, self.status, self.url = answer, answer.status_code, str(answer.url)
        self.source = answer.text if "html" in answer.headers.get("content-type", "") else ""
        #: The answer to a form: the same address asked again would show another page, without what was typed.
        self.was_sent = answer.request.method == "POST" and bool(self.source)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._form = self._select = self._area = self._option = None
        self._link = False
        self._unread = 0
        self.feed(self.source)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._words).split())

    def form(self, *, to: str = "", having: str = "") -> Form:
        """The form that goes to an address, or that has a field."""
        for form in self.forms:
            if to in form.action and (not having or having in form.names()) and form.method == "post":
                return form
        raise Fault(f"the page {self.url} ({self.status}) has a form {to or 'with'} {having}: {self.text[:1200]}")

    def act(self, name: str) -> Form:
        """The form that names its act in a field of its own."""
        for form in self.forms:
            if form.values("act") == [name]:
                return form
        raise Fault(f"the page {self.url} ({self.status}) has a form for {name}: {self.text[:1200]}")

    def link(self, part: str) -> str:
        """The address of the first link with this part."""
        for address, _ in self.links:
            if part in address:
                return address
        raise Fault(f"the page {self.url} has a link to {part}")

    def handle_starttag(self, tag, attrs):
        attrs = {name: value if value is not None else "" for name, value in attrs}
        if tag in UNREAD:
            self._unread += 1
        match tag:
            case "form":
                self._form = Form(attrs)
                self.forms.append(self._form)
            case "a" if "href" in attrs:
                self._link = True
                self.links.append((attrs["href"], ""))
            case "input" | "textarea" | "select" | "option" if self._form is not None:
                self._control(tag, attrs)

    def _control(self, tag, attrs):
        if tag == "select":
            self._select = attrs.get("name")
            return
        name = self._select if tag == "option" else attrs.get("name")
        kind = "option" if tag == "option" else attrs.get("type", "text") if tag == "input" else tag
        if not name or kind in ("submit", "button"):
            return
        always = kind not in (*ONE_OF_GROUP, "option")
        control = {"name": name, "kind": kind, "value": attrs.get("value", ""), "chosen": always}
        control["chosen"] = always or "checked" in attrs or "selected" in attrs
        if tag == "option":
            control["words"], self._option = "", control
        if kind in ONE_OF_GROUP:
            control["value"] = attrs.get("value", "on")
        self._form.controls.append(control)
        if tag == "textarea":
            self._area = control

    def handle_endtag(self, tag):
        if tag in UNREAD:
            self._unread = max(0, self._unread - 1)
        match tag:
            case "form":
                self._form = None
            case "a":
                self._link = False
            case "select":
                self._first_of_select()
            case "textarea":
                self._area = None
            case "option":
                self._option = None

    def _first_of_select(self):
        """A list in which nothing is marked shows, and sends, its first line."""
        own = [c for c in self._form.controls if c["name"] == self._select] if self._form and self._select else []
        if own and not any(control["chosen"] for control in own):
            own[0]["chosen"] = True
        self._select = None

    def handle_data(self, data):
        if self._area is not None:
            self._area["value"] += data
        elif not self._unread:
            self._words.append(data)
            if self._option is not None:
                self._option["words"] += data
            if self._link:
                address, words = self.links[-1]
                self.links[-1] = (address, words + data)


class Browser:
    """One person's browser."""

    def __init__(self, address: str):
        self.address = address
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=120)
        self.page: Page | None = None

    def open(self, address: str, *, expected=(200,)) -> Page:
        return self._turn(self.client.get(self._whole(address)), expected)

    def press(self, form: Form, *, button: tuple = (), files=None, expected=(200,)) -> Page:
        """Send a form of the page that stands open; a button that has a name sends its value too."""
        headers = {"Origin": self.address, "Referer": self.page.url}
        where = urldefrag(urljoin(self.page.url, form.action)).url
        data: dict[str, list[str]] = {}
        for name, value in [*form.sent(), *([button] if button else [])]:
            data.setdefault(name, []).append(value)
        answer = self.client.post(where, data=data, files=files if form.multipart else None, headers=headers)
        return self._turn(answer, expected)

    def post_by_hand(self, address: str, **data) -> httpx.Response:
        """A POST that no page offers, with the browser's own cookies and token."""
        token = self.client.cookies.get("csrftoken", "")
        headers = {"Origin": self.address, "Referer": self._whole(address)}
        return self.client.post(self._whole(address), data={"csrfmiddlewaretoken": token, **data}, headers=headers)

    def take(self, address: str) -> httpx.Response:
        """A file; the page stays open."""
        answer = self.client.get(self._whole(address))
        if answer.status_code != httpx.codes.OK:
            raise Fault(f"{address} is given out: {answer.status_code}")
        return answer

    def cookies(self) -> list[dict]:
        return [{"name": c.name, "value": c.value, "url": self.address} for c in self.client.cookies.jar]

    def _whole(self, address):
        return urljoin(f"{self.page.url if self.page else self.address}", address)

    def _turn(self, answer, expected):
        self.page = Page(answer)
        if answer.status_code not in expected:
            request, seen = answer.request, self.page.text[:800]
            raise Fault(f"{request.method} {answer.url} answers {expected}: {answer.status_code} {seen}")
        return self.page
