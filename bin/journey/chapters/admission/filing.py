"""The eve and the first day of the intake: the phone, and the counter with its tickets."""

import re

from days import at, in_digits, in_words
from papers import certificate_pdf, certificate_png
from scene import Scene

from chapters.admission.days import AISHA, AISHA_IIN, ALI_IIN, EVE, FAMILIES, FIRST, SECOND, VILLAGE, Family

OPENS = "Следующий период начнётся 1 апреля"
SIX_IN_2027 = "Туған күні бойынша бала 2027 жылы алтыға толады"
PAPERS = {
    "health_063": ("063u.pdf", certificate_pdf("Certificate 063/u"), "application/pdf"),
    "health_026": ("026u.pdf", certificate_pdf("Health passport 026/u-3"), "application/pdf"),
    "photo": ("photo.png", certificate_png("PHOTO 3x4"), "image/png"),
}
HANDED_IN = ["application", "identity", "health_063", "health_026", "photos"]


def closed_on_the_eve(scene: Scene) -> None:
    """31 March: told so before anything is filled in, with the day on which it opens."""
    scene.clock_to(at(EVE, "17:00"))
    father = scene.citizen("father")
    father.enter()
    page = father.browser.open("/services/admission/apply/")
    scene.tell("a father", "wants to file on the eve: he is told when the intake opens, before he fills anything in.")
    scene.of_citizen(father, "closed", "The intake opens tomorrow")
    scene.ledger.says("on 31 March the intake is closed, and the page says that it opens on 1 April", page.text, OPENS)


def five_years_old(scene: Scene) -> None:
    """The register's date of birth decides: a child who is six only in 2027 is refused in words, before any paper."""
    scene.clock_to(at(FIRST, "08:30"))
    mother = scene.citizen("mother")
    mother.enter()
    page = _form(mother, ALI_IIN, "Абай көшесі", "14")
    scene.tell("a mother", "files for a boy who is five this year; the register has his date of birth.")
    scene.of_citizen(mother, "five", "Told in words, before a paper is fetched for it")
    scene.ledger.says("a child who is not six this year is refused with the year in which he is", page.text,
                      SIX_IN_2027)  # fmt: skip
    scene.ledger.check("and asked for no paper", not [form for form in page.forms if "requirement" in form.names()])


def filed_by_phone(scene: Scene) -> None:
    """1 April, half past eight: in Russian, with the child of the register; the result by the next day, 18:30."""
    father = scene.citizen("father")
    _form(father, AISHA_IIN, "улица Абая", "12")
    for requirement, file in PAPERS.items():
        father.add_paper(requirement, *file)
    father.review()
    father.sign()
    father.remember_case()
    page = father.look()
    scene.tell("father", "files for his daughter at half past eight, before the school opens.")
    scene.of_citizen(father, "status", "Filed: by when, and how the day is answered")
    result = f"{in_words(SECOND, 'ru')}, четверг, 18:30"
    scene.ledger.says("the status page names child, side and result Thu 2 April, 18:30", page.text, AISHA, result,
                      "на территории")  # fmt: skip
    scene.ledger.says("the receipt (PDF) has date and time of the result", father.paper(), father.number,
                      f"18:30 ({in_digits(SECOND)})", f"08:30 ({in_digits(FIRST)})")  # fmt: skip


def four_come_to_the_counter(scene: Scene) -> None:
    """Tickets from ten past nine; the hour of the ticket is the place in the queue."""
    clerk = scene.cast.of_office("clerk")
    for number, family in enumerate(FAMILIES):
        scene.clock_to(at(FIRST, family.hour))
        page = clerk.browser.open("/admin/tickets/")
        clerk.browser.press(page.form(to="/tickets/issue/"), button=("service", "admission"))
        if number == 0:
            scene.clock_to(at(FIRST, "09:16"))
        page = clerk.browser.open("/admin/tickets/")
        if number == 0:
            scene.tell("clerk", "has given the first ticket at 09:10 and calls it at 09:16.")
            scene.of_staff(clerk, "tickets", "The counter: waiting and service minutes, with the longest allowed")
            waited = re.search(r"09:10 (\d+) мин 15 мин ADM-S10-1", page.text)
            scene.ledger.check("the ticket counts its waiting minutes, of fifteen allowed",
                               waited and int(waited[1]) in (6, 7), page.text[-900:])  # fmt: skip
        clerk.browser.press(page.form(to="/tickets/next/"))
        _taken_in(scene, clerk, family, shown=number == 0)
        _ended(clerk)
    scene.tell("clerk", "takes in four applications on paper, two of them from outside the area of the school.")


def _form(citizen, child_iin, street, house):
    """From the situation to the consent; the page that answers it."""
    citizen.choose("admission", "CITIZEN", "№ 5")
    citizen.answer(special_needs="no")
    citizen.answer(child_iin=child_iin, relation="parent", language="kk", locality=VILLAGE, street=street, house=house)
    return citizen.answer(consent="yes")


def _taken_in(scene: Scene, clerk, family: Family, *, shown: bool) -> None:
    """Who has come, the form as it stands on the paper, the originals that are shown, the ticket."""
    form = clerk.browser.open("/admin/counter/").form(having="situation")
    form.fill(situation=form.offered("situation", "Қазақстан Республикасының азаматымын"), iin=family.iin,
              full_name=family.parent, phone="+77000000399", language="kk")  # fmt: skip
    form = clerk.browser.press(form).form(having="handed_in")
    form.fill(special_needs="no", child_name=family.child, child_born=family.born, child_document=family.document,
              relation="parent", language="kk", locality=VILLAGE, street=family.street, house=family.house,
              handed_in=HANDED_IN, consent="yes",
              ticket=[value for value in form.values("ticket") if value][-1])  # fmt: skip
    page = clerk.browser.press(form, button=("act", "keep"))
    if shown:
        scene.tell("clerk", f"writes down what the first family has brought: {family.child}, {family.street}.")
        scene.of_staff(clerk, "counter", "A paper application at the counter, with its ticket", whole=True)
    page = clerk.browser.press(page.form(having="handed_in"), button=("act", "take"))
    local = family.street != "Достық көшесі"
    scene.ledger.says(f"counter, {family.hour}: {family.child} is registered, {'in' if local else 'outside'} the area",
                      page.text, family.child, "аумақта" if local else "аумақтан тыс",
                      f"{in_digits(FIRST)}, ср, {family.hour}")  # fmt: skip


def _ended(clerk) -> None:
    page = clerk.browser.open("/admin/tickets/")
    for form in page.forms:
        if form.action.endswith("/end/"):
            clerk.browser.press(form)
            return
