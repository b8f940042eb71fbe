"""Saturday and Monday: taken in at the counter of the State Corporation, carried to the school, counted there."""

import csv
import io

from days import at, in_digits, in_words
from papers import words_of

from chapters.duplicates import loop
from chapters.duplicates.loop import FIRST, LAST, PREPARED_BY, SATURDAY, Loop, deed, send

BROUGHT = {
    "a": ("Құжатым жоғалды", {"circumstances": "Көшу кезінде жоғалды."}, ["identity"]),
    "b": ("Құжатым бүлінді", {"circumstances": "Аттестат залит водой."}, ["identity", "original"]),
}


def corporation_takes_in(scene: Loop) -> None:
    """A Saturday: the day counts as the day of acceptance, and is not counted into the term."""
    scene.clock_to(at(SATURDAY, "11:00"))
    for name in ("a", "b"):
        _take_in(scene, name)
    scene.tell("clerk of the State Corporation", "takes two applications in at the counter: A's certificate is lost, "
               "B's is damaged and lies on the counter.")  # fmt: skip
    for name in ("a", "b"):
        page = scene.there.open(scene.citizen(name))
        due = f"{in_digits(LAST)[:5]} 18:00"
        scene.ledger.says(f"case {name}: accepted on Sat 6 June; the duplicate is due on Fri 26 June, 18:00",
                          page.text, in_digits(SATURDAY), due)  # fmt: skip
    scene.of_staff(scene.there, "why", "Why 26 June: Saturday is the day of acceptance, Monday the first of the term",
                   top="section:has(.cal)")  # fmt: skip


def _take_in(scene, name):
    clerk, citizen = scene.there, scene.citizen(name)
    words, said, handed_in = BROUGHT[name]
    form = clerk.browser.open("/admin/counter/").form(having="situation")
    form.fill(situation=form.offered("situation", words), iin=citizen.iin, full_name=NAMES[name],
              phone=citizen.phone, language=citizen.language)  # fmt: skip
    clerk.browser.press(form)
    form = clerk.page.form(having="handed_in")
    form.fill(school_closed="no", document="general", graduated_in="2015", pick_up="state_corporation", **said,
              handed_in=handed_in, consent="yes")  # fmt: skip
    if name == "a":
        clerk.browser.press(form, button=("act", "keep"))
        form = clerk.page.form(having="handed_in")
        scene.tell("clerk of the State Corporation", "writes A's application down at the counter on Saturday morning.")
        scene.of_staff(clerk, "counter", "The counter of the State Corporation: the answer would come on 26 June")
    clerk.browser.press(form, button=("act", "take"))
    citizen.case = clerk.browser.page.answer.url.path.removeprefix("/admin")


NAMES = {"a": "Сәбитов Ерасыл Думанұлы", "b": "Әділов Нұрлан Серікұлы"}


def person_sees_it(scene: Loop) -> None:
    """What was brought on paper stands in the cabinet too."""
    citizen = scene.citizen("a")
    citizen.enter()
    page = citizen.look()
    scene.tell("person A", "finds the application in the cabinet on the phone.")
    scene.of_citizen(citizen, "cabinet", "The person's page on Saturday: why 26 June")
    scene.ledger.says("case a: the cabinet names the day, 26 June", page.text, in_words(LAST, "kk"))


