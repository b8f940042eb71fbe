"""The authority for quality begins to work with the program, and extends its fifteen working days by ten."""

import re

from cast import PASSWORD, Official
from days import at, in_digits, in_words

from chapters.complaints.ways import (
    AUTHORITY,
    AUTHORITY_LAST,
    EXTENDED,
    EXTENDED_TO,
    FORWARDED,
    MONDAY,
    SCHOOL,
    Ways,
    offered,
    refused_move,
)  # fmt: skip

BIN = "090140000019"
PEOPLE = {
    "head": {"full_name": "Айжан Ермекова", "post_kk": "Басшы", "post_ru": "Руководитель", "phone": "+77000000901"},
    "clerk": {
        "full_name": "Дәулет Сейдахметов",
        "post_kk": "Маман",
        "post_ru": "Специалист",
        "phone": "+77000000902",
    },
    "operator": {
        "full_name": "Нұрлан Бейсенов",
        "post_kk": "Жүйе операторы",
        "post_ru": "Оператор системы",
        "phone": "+77000000903",
    },
}
LINK = re.compile(r"/admin/password/\S+")
REASON = "Нужно изучить записи обращений за март и опросить сотрудников на месте."
PROLONGED, AT_MOST = "Срок продлён", "Ең көбі 10 жұмыс күні"


def authority_is_opened(scene: Ways) -> None:
    """By an operator, through the pages of the opening; its people set their passwords by the link in their SMS."""
    scene.clock_to(at(MONDAY, "10:00"))
    operator = scene.office("operator", "03")
    page = operator.browser.open("/admin/offices/open/")
    operator.browser.open(_pages_of(page))
    _step(operator, "office", having="bin", bin=BIN, zone="Asia/Almaty")
    _step(operator, "hours", having="complaint", complaint="akimat")
    _step(operator, "superior", having="superior_body")
    for role in PEOPLE:
        _give_post(operator, role)
    letter = _at(operator, "letter")
    page = operator.browser.open(letter)
    operator.browser.press(next(form for form in page.forms if form.method == "post" and not form.action))
    check = _at(operator, "check")
    scene.cast.product.until(lambda: _may_open(operator, check), "nothing is missing of the check list")
    page = operator.browser.press(operator.page.act("open"))
    scene.tell("operator", "opens the authority for the quality of services: hours, people, a test letter, check list.")
    scene.of_staff(operator, "opened", "The authority works with the program from now on")
    scene.ledger.check("the authority for quality is open",
                       not [form for form in page.forms if form.values("act") == ["open"]])  # fmt: skip
    for role, known in PEOPLE.items():
        _first_password(scene, f"{role}-{AUTHORITY}", known["phone"])


def authority_takes_up(scene: Ways) -> None:
    """Registered on the day it came: fifteen working days begin."""
    scene.clock_to(at(FORWARDED, "16:30"))
    citizen, clerk = scene.body("c"), scene.office("clerk", AUTHORITY)
    page = clerk.move(citizen, "take_up")
    scene.tell("clerk of the authority for quality", "registers C's complaint: fifteen working days begin.")
    scene.ledger.says("case c: the authority's term ends on Tue 14 April, 18:30", page.text,
                      f"{AUTHORITY_LAST:%d.%m} 18:30")  # fmt: skip


