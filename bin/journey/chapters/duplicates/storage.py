"""A month in store, the way back, and a person who comes after one month and two days."""

from days import at, in_digits
from papers import words_of

from chapters.duplicates import loop
from chapters.duplicates.loop import CAME, POWER_CAME, RESENT_BY, STORED_UNTIL, Loop, deed, send
from chapters.duplicates.words import AT_CORPORATION, MONTH_OVER, NOT_NOTARISED, RETURNED

POWER = {
    "received_by": "attorney", "identity": "жеке куәлік № 041000503", "receiver": "Жанұзақов Ерболат Мұратұлы",
    "power_number": "3318", "power_date": "2026-07-28",
}  # fmt: skip
NOTARY = "нотариус Қ. Әбілова"


def month_ends(scene: Loop) -> None:
    """Sat 25 July, 20:00: the corporation closes and the month is over."""
    scene.clock_to(at(STORED_UNTIL, "19:50"))
    page = scene.school("clerk").open(scene.citizen("a"))
    scene.ledger.says("ten minutes before the State Corporation closes on 25 July the month still runs", page.text,
                      AT_CORPORATION)  # fmt: skip
    scene.clock_to(at(STORED_UNTIL, "20:05"))
    page = scene.settled(scene.citizen("a"), MONTH_OVER)
    scene.tell("nobody", "came for A's duplicate within a month: on Sat 25 July at 20:00 the storage ends by itself.")
    citizen = scene.citizen("a")
    page = citizen.look()
    scene.of_citizen(citizen, "month-over", "The person's page after the month: where it is, and what may be done")
    scene.ledger.says("person A is told what can still be done, and by when", page.text, "бір жұмыс күн")


def goes_back_to_the_school(scene: Loop) -> None:
    """Monday morning: a register of returns, countersigned by the school."""
    scene.clock_to(at(CAME, "09:10"))
    there, clerk = scene.there, scene.school("clerk")
    send(there, "returns", scene.citizen("a"))
    scene.tell("clerk of the State Corporation", "sends the uncollected duplicate back with a register of returns.")
    scene.clock_to(at(CAME, "09:50"))
    page = clerk.browser.open(loop.EXCHANGE)
    scene.of_staff(clerk, "returns", "The school countersigns what comes back")
    clerk.browser.press(deed(page, "countersign"))
    page = clerk.open(scene.citizen("a"))
    scene.ledger.says("the duplicate lies at the school again", page.text, RETURNED)
    page = clerk.browser.open(loop.STORAGE)
    scene.tell("school's clerk", "countersigns the return; the duplicate stays in the school's store.")
    scene.of_staff(clerk, "kept", "What is ready and has not been collected, at the school")


def asked_for_again(scene: Loop) -> None:
    """One month and two days after 25 June the person comes: one working day for the second trip."""
    scene.clock_to(at(CAME, "11:00"))
    there, clerk, citizen = scene.there, scene.school("clerk"), scene.citizen("a")
    there.move(citizen, "ask_again")
    page = clerk.open(citizen)
    scene.tell("person A", "comes to the State Corporation one month and two days later; its clerk asks the school.")
    scene.of_staff(clerk, "asked", "Asked for again: one working day, until Tue 28 July, 18:00")
    scene.ledger.says("the second trip is due on Tue 28 July, 18:00", page.text, f"{in_digits(RESENT_BY)[:5]} 18:00")
    scene.clock_to(at(RESENT_BY, "10:00"))
    send(clerk, "results", citizen)
    page = scene.settled(citizen, AT_CORPORATION)
    scene.tell("school's clerk", "sends it again on Tue 28 July; the State Corporation countersigns.")
    scene.ledger.says("case a lies at the State Corporation again, within the working day", page.text, AT_CORPORATION)


def only_with_a_notary(scene: Loop) -> None:
    """By power of attorney: without a notary's certificate the document stays in store."""
    scene.clock_to(at(POWER_CAME, "15:00"))
    there, citizen = scene.there, scene.citizen("a")
    form = there.open(citizen).form(to="/moves/hand_over_there/")
    form.fill(**POWER)
    page = there.browser.press(form, expected=(422,))
    scene.tell("a relative", "comes with a power of attorney that no notary has certified: the duplicate stays.")
    scene.of_staff(there, "power", "Without a notary's certificate the document stays in store")
    scene.ledger.says("a power without a notary is refused in words", page.text, NOT_NOTARISED)
    form = page.form(having="power_notary")
    form.fill(**POWER, power_notary=NOTARY)
    there.browser.press(form)
    page = there.open(citizen)
    scene.tell("the relative", "comes back with the notary's certificate and receives the duplicate.")
    scene.of_staff(there, "given", "Handed over by a notarised power of attorney, at the State Corporation")
    scene.ledger.says("case a: handed over on Wed 29 July by the power № 3318", page.text, in_digits(POWER_CAME),
                      "3318", NOTARY)  # fmt: skip
    scene.ledger.says("A's page says that it was handed over", citizen.look().text, "Тапсырылды")


def book_says_it(scene: Loop) -> None:
    """The register of issue of the school: number, blank, when, into whose hands."""
    head = scene.school("head")
    page = head.browser.open(f"{loop.REGISTERS}?book=duplicates&year=2026")
    scene.tell("head", "opens the register of issue: both duplicates with their blanks and the days of hand-over.")
    scene.of_staff(head, "issue", "The register of issue of 2026; names in full stand in its files only")
    scene.ledger.says("the register of issue names number, blank and day", page.text, scene.number, scene.blank,
                      in_digits(POWER_CAME))  # fmt: skip
    scene.ledger.check("no name stands in full on the page", "Сәбитов Ерасыл Думанұлы" not in page.text)
    pdf = head.browser.take(page.link("file=pdf")).content
    scene.of_paper(pdf, "issue-pdf", "The same register as a file to be signed")
    scene.ledger.says("its file (PDF) names them in full", words_of(pdf), "Сәбитов Ерасыл Думанұлы", scene.blank)