def courier_goes_twice(scene: Loop) -> None:
    """A register in two copies with the day's applications; the courier goes at least twice on a day of acceptance."""
    scene.clock_to(at(SATURDAY, "13:00"))
    clerk = scene.there
    page = send(clerk, "applications", scene.citizen("a"), scene.citizen("b"))
    scene.clock_to(at(SATURDAY, "18:00"))
    clerk.browser.press(deed(clerk.browser.open(loop.EXCHANGE), "run"))
    page = clerk.browser.open(loop.EXCHANGE)
    scene.tell("clerk of the State Corporation", "forms the register in two copies and sends it; a second run follows.")
    scene.of_staff(clerk, "board", "The exchange seen from the State Corporation: registers and the runs of the day")
    scene.ledger.says("two runs are recorded for Sat 6 June, and the page says that they are enough",
                      page.text, f"{in_digits(SATURDAY)}, сб қабылданды: 2, рейс: 2")  # fmt: skip
    newest = loop.registers_of(page)[0]
    pdf = clerk.browser.take(newest).content
    words = words_of(pdf)
    scene.of_paper(pdf, "register", "The register, first of its two copies, before it is countersigned")
    scene.ledger.says("the register (PDF) has two copies, each with both lines", words, "1-дана", "2-дана")
    scene.ledger.check(
        "each of the two is named once a copy", all(words.count(one) == 2 for one in NAMES.values()), words
    )
    rows = table_of(clerk, f"{newest}&file=csv")
    names = [row[2] for row in rows[-2:]]
    scene.ledger.check("the register (CSV) has the same two lines", names == list(NAMES.values()), str(rows))


def table_of(official, address) -> list[list[str]]:
    """The lines of a register as a table; the line that counts them, at its end, is left out."""
    text = official.browser.take(address).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
    return rows[:-1] if "саны" in rows[-1][0] else rows


def school_counts(scene: Loop) -> None:
    """Monday: B's papers are not in the bag. What came is registered that day, what is missing stays by name."""
    scene.clock_to(at(FIRST, "09:20"))
    clerk = scene.school("clerk")
    page = clerk.browser.open(loop.EXCHANGE)
    _settle_what_was_left(clerk, page)
    page = clerk.browser.open(loop.EXCHANGE)
    form = deed(page, "countersign")
    scene.tell("school's clerk", "opens the bag on Monday: the papers of B are not in it. The line stays unmarked.")
    scene.of_staff(clerk, "count", "The school counts what has come, line by line")
    form.fill(place=["1"])
    page = clerk.browser.press(form)
    scene.ledger.says("the page names who is missing", page.text, f"Жоқ: {NAMES['b']}")
    scene.tell("school's clerk", "countersigns both copies for what came.")
    scene.of_staff(clerk, "missing", "Countersigned: one line is missing, by name")
    case = clerk.open(scene.citizen("a")).text
    scene.ledger.says("case a is registered on Mon 8 June, the day it came, and to be prepared by Mon 15 June",
                      case, f"{in_digits(FIRST)}, дс, 09:2", f"{in_digits(PREPARED_BY)[:5]} 18:00")  # fmt: skip
    lost = clerk.open(scene.citizen("b"))
    scene.ledger.check("case b is not registered before its papers come",
                       not [form for form in lost.forms if "/moves/write_out/" in form.action])  # fmt: skip


def _settle_what_was_left(clerk, page):
    """What older registers the school has left lying: all of it has come."""
    for _ in range(len([form for form in page.forms if form.values("act") == ["countersign"]]) - 1):
        forms = [form for form in page.forms if form.values("act") == ["countersign"]]
        page = clerk.browser.press(forms[-1])


def missing_item_comes(scene: Loop) -> None:
    """The lost envelope is found at the State Corporation and comes with the next run of the day."""
    scene.clock_to(at(FIRST, "11:30"))
    there, clerk = scene.there, scene.school("clerk")
    page = there.browser.open(loop.EXCHANGE)
    scene.ledger.says("the State Corporation sees its missing line too", page.text, NAMES["b"])
    there.browser.press(deed(page, "run"))
    scene.clock_to(at(FIRST, "12:10"))
    page = clerk.browser.press(deed(clerk.browser.open(loop.EXCHANGE), "found"))
    scene.tell("school's clerk", "receives the missing papers with the next delivery run and settles the line.")
    scene.ledger.check("no line is missing any more", not [f for f in page.forms if f.values("act") == ["found"]])
    case = clerk.open(scene.citizen("b")).text
    scene.ledger.says("case b is registered the same day", case, f"{in_digits(FIRST)}, дс, 12:1")
    scene.of_staff(clerk, "traced", "The case of B: its trip on the register, from the courier to the school")
