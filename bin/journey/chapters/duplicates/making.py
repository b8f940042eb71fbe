"""The week and the term: a blank with a number of its own, two signatures, the stamp, and the way back in time."""

import re

from days import at, in_digits
from papers import words_of

from chapters.duplicates import loop
from chapters.duplicates.loop import DISPATCHED, PREPARED, STORED_UNTIL, Loop, registers_of, send
from chapters.duplicates.words import AT_CORPORATION, TAKEN, in_cabinet

SIGNERS = ("Бақытжан Омаров", "Гүлжан Ахметова")  # the head; the deputy for academic affairs
STAMP = re.compile(r"Түпнұсқаның орнына берілген № (\d+/2026) телнұсқа")
BLANK = re.compile(r"ЖОБ № (\d{7})")


def blank_is_given_once(scene: Loop) -> None:
    """Two people have the list of blanks open; the second who wants the same number is told so at the field."""
    scene.clock_to(at(PREPARED, "10:00"))
    clerk, deputy = scene.school("clerk"), scene.school("academic")
    late = deputy.open(scene.citizen("b")).form(to="/moves/write_out/")
    number = late.values("blank")[0] or late.values("blank")[1]
    clerk.move(scene.citizen("a"), "write_out", blank=number)
    scene.blank = BLANK.search(clerk.open(scene.citizen("a")).text).group(1)
    late.fill(blank=number)
    page = deputy.browser.press(late, expected=(422,))
    scene.tell("school's clerk and deputy head", "take a blank for A and, from a list opened before, the same for B.")
    scene.of_staff(deputy, "blank", "The number is given once: the second hand is told so at its field")
    scene.ledger.says(f"the blank {scene.blank} used twice is refused in words at its field", page.text, TAKEN)
    page = clerk.move(scene.citizen("b"), "write_out", blank=_next_blank(clerk, scene.citizen("b")))
    other = BLANK.search(clerk.open(scene.citizen("b")).text).group(1)
    scene.ledger.check("case b gets a blank of its own", other != scene.blank, other)


def lot_is_entered_once(scene: Loop) -> None:
    """The same number cannot come into the book of blanks a second time either."""
    clerk = scene.school("clerk")
    page = clerk.browser.open(loop.BLANKS)
    form = page.act("receive")
    sample = next(value for value in form.values("form") if value)
    form.fill(form=sample, series="ЖОБ", first=scene.blank, last=scene.blank, note="№ 5, 10.06.2026")
    page = clerk.browser.press(form, expected=(422,))
    scene.tell("school's clerk", "enters a delivery note with a number that is in the book already.")
    scene.of_staff(clerk, "book", "The book of blanks: nothing is entered, the field says which number is known")
    scene.ledger.says("the book refuses the number in words", page.text, f"№ {scene.blank}")


def _next_blank(clerk, citizen) -> str:
    return next(value for value in clerk.open(citizen).form(to="/moves/write_out/").values("blank") if value)


def two_sign(scene: Loop) -> None:
    """The deputy for academic affairs and the head sign the same bytes; the stamp stands in the upper right corner."""
    deputy, head = scene.school("academic"), scene.school("head")
    for name in ("a", "b"):
        citizen = scene.citizen(name)
        drawn = deputy.prepare_paper(citizen, "issue_duplicate")
        paper = words_of(drawn)
        deputy.sign_paper()
        if name == "a":
            scene.tell("deputy head", "prepares the duplicate of A, reads it, signs these bytes.")
            scene.of_paper(drawn, "duplicate", "The duplicate: stamp with its number, blank, two signatories")
            scene.number = STAMP.search(paper).group(1)
            scene.ledger.says("the duplicate names its blank and both signatories", paper, scene.blank, *SIGNERS)
            waits = deputy.open(citizen).text
            scene.ledger.check("one signature is not enough: nothing is issued yet", "Телнұсқа" in waits)
        scene.ledger.check(f"case {name}: the head signs the same paper", head.countersign(citizen) == paper)
    scene.tell("head", "signs both duplicates on Wed 10 June, three working days before the term of DUP-26-1 ends.")
    page = head.open(scene.citizen("a"))
    scene.of_staff(head, "issued", "Made in time: the next clock is the way to the State Corporation")
    scene.ledger.says("both duplicates are ready to be sent by Thu 25 June, a day before the end", page.text,
                      f"{in_digits(DISPATCHED)[:5]} 18:00")  # fmt: skip


def sent_a_day_before_the_end(scene: Loop) -> None:
    """D14: sent and countersigned by the State Corporation, whose own system answers."""
    scene.clock_to(at(DISPATCHED, "10:00"))
    clerk = scene.school("clerk")
    page = clerk.browser.open(loop.EXCHANGE)
    scene.tell("school's clerk", "puts both duplicates on a register on Thu 25 June, D14, and gives it to the courier.")
    scene.of_staff(clerk, "dispatch", "What waits to be sent, the most urgent first")
    page = send(clerk, "results", scene.citizen("a"), scene.citizen("b"))
    page = scene.settled(scene.citizen("a"), AT_CORPORATION)
    scene.ledger.says("case a: countersigned at the State Corporation on 25 June, before the end of D15 (GAP-37)",
                      page.text, f"{in_digits(DISPATCHED)}")  # fmt: skip
    newest = registers_of(clerk.browser.open(loop.EXCHANGE))[0]
    pdf = clerk.browser.take(newest).content
    scene.tell("State Corporation", "takes the register in through its own system and countersigns both lines.")
    scene.of_paper(pdf, "countersigned", "The register of results, countersigned line by line")
    scene.ledger.check("both lines of the register (PDF) are marked as arrived", words_of(pdf).count("келді") >= 2 * 2,
                       words_of(pdf))  # fmt: skip


def person_is_told_the_place(scene: Loop) -> None:
    """The ready notice: where, until when, what to bring."""
    citizen = scene.citizen("a")
    page = citizen.look()
    scene.tell("person A", "reads that the duplicate is ready, where it lies and until when.")
    scene.of_citizen(citizen, "ready", "Ready: the place, and one month to come")
    scene.ledger.says("the notice names the State Corporation's office and address, and 25 July as the last day",
                      page.text, "Абай көшесі, 20", in_cabinet(STORED_UNTIL))  # fmt: skip
    page = scene.there.browser.open(loop.STORAGE)
    scene.of_staff(scene.there, "store", "What lies in store at the State Corporation, and until when")
    scene.ledger.says("the store's page names the end of the month, Sat 25 July", page.text, in_digits(STORED_UNTIL))


def one_comes_himself(scene: Loop) -> None:
    """B: on a Saturday, at the State Corporation, against his identity document."""
    scene.clock_to(at(loop.COLLECTED, "12:00"))
    there, citizen = scene.there, scene.citizen("b")
    page = there.move(citizen, "hand_over_there", received_by="self", identity="жеке куәлік № 040000001")
    page = there.open(citizen)
    scene.tell("clerk of the State Corporation", "hands B's duplicate over against his identity document.")
    scene.ledger.says("case b: handed over on Sat 27 June; whenever he comes, the school has kept its term (GAP-37)",
                      page.text, f"{in_digits(loop.COLLECTED)}")  # fmt: skip
    citizen.enter()
    page = citizen.look()
    scene.of_citizen(citizen, "handed-over", "B's page in Russian: handed over")
    scene.ledger.says("B reads it in Russian", page.text, "Выдано")