def authority_extends(scene: Ways) -> None:
    """By ten working days, counted from the end; the notice lies in the cabinet at that moment."""
    scene.clock_to(at(EXTENDED, "10:00"))
    citizen, head, clerk = scene.body("c"), scene.office("head", AUTHORITY), scene.office("clerk", AUTHORITY)
    old, new = in_words(AUTHORITY_LAST, "ru"), in_words(EXTENDED_TO, "ru")
    scene.ledger.says("case c: before it the citizen reads 14 April", citizen.look().text, old)
    letters = _letters(citizen)
    scene.ledger.check("case c: the authority's clerk is offered no extension",
                       not offered(clerk.open(citizen), "extend"))  # fmt: skip
    page = refused_move(head, citizen, "extend", ground="study", days="11", reason=REASON)
    scene.ledger.says("case c: eleven days are refused in words", page.text, AT_MOST)
    paper = head.move_with_paper(citizen, "extend", ground="study", days="10", reason=REASON)
    scene.ledger.says("case c: the notice (PDF) names old day, new day and reason", paper,
                      in_digits(AUTHORITY_LAST), in_digits(EXTENDED_TO), REASON)  # fmt: skip
    scene.tell("head of the authority for quality", "extends the term by ten working days and signs the notice.")
    page = head.open(citizen)
    scene.of_staff(head, "extended", "14 April became 28 April")
    scene.ledger.says("case c: at the desk the answer is due on Tue 28 April", page.text, f"{EXTENDED_TO:%d.%m} 18:30")
    page = citizen.look()
    scene.tell("citizen C", "finds the notice in the cabinet at the same moment.")
    scene.of_citizen(citizen, "prolonged", "The term was extended, with the reason")
    scene.ledger.says("case c: the citizen reads new day and reason", page.text, new, PROLONGED, REASON)
    scene.ledger.check("case c: a letter more lies in the cabinet", _letters(citizen) == letters + 1)
    scene.ledger.check("case c: what was signed is what lies in the cabinet", citizen.paper() == paper)
    scene.ledger.check("case c: it is extended once only", not offered(head.open(citizen), "extend"))


def school_may_not_extend(scene: Ways) -> None:
    """A provider as such is not named in article 25(4): no button, and a hand-made request is refused."""
    head, citizen = scene.office("head", SCHOOL), scene.complaint("e")
    page = head.open(citizen)
    scene.ledger.check("the head of a school is offered no extension", not offered(page, "extend"))
    answer = head.browser.post_by_hand(f"/admin{citizen.case}moves/extend/", seen="0", ground="study", days="10",
                                       reason=REASON)  # fmt: skip
    scene.ledger.check("a hand-made request of his is refused", answer.status_code in (403, 409),
                       str(answer.status_code))  # fmt: skip
    scene.tell("head of the school", "has no such button; a request made by hand is refused.")


def _pages_of(page) -> str:
    """The first step of the authority that lacks something: its line in the list of offices."""
    return next(address for address, words in page.links if words.strip().endswith(f" {AUTHORITY}"))


def _at(operator, step: str) -> str:
    """The address of a step of the office whose pages stand open."""
    return re.sub(r"(/open/\d+/)[^/]*/.*", rf"\1{step}/", operator.page.answer.url.path)


def _step(operator, step: str, *, having: str, **said):
    form = operator.browser.open(_at(operator, step)).form(having=having)
    if step == "superior":
        said = {"superior_body": form.offered("superior_body", "00 ·")}
    form.fill(**said)
    return operator.browser.press(form)


def _give_post(operator, role):
    form = operator.browser.open(_at(operator, "staff")).form(having="login")
    act = f"№ 3-к, {MONDAY:%d.%m.%Y}"
    form.fill(login=f"{role}-{AUTHORITY}", role=role, since=f"{MONDAY}", act=act, language="kk", **PEOPLE[role])
    operator.browser.press(form)


def _may_open(operator, check) -> bool:
    return any(form.values("act") == ["open"] for form in operator.browser.open(check).forms)


def _first_password(scene, login, phone):
    product, newcomer = scene.cast.product, Official(scene.cast.product, login)

    def link():
        texts = [message["text"] for message in product.outside.get("/sms", params={"phone": phone}).json()]
        return next((found.group() for text in texts if (found := LINK.search(text))), None)

    form = newcomer.browser.open(product.until(link, f"the link of {login} came by SMS")).form(having="new_password1")
    form.fill(new_password1=PASSWORD, new_password2=PASSWORD)
    newcomer.browser.press(form)


def _letters(citizen) -> int:
    return len({address for address, _ in citizen.browser.open("/letters/").links if address.startswith("/letters/")})
