"""The education department keeps books of its own: the case says what is known of it, and its breach is not ours."""

from days import at, in_words
from tables import rows_of

from chapters.complaints.ways import (
    CONFIRMED_FOR,
    FORWARDED,
    MISSED,
    MONDAY,
    REMINDED,
    SCHOOL,
    THEIR_LAST,
    UPHELD,
    Ways,
    refused_move,
)  # fmt: skip

NUMBER = "ББ-214"
UNCONFIRMED, REMINDER = "Онда тіркелгені әлі расталмаған", "Мекемеге еске салынды"
FUTURE, TOO_EARLY = "Бұл күн әлі келген жоқ", "Ол күні шағым әлі жіберілмеген"
THEIRS, PASSED = "сырттағы органның мерзімі", "Олардың мерзімі өтті"


def not_confirmed_yet(scene: Ways) -> None:
    """The page says when it went, and that nobody has said it arrived."""
    parent = scene.complaint("e")
    page = parent.look()
    scene.tell("parent", "reads that the complaint went to the education department, and what is not known yet.")
    scene.of_citizen(parent, "unconfirmed", "Sent on; its registration there is not confirmed")
    scene.ledger.says("case e: sent on Thu 19 March, registration not confirmed", page.text,
                      in_words(FORWARDED, "kk"), "әлі расталмаған")  # fmt: skip


def reminded_after_one_day(scene: Ways) -> None:
    scene.clock_to(at(REMINDED, "09:30"))
    _reminded(scene, 1)
    scene.tell("clerk of the school", "is reminded after one working day that nothing has been confirmed.")


def reminded_after_three_days(scene: Ways) -> None:
    scene.clock_to(at(UPHELD, "09:30"))
    _reminded(scene, 2)
    clerk = scene.office("clerk", SCHOOL)
    scene.tell("clerk of the school", "is reminded once more after three working days.")
    scene.of_staff(clerk, "reminded", "Reminded twice; the confirmation is still missing", top="#journal")


def confirmed(scene: Ways) -> None:
    """Number and day as the department's letter has them; a day to come and a day before the sending are refused."""
    scene.clock_to(at(UPHELD, "14:00"))
    clerk, parent = scene.office("clerk", SCHOOL), scene.complaint("e")
    for day, words, what in (("2026-03-30", FUTURE, "in the future"), ("2026-03-18", TOO_EARLY, "before the sending")):
        page = refused_move(clerk, parent, "confirm_registration", number=NUMBER, registered_on=day)
        scene.ledger.says(f"a confirmation dated {what} is refused in words", page.text, words)
    scene.tell("clerk of the school", "mistypes the day of the confirmation twice: told at its field.")
    page = clerk.move(parent, "confirm_registration", number=NUMBER, registered_on=f"{CONFIRMED_FOR}")
    scene.tell("clerk of the school", "writes down the department's number and day, Thu 26 March.")
    scene.of_staff(clerk, "confirmed", "Registered there; the clock is theirs")
    scene.ledger.says("case e: the clock is marked theirs, due on Thu 2 April", page.text, NUMBER, THEIRS,
                      f"{THEIR_LAST:%d.%m} 18:30")  # fmt: skip
    scene.ledger.says("case e: the parent reads number and last day", parent.look().text, NUMBER,
                      in_words(THEIR_LAST, "kk"))  # fmt: skip


def their_term_passes(scene: Ways) -> None:
    """They miss it: said on the page, and no breach of the school."""
    scene.clock_to(at(MISSED, "10:00"))
    parent, head = scene.complaint("e"), scene.office("head", SCHOOL)
    number = parent.number
    page = parent.look()
    scene.tell("parent", "reads that the department's term has passed without an answer.")
    scene.of_citizen(parent, "their-term", "Their term has passed")
    scene.ledger.says("case e: their term has passed", page.text, PASSED)
    page = head.browser.open("/admin/breaches/?all=1")
    scene.ledger.check("case e: the school's register of missed terms does not show it", number not in page.text)
    auditor = scene.office("auditor", SCHOOL)
    period = f"?since={MONDAY}&until={MISSED}&service=complaint&office={SCHOOL}"
    page = auditor.browser.open(f"/reports/breaches/{period}")
    scene.tell("auditor", "finds no breach of the school in the register.")
    scene.of_staff(auditor, "breaches", "The register of breaches: the department's delay is not the school's")
    scene.ledger.check("case e: the auditor's register shows no breach of it", number not in page.text)
    late = [row for row in rows_of(auditor, f"/reports/breaches.csv{period}") if number in row]
    scene.ledger.check("case e: no row in breaches.csv", not late, str(late))
    kept = [row for row in rows_of(auditor, f"/reports/clocks.csv{period}") if number in row]
    scene.ledger.check("case e: its own clocks stand in clocks.csv", len(kept) >= 2, str(kept))


def journals_hold(scene: Ways) -> None:
    """The product's own proof, over every case of it."""
    done = scene.cast.product.command("verify_journal")
    scene.tell("operator", "runs manage.py verify_journal.")
    scene.ledger.check("verify_journal: the journals of all cases hold", done.returncode == 0,
                       f"{done.stdout}{done.stderr}"[-800:])  # fmt: skip


def _reminded(scene, times) -> None:
    clerk, parent = scene.office("clerk", SCHOOL), scene.complaint("e")
    scene.cast.product.until(lambda: clerk.open(parent).text.count(REMINDER) >= times, f"reminder {times} was written")
    scene.ledger.check(f"case e: {times} of 2 reminders stand in the journal",
                       clerk.page.text.count(REMINDER) == times)  # fmt: skip
